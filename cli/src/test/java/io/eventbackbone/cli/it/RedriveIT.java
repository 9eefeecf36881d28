package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Moves both kinds of dead letters. The operator is away, or it would mend what tests break. */
@ExtendWith(RealKubeApi.class)
class RedriveIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String DETAIL = "{\"metadata\": {}, \"data\": {}}";

  private static final String SUBSCRIPTIONS =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: once, namespace: deliveries-#}
      spec:
        busRef: {name: deliveries}
        filter: {detailTypes: [Order.Created]}
        queue: {maxReceiveCount: 1}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: ordered, namespace: deliveries-#}
      spec:
        busRef: {name: deliveries}
        filter: {detailTypes: [Order.Created]}
        queue: {fifo: true}
      ---
      """;

  private static World world;
  private static AwsEnvironmentOfTest aws;
  private static SqsClient deliveries;
  private static SqsClient platform;

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + SUBSCRIPTIONS + Ecommerce.TENANT + Ecommerce.INSIGHT);
    world.awaitReady();
    world.stopOperator();
    aws = new AwsEnvironmentOfTest(world.sandbox().endpoint());
    deliveries = world.sqs(3);
    platform = world.sqs(1);
  }

  @AfterAll
  static void stop() {
    deliveries.close();
    platform.close();
    aws.close();
    world.close();
  }

  /** What one test leaves in queues must not count in the next. */
  @AfterEach
  void emptyQueues() {
    for (SqsClient sqs : List.of(deliveries, platform)) {
      sqs.listQueues()
          .queueUrls()
          .forEach(url -> {
            while (take(sqs, url).isPresent()) {
              // SQS purges a queue once a minute at most.
            }
          });
    }
  }

  /** Receives a message, and deletes it. */
  private static Optional<Message> take(SqsClient sqs, String url) {
    Optional<Message> first =
        sqs
            .receiveMessage(
                it -> it.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .stream()
            .findFirst();
    first.ifPresent(message ->
        sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle(message.receiptHandle())));
    return first;
  }

  /** The queue of a subscription. */
  private static String queue(String name) {
    return url(deliveries, name + "-", "-dlq", false);
  }

  private static String deadLettersOf(String name) {
    return url(deliveries, name + "-", "-dlq", true);
  }

  private static String url(SqsClient sqs, String begin, String part, boolean hasPart) {
    return sqs.listQueues(it -> it.queueNamePrefix(begin)).queueUrls().stream()
        .filter(it -> it.contains(part) == hasPart)
        .findFirst()
        .orElseThrow();
  }

  private static int count(SqsClient sqs, String url) {
    return Integer.parseInt(
        sqs.getQueueAttributes(it ->
                it.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private static void awaitCount(SqsClient sqs, String url, int expected) {
    await(url + " has " + expected)
        .atMost(PATIENCE)
        .until(() -> count(sqs, url), count -> count == expected);
  }

  /** Publishes an event that queues of the delivery service refuse, until it is a dead letter. */
  private static void publishDenied(String detail, String... names) {
    List<String> queues = Arrays.stream(names).map(RedriveIT::queue).toList();
    String letters = url(deliveries, "local-bus-delivery-service", "-dlq", true);
    int before = count(deliveries, letters);
    Map<String, String> policies =
        queues.stream()
            .collect(
                Collectors.toMap(
                    it -> it,
                    it ->
                        deliveries
                            .getQueueAttributes(
                                a -> a.queueUrl(it).attributeNames(QueueAttributeName.POLICY))
                            .attributes()
                            .get(QueueAttributeName.POLICY)));
    queues.forEach(it -> policy(it, ""));
    try {
      world.publish("order-service", detail);
      awaitCount(deliveries, letters, before + names.length);
    } finally {
      policies.forEach(RedriveIT::policy);
    }
  }

  private static void policy(String url, String policy) {
    deliveries.setQueueAttributes(
        it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
  }

  @Test
  void movesWhatTheConsumerCouldNotHandle() {
    String queue = queue("once");
    world.publish("order-service", DETAIL);
    awaitCount(deliveries, queue, 1);
    await("the second receive makes it a dead letter")
        .atMost(PATIENCE)
        .until(
            () -> {
              deliveries.receiveMessage(it -> it.queueUrl(queue).visibilityTimeout(0));
              return count(deliveries, deadLettersOf("once"));
            },
            count -> count == 1);

    Result dryRun = world.runWithAws("redrive", "deliveries-#/once", "--dry-run");
    assertThat(dryRun.exitCode()).describedAs(dryRun.out() + dryRun.err()).isZero();
    assertThat(dryRun.out()).contains("could not handle: 1 would be moved into its queue");
    assertThat(count(deliveries, deadLettersOf("once"))).isOne();

    Result moved = world.runWithAws("redrive", "deliveries-#/once");
    assertThat(moved.exitCode()).describedAs(moved.out() + moved.err()).isZero();
    assertThat(moved.out()).contains("could not handle: 1 moved into its queue");
    assertThat(count(deliveries, deadLettersOf("once"))).isZero();
    assertThat(take(deliveries, queue)).isPresent();
    assertThat(world.runWithAws("redrive", "deliveries-#/once").out()).contains("0 moved");
  }

  /** A message that a person sends again must look like one that the rule sends. */
  @Test
  void movesIntoAFifoQueueAsTheRuleWould() {
    world.publish("order-service", DETAIL);
    awaitCount(deliveries, queue("ordered"), 1);
    Message ofRule = take(deliveries, queue("ordered")).orElseThrow();

    publishDenied(DETAIL, "ordered");
    Result moved = world.runWithAws("redrive", "deliveries-#/ordered", "--delivery");
    assertThat(moved.exitCode()).describedAs(moved.out() + moved.err()).isZero();
    assertThat(moved.out()).contains("could not deliver", "1 moved into its queue");
    Message ofRedrive = take(deliveries, queue("ordered")).orElseThrow();

    assertThat(group(ofRedrive)).isEqualTo(group(ofRule)).isEqualTo("ordered");
    assertThat(deduplication(ofRule)).isEqualTo(sha256(ofRule.body()));
    assertThat(deduplication(ofRedrive)).isEqualTo(sha256(ofRedrive.body()));
  }

  private static String group(Message message) {
    return message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
  }

  private static String deduplication(Message message) {
    return message.attributes().get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leavesTheLettersOfOtherSubscriptions() {
    publishDenied(DETAIL, "once", "new-orders");

    Result moved = world.runWithAws("redrive", "deliveries-#/once", "--delivery");
    assertThat(moved.out()).contains("1 messages", "1 moved into its queue");
    assertThat(
            world.runWithAws("redrive", "deliveries-#/new-orders", "--delivery", "--dry-run").out())
        .contains("1 would be moved");
  }

  @Test
  void tellsWhyALetterWasNotMoved() {
    publishDenied(
        "{\"metadata\": {}, \"data\": {\"note\": \"%s\"}}".formatted("x".repeat(2_000)), "once");
    String queue = queue("once");
    deliveries.setQueueAttributes(it ->
        it.queueUrl(queue).attributes(Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024")));
    try {
      Result refused = world.runWithAws("redrive", "deliveries-#/once", "--delivery");

      assertThat(refused.exitCode()).describedAs(refused.out() + refused.err()).isOne();
      assertThat(refused.out()).contains("0 moved into its queue", "EB501 SQS did not take one");
    } finally {
      deliveries.setQueueAttributes(it ->
          it.queueUrl(queue)
              .attributes(Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")));
    }
    assertThat(world.runWithAws("redrive", "deliveries-#/once", "--delivery").out())
        .contains("1 moved into its queue");
  }

  @Test
  void reportsWhatTheGlobalBusCouldNotForward() throws IOException {
    String letters = url(platform, "global-bus", "-dlq", true);
    try (EventBridgeClient local = world.eventBridge(3)) {
      String bus = "local-bus-delivery-service";
      String policy = local.describeEventBus(it -> it.name(bus)).policy();
      local.removePermission(it -> it.eventBusName(bus).removeAllPermissions(true));
      try {
        world.publish("order-service", DETAIL);
        awaitCount(platform, letters, 1);
      } finally {
        local.putPermission(it -> it.eventBusName(bus).policy(policy));
      }
    }

    String[] redrive = {"redrive", "deliveries-#/once", "--delivery"};
    Result told = world.runWithAws(redrive);
    assertThat(told.exitCode()).describedAs(told.out() + told.err()).isZero();
    assertThat(told.out())
        .contains("0 moved into its queue")
        .contains("has 1 events that the global bus could not forward to the bus of deliveries-")
        .contains("let the services publish them again");
    awaitCount(platform, letters, 1);

    Result json = world.runWithAws("redrive", "deliveries-#/once", "--delivery", "-o", "json");
    JsonNode answer = new JsonMapper().readTree(json.out());
    assertThat(answer.at("/forwarding/found").asInt()).isOne();
    assertThat(world.runWithAws("redrive", "orders-#/deliveries", "--delivery").out())
        .doesNotContain("could not forward");
  }

  @Test
  void movesATenantsOwnLettersWithoutTheGlobalBus() {
    publishDenied(DETAIL, "once");

    Result moved =
        world.run(
            "redrive",
            "deliveries-#/once",
            "--delivery",
            "--as=tenant-#",
            "-n",
            "deliveries-#",
            "--assume-role=arn:aws:iam::" + world.account(3) + ":role/reader");

    assertThat(moved.exitCode()).describedAs(moved.out() + moved.err()).isZero();
    assertThat(moved.out())
        .contains("1 moved into its queue")
        .contains("You may not see dead letters of the global bus: ");
  }
}

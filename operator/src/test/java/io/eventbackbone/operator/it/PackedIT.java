package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.FanOut;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Buses that share rules and part again, in a cluster, while events flow. */
@ExtendWith(RealKubeApi.class)
class PackedIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: platform-#}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: backbone-#}
        spec:
          accountId: "7#00000001"
          roleArn: arn:aws:iam::7#00000001:role/event-backbone-operator
          allowedNamespaces: {from: All}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: main, namespace: platform-#}
        spec:
          accountRef: {name: backbone-#}
          region: eu-west-1
          allowedBuses: {from: All}
          driftCheckInterval: 2s
          deletionPolicy: Delete
          fanOut: Packed
        ---
        """
            + Ecommerce.ROUTE
            + services(2, 8));
  }

  @AfterEach
  void leave() {
    world.close();
  }

  /** An account with a bus and a subscription of everything, for each digit. */
  private static String services(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(
            digit ->
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: s%1$d-#}
                ---
                apiVersion: eventbackbone.io/v1alpha1
                kind: AwsAccount
                metadata: {name: s%1$d-#}
                spec:
                  accountId: "7#0000000%1$d"
                  roleArn: arn:aws:iam::7#0000000%1$d:role/event-backbone-operator
                  allowedNamespaces: {from: All}
                ---
                apiVersion: eventbackbone.io/v1alpha1
                kind: ServiceAccountBus
                metadata: {name: s%1$d, namespace: s%1$d-#}
                spec:
                  backboneRef: {name: main, namespace: platform-#}
                  accountRef: {name: s%1$d-#}
                ---
                apiVersion: eventbackbone.io/v1alpha1
                kind: EventSubscription
                metadata: {name: everything, namespace: s%1$d-#}
                spec:
                  busRef: {name: s%1$d}
                  filter: {detailTypes: [Thing.Happened]}
                ---
                """
                    .formatted(digit))
        .collect(Collectors.joining());
  }

  @Test
  void busesJoinAndLeavePacksAndMoveBetweenRulesWithoutLoss() throws Exception {
    allReady(2, 8);
    awaitPacks(5, 2);
    AtomicBoolean isPublishing = new AtomicBoolean(true);
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    Future<Set<String>> published = publisher.submit(() -> publish(isPublishing));
    try {
      world.apply(services(9, 9));
      awaitPacks(5, 3);
      allReady(2, 9);

      fanOut(FanOut.PER_BUS);
      await("own rules").atMost(PATIENCE).until(() -> isForwardedByOwnRules(8));
      world.stopOperator();
      fanOut(FanOut.PACKED);
      world.startOperator();
      awaitPacks(5, 3);
      allReady(2, 9);

      world.delete(EventSubscription.class, "s9-#", "everything");
      world.delete(ServiceAccountBus.class, "s9-#", "s9");
      world.awaitGone(ServiceAccountBus.class, "s9-#", "s9");
      await("the place is free").atMost(PATIENCE).until(() -> targets().size() == 7);
    } finally {
      isPublishing.set(false);
    }
    Set<String> sent = published.get();
    publisher.shutdown();
    for (int digit = 3; digit <= 8; digit++) {
      List<Message> received = received(digit, sent);
      assertThat(numbers(received)).as("service %d", digit).isEqualTo(sent);
      System.out.printf(
          "service %d: %d events, lost 0, with the same id again %d%n",
          digit, sent.size(), received.size() - sent.size());
      assertThat(received.stream().map(it -> part("id", it.body())).distinct()).hasSameSizeAs(sent);
    }
    assertThat(received(2, Set.of())).as("echoes to the sender").isEmpty();
  }

  private void fanOut(FanOut how) {
    String name = how == FanOut.PACKED ? "Packed" : "PerBus";
    world
        .client()
        .resources(EventBackbone.class)
        .inNamespace(world.own("platform-#"))
        .withName("main")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"fanOut\":\"" + name + "\"}}");
  }

  private void allReady(int from, int to) {
    for (int digit = from; digit <= to; digit++) {
      String namespace = "s%d-#".formatted(digit);
      world.ready(ServiceAccountBus.class, namespace, "s" + digit);
      world.ready(EventSubscription.class, namespace, "everything");
    }
  }

  private void awaitPacks(Integer... sizes) {
    await("packs")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, List<String>> rules = rules();
              assertThat(rules.keySet()).allMatch(it -> it.startsWith("globalTo-pack-"));
              assertThat(rules.values().stream().map(List::size)).containsExactlyInAnyOrder(sizes);
            });
  }

  private boolean isForwardedByOwnRules(int buses) {
    Map<String, List<String>> rules = rules();
    return rules.size() == buses && rules.keySet().stream().noneMatch(it -> it.contains("-"));
  }

  private List<String> targets() {
    return rules().values().stream().flatMap(List::stream).toList();
  }

  /** Those that forward, with the buses that they forward to. */
  private Map<String, List<String>> rules() {
    Map<String, List<String>> rules = new TreeMap<>();
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      for (Rule rule : global.listRules(it -> it.eventBusName("global-bus")).rules()) {
        if (rule.name().startsWith("globalTo")) {
          targets(global, rule.name()).ifPresent(it -> rules.put(rule.name(), it));
        }
      }
    }
    return rules;
  }

  /** Empty if the rule has gone since it was listed. */
  private static Optional<List<String>> targets(EventBridgeClient global, String rule) {
    try {
      return Optional.of(
          global
              .listTargetsByRule(it -> it.eventBusName("global-bus").rule(rule))
              .targets()
              .stream()
              .map(target -> target.arn())
              .toList());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Numbered events of service 2 at a steady rate, until told to end. */
  private Set<String> publish(AtomicBoolean isPublishing) throws InterruptedException {
    Set<String> sent = new TreeSet<>();
    try (EventBridgeClient service = world.eventBridge(world.account(2))) {
      while (isPublishing.get()) {
        String number = Integer.toString(sent.size());
        PutEventsRequestEntry event =
            PutEventsRequestEntry.builder()
                .eventBusName(
                    "arn:aws:events:eu-west-1:" + world.account(1) + ":event-bus/global-bus")
                .source("s2")
                .detailType("Thing.Happened")
                .detail("{\"data\":{\"number\":\"" + number + "\"}}")
                .build();
        assertThat(service.putEvents(it -> it.entries(event)).failedEntryCount()).isZero();
        sent.add(number);
        Thread.sleep(20);
      }
    }
    return sent;
  }

  /** All messages in the queue of a service, until nothing comes that is expected. */
  private List<Message> received(int digit, Set<String> expected) {
    List<Message> received = new ArrayList<>();
    try (SqsClient queues = world.sqs(world.account(digit))) {
      String url =
          world
              .get(EventSubscription.class, "s%d-#".formatted(digit), "everything")
              .getStatus()
              .queueUrl();
      List<Message> messages;
      do {
        int wait = numbers(received).size() < expected.size() ? 5 : 1;
        messages =
            queues
                .receiveMessage(
                    it ->
                        it.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(600)
                            .waitTimeSeconds(wait))
                .messages();
        received.addAll(messages);
      } while (!messages.isEmpty());
    }
    return received;
  }

  private static Set<String> numbers(List<Message> messages) {
    return messages.stream()
        .map(it -> part("number", it.body()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String part(String field, String body) {
    return body.replaceAll("(?s).*\"" + field + "\":\"([^\"]+)\".*", "$1");
  }
}

package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionSpec;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks each thing on the way of an event, and asks why it did not come. The operator is away, or
 * it would mend what was broken.
 */
@ExtendWith(RealKubeApi.class)
class WhyIT {

  private static World world;
  private static AwsEnvironmentOfTest aws;

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + Ecommerce.TENANT + Ecommerce.INSIGHT);
    world.awaitReady();
    world.stopOperator();
    aws = new AwsEnvironmentOfTest(world.sandbox().endpoint());
  }

  @AfterAll
  static void stop() {
    aws.close();
    world.close();
  }

  private static String publish(String source, String metadata) {
    return world.publish(source, "{\"metadata\": %s, \"data\": {}}".formatted(metadata));
  }

  private static String publish() {
    return publish("order-service", "{}");
  }

  /** Asks until the answer has the text: logs and queues are written some time after the event. */
  private static Result ask(String text, String... arguments) {
    return await(text)
        .atMost(java.time.Duration.ofMinutes(1))
        .until(() -> world.runWithAws(arguments), it -> it.out().contains(text));
  }

  private static Result askOfDeliveries(String text, String id) {
    return ask(text, "why", id, "--to", "deliveries-#/new-orders");
  }

  @Test
  void followsAnEventToItsQueue() throws IOException {
    String id = publish();

    askOfDeliveries("EB215", id);
    Result result = world.runWithAws("why", id, "-o", "json");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
    JsonNode answer = new JsonMapper().readTree(result.out());
    assertThat(answer.get("kind").asText()).isEqualTo("Trace");
    JsonNode event = answer.at("/events/0");
    assertThat(event.get("id").asText()).isEqualTo(id);
    assertThat(event.get("verdict").asText()).isEqualTo("Delivered");
    assertThat(event.get("hops").valueStream())
        .extracting(it -> it.get("hop").asText() + " " + it.get("verdict").asText())
        .contains(
            "Global Passed", "Forward Passed", "Local Passed", "Filter Passed", "Queue Passed")
        .contains("Forward Stopped"); // Back to the order service it does not come.
    assertThat(event.at("/hops/0/evidence").asText()).contains("/aws/events/global-bus");
  }

  @Test
  void tellsThatNobodyConsumes() {
    Result result = askOfDeliveries("EB215", publish());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("no consumer has received one", "is it running?");
  }

  @Test
  void findsAFlowByItsCorrelationId() {
    String flow = UUID.randomUUID().toString();
    publish("order-service", "{\"id\": \"first\", \"correlationId\": \"%s\"}".formatted(flow));
    publish(
        "order-service",
        "{\"id\": \"second\", \"correlationId\": \"%s\", \"causationId\": \"first\"}"
            .formatted(flow));

    Result result =
        await()
            .until(
                () -> world.runWithAws("why", flow, "-o", "json"),
                it -> it.out().contains("\"second\""));
    assertThat(result.out().indexOf("\"first\"")).isLessThan(result.out().indexOf("\"second\""));
  }

  @Test
  void tellsThatTheForwardingRuleIsDisabled() {
    try (EventBridgeClient global = world.eventBridge(1)) {
      global.disableRule(it -> it.eventBusName("global-bus").name("globalToDeliveryService"));
      try {
        Result result = askOfDeliveries("EB205", publish());

        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).contains("STOP Forward");
      } finally {
        global.enableRule(it -> it.eventBusName("global-bus").name("globalToDeliveryService"));
      }
    }
  }

  @Test
  void tellsThatTheSubscriptionsRuleIsDisabled() {
    try (EventBridgeClient local = world.eventBridge(3)) {
      String bus = "local-bus-delivery-service";
      String rule =
          local.listRules(it -> it.eventBusName(bus)).rules().stream()
              .map(Rule::name)
              .filter(it -> !it.equals("local-logging"))
              .findFirst()
              .orElseThrow();
      local.disableRule(it -> it.eventBusName(bus).name(rule));
      try {
        Result result = askOfDeliveries("EB205", publish());

        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).contains("ok   Local", "STOP Filter");
      } finally {
        local.enableRule(it -> it.eventBusName(bus).name(rule));
      }
    }
  }

  @Test
  void tellsThatTheLocalBusHasNoPolicy() {
    try (EventBridgeClient local = world.eventBridge(3)) {
      String bus = "local-bus-delivery-service";
      String policy = local.describeEventBus(it -> it.name(bus)).policy();
      local.removePermission(it -> it.eventBusName(bus).removeAllPermissions(true));
      try {
        Result result = askOfDeliveries("EB208", publish());

        assertThat(result.exitCode()).isOne();
        assertThat(
                ask(
                        "EB208",
                        "why",
                        publish(),
                        "--to",
                        "deliveries-#/new-orders",
                        "--look-into-dead-letters")
                    .exitCode())
            .isOne();
      } finally {
        local.putPermission(it -> it.eventBusName(bus).policy(policy));
      }
    }
  }

  @Test
  void tellsThatTheGlobalBusHasNoPolicy() {
    try (EventBridgeClient global = world.eventBridge(1)) {
      String policy = global.describeEventBus(it -> it.name("global-bus")).policy();
      global.removePermission(it -> it.eventBusName("global-bus").removeAllPermissions(true));
      try {
        Result result = world.runWithAws("why", "--from", "orders-#/orders");

        assertThat(result.exitCode()).describedAs(result.err()).isOne();
        assertThat(result.out()).contains("EB203", "does not let account");
      } finally {
        global.putPermission(it -> it.eventBusName("global-bus").policy(policy));
      }
    }
  }

  @Test
  void tellsThatTheFilterChanged() {
    String id = publish();
    askOfDeliveries("Queue", id);
    Instant published = Instant.now();
    await().until(() -> Instant.now().getEpochSecond() > published.getEpochSecond() + 1);
    filter("Order.Cancelled");
    try {
      Result result = askOfDeliveries("EB105", id);

      assertThat(result.exitCode()).isOne();
      assertThat(result.out())
          .contains("the filter wants [\"Order.Cancelled\"]", "its spec changed at");
    } finally {
      filter("Order.Created");
    }
  }

  private static void filter(String detailType) {
    world
        .client()
        .resources(EventSubscription.class)
        .inNamespace(world.own("deliveries-#"))
        .withName("new-orders")
        .edit(it -> {
          EventSubscriptionSpec spec = it.getSpec();
          it.setSpec(
              new EventSubscriptionSpec(
                  spec.busRef(),
                  new EventFilter(List.of(detailType), null),
                  spec.queue(),
                  spec.deadLetter(),
                  spec.suspend()));
          return it;
        });
  }

  @Test
  void tellsThatTheSourceIsAnother() {
    world.apply(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: by-source, namespace: deliveries-#}
        spec: {busRef: {name: deliveries}, filter: {detailTypes: [Order.Created], pattern: {source: [order-service]}}}
        """);

    try {
      Result result =
          ask("EB105", "why", publish("orderservice", "{}"), "--to", "deliveries-#/by-source");

      assertThat(result.exitCode()).isOne();
      assertThat(result.out())
          .contains("source = \"orderservice\"; the filter wants [\"order-service\"]");
    } finally {
      world
          .client()
          .resources(EventSubscription.class)
          .inNamespace(world.own("deliveries-#"))
          .withName("by-source")
          .delete();
    }
  }

  @Test
  void tellsThatTheQueueDenies() {
    try (SqsClient sqs = world.sqs(3)) {
      String url =
          sqs.listQueues().queueUrls().stream()
              .filter(it -> it.contains("new-orders") && !it.contains("-dlq"))
              .findFirst()
              .orElseThrow();
      String policy =
          sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.POLICY))
              .attributes()
              .get(QueueAttributeName.POLICY);
      sqs.setQueueAttributes(
          it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, "")));
      try {
        Result result = askOfDeliveries("EB213", publish());

        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).contains("STOP Queue", "does not let the rule send to it");
      } finally {
        sqs.setQueueAttributes(
            it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
      }
    }
    redrivesWhatWasNotDelivered();
  }

  /** What the queue denied is in the bus's dead-letter queue. */
  private static void redrivesWhatWasNotDelivered() {
    String[] dryRun = {"redrive", "deliveries-#/new-orders", "--delivery", "--dry-run"};
    ask("1 would be moved", dryRun);
    assertThat(world.runWithAws("redrive", "deliveries-#/new-orders", "--delivery").out())
        .contains("1 moved into its queue");
    assertThat(world.runWithAws(dryRun).out()).contains("0 would be moved");
  }

  @Test
  void tellsThatTheForwardingRuleIsGone() {
    try (EventBridgeClient global = world.eventBridge(1)) {
      String bus = "global-bus";
      String rule = "globalToDeliveryService";
      DescribeRuleResponse former = global.describeRule(it -> it.eventBusName(bus).name(rule));
      List<Target> targets =
          global.listTargetsByRule(it -> it.eventBusName(bus).rule(rule)).targets();
      global.removeTargets(
          it -> it.eventBusName(bus).rule(rule).ids(targets.stream().map(Target::id).toList()));
      try {
        assertThat(askOfDeliveries("EB206", publish()).exitCode()).isOne();
        global.deleteRule(it -> it.eventBusName(bus).name(rule));
        assertThat(askOfDeliveries("EB204", publish()).exitCode()).isOne();
        global.putRule(it ->
            it.eventBusName(bus).name(rule).eventPattern("{\"detail-type\": [\"Payment.Made\"]}"));
        global.putTargets(it -> it.eventBusName(bus).rule(rule).targets(targets));
        Result result = askOfDeliveries("EB207", publish());
        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).contains("the filter wants [\"Payment.Made\"]");
      } finally {
        global.putRule(it -> it.eventBusName(bus).name(rule).eventPattern(former.eventPattern()));
        global.putTargets(it -> it.eventBusName(bus).rule(rule).targets(targets));
      }
    }
  }

  @Test
  void tellsHowToSwitchOnALogThatIsOff() {
    String id = publish();
    askOfDeliveries("Queue", id);
    auditOfDeliveries("{\"enabled\": false}");
    try {
      Result result = askOfDeliveries("EB202", id);

      assertThat(result.out())
          .contains("?    Local", "kubectl patch serviceaccountbus deliveries -n deliveries-")
          .contains("'{\"spec\":{\"audit\":{\"enabled\":true}}}' switches it on");
    } finally {
      auditOfDeliveries("null");
    }
  }

  private static void auditOfDeliveries(String audit) {
    world
        .client()
        .resources(ServiceAccountBus.class)
        .inNamespace(world.own("deliveries-#"))
        .withName("deliveries")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"audit\": %s}}".formatted(audit));
  }

  @Test
  void printsWhatFlows() throws IOException {
    String id = publish("order-service", "{\"id\": \"m-1\"}");
    askOfDeliveries("Queue", id);

    Result all =
        world.runWithAws("tail", "--type", "Order.Created", "--since", "1h", "--limit", "1");
    assertThat(all.exitCode()).describedAs(all.err()).isZero();
    JsonNode line = new JsonMapper().readTree(all.out());
    assertThat(line.get("detailType").asText()).isEqualTo("Order.Created");
    assertThat(line.has("detail")).isFalse();

    Result mine =
        world.run(
            "tail",
            "--to",
            "deliveries-#/new-orders",
            "--since",
            "1h",
            "--limit",
            "1",
            "--payload",
            "--as=tenant-#",
            "-n",
            "deliveries-#",
            "--assume-role=arn:aws:iam::" + world.account(3) + ":role/reader");
    assertThat(mine.exitCode()).describedAs(mine.err()).isZero();
    assertThat(new JsonMapper().readTree(mine.out()).has("detail")).isTrue();
  }

  @Test
  void tellsWhetherAServicePublished() {
    publish();
    Result result = ask("may publish", "why", "--from", "orders-#/orders");

    assertThat(result.out()).contains("of its events were logged");
    assertThat(world.runWithAws("why", "--from", "deliveries-#/deliveries").out())
        .contains("EB201", "nothing from it was logged");
  }

  @Test
  void findsNothingOfAnIdThatIsNone() {
    Result result = world.runWithAws("why", "no-such-id");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).contains("EB201", "--from NAMESPACE/BUS");
  }

  @Test
  void tellsATenantByTheLogOfTheOwnBus() {
    String id = publish();
    askOfDeliveries("Queue", id);

    Result result =
        world.run(
            "why",
            id,
            "--as=tenant-#",
            "-n",
            "deliveries-#",
            "--assume-role=" + "arn:aws:iam::" + world.account(3) + ":role/reader");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("ok   Local", "ok   Queue", "You may not see account")
        .doesNotContain("Global ");
  }

  @Test
  void cannotTellWithoutAWayIntoTheAccounts() {
    Result result = world.run("why", publish());

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out())
        .contains("EB202", "name a role with --assume-role arn:aws:iam::" + world.account(1));
  }
}

package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Every kind's way from its manifest to AWS and out again. */
@ExtendWith(RealKubeApi.class)
class LifecycleIT {

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
  }

  @Test
  void objectsConvergeInWhateverOrderTheyAreApplied() {
    world.apply(Ecommerce.NAMESPACES);
    world.applyBackwards(
        Ecommerce.ACCOUNTS
            + Ecommerce.BACKBONE
            + Ecommerce.BUSES
            + Ecommerce.ROUTE
            + Ecommerce.SUBSCRIPTIONS);
    Ecommerce.awaitReady(world);
  }

  @Test
  void awsHasWhatTheManifestsSay() {
    world.apply(Ecommerce.ALL);
    Ecommerce.awaitReady(world);

    try (EventBridgeClient global = world.eventBridge(world.account(1));
        EventBridgeClient local = world.eventBridge(world.account(3))) {
      assertThat(names(global.listRules(it -> it.eventBusName("global-bus")).rules()))
          .containsExactlyInAnyOrder(
              "global-logging", "globalToOrderService", "globalToDeliveryService");
      assertThat(global.describeEventBus(it -> it.name("global-bus")).policy())
          .contains(world.account(2), world.account(3));
      assertThat(
              global
                  .describeRule(it -> it.eventBusName("global-bus").name("globalToOrderService"))
                  .eventPattern())
          .isEqualTo("{\"account\":[{\"anything-but\":[\"%s\"]}]}".formatted(world.account(2)));
      Target target =
          global
              .listTargetsByRule(
                  it -> it.eventBusName("global-bus").rule("globalToDeliveryService"))
              .targets()
              .get(0);
      assertThat(target.roleArn()).endsWith(":role/event-backbone-forwarding");
      assertThat(target.deadLetterConfig().arn()).endsWith(":global-bus-dlq");
      assertThat(local.describeEventBus(it -> it.name("local-bus-delivery-service")).policy())
          .contains(world.account(1))
          .doesNotContain(world.account(2));
    }
  }

  @Test
  void statusesSayWhatWasMade() {
    world.apply(Ecommerce.ALL);
    Ecommerce.awaitReady(world);

    EventBackbone backbone =
        world.until(
            EventBackbone.class,
            "platform-#",
            "main",
            it -> it.getStatus().buses() != null && it.getStatus().buses().ready() == 2);
    assertThat(backbone.getStatus().busArn()).endsWith(":event-bus/global-bus");
    assertThat(backbone.getStatus().rules().used()).isEqualTo(3);
    assertThat(backbone.getStatus().rules().limit()).isEqualTo(300);
    assertThat(backbone.getStatus().policyCharacters().used()).isPositive();
    EventRoute route = world.get(EventRoute.class, "platform-#", "fan-out");
    assertThat(route.getStatus().buses().names())
        .containsExactly(world.own("deliveries-#/deliveries"), world.own("orders-#/orders"));
    ServiceAccountBus bus =
        world.until(
            ServiceAccountBus.class,
            "orders-#",
            "orders",
            it -> it.getStatus().subscriptions().ready() == 1);
    assertThat(bus.getStatus().routes()).containsExactly("fan-out");
    assertThat(bus.getStatus().conditions())
        .extracting(condition -> condition.getType())
        .containsExactly("Accepted", "Programmed", "InSync", "Ready");
  }

  @Test
  void aSubscriptionBindsByASecretOfEnvironmentVariables() {
    world.apply(Ecommerce.ALL);
    EventSubscription subscription =
        world.ready(EventSubscription.class, "deliveries-#", "new-orders");

    Secret secret =
        world.get(Secret.class, "deliveries-#", subscription.getStatus().binding().name());
    assertThat(secret.getType()).isEqualTo("servicebinding.io/eventbackbone");
    assertThat(text(secret, "type")).isEqualTo("eventbackbone");
    assertThat(text(secret, "EVENT_SOURCE")).isEqualTo("delivery-service");
    assertThat(text(secret, "AWS_DEFAULT_REGION")).isEqualTo(text(secret, "AWS_REGION"));
    assertThat(text(secret, "EVENT_BUS_ARN")).endsWith(":event-bus/global-bus");
    assertThat(text(secret, "EVENT_QUEUE_URL")).isEqualTo(subscription.getStatus().queueUrl());
    assertThat(secret.getData().keySet())
        .containsExactlyInAnyOrder(
            "type",
            "provider",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "EVENT_BUS_ARN",
            "EVENT_BUS_NAME",
            "EVENT_SOURCE",
            "EVENT_QUEUE_ARN",
            "EVENT_QUEUE_URL",
            "EVENT_DEAD_LETTER_QUEUE_URL");

    world.delete(Secret.class, "deliveries-#", secret.getMetadata().getName());
    await().until(() -> world.get(Secret.class, "deliveries-#", "new-orders-binding") != null);
  }

  @Test
  void aSecretOfSomebodyElseIsNotOverwritten() {
    world.apply(Ecommerce.NAMESPACES);
    world.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: new-orders-binding, namespace: deliveries-#}
        stringData: {password: mine}
        """);
    world.apply(
        Ecommerce.ACCOUNTS
            + Ecommerce.BACKBONE
            + Ecommerce.BUSES
            + Ecommerce.ROUTE
            + Ecommerce.SUBSCRIPTIONS);
    assertThat(
            world
                .reason(
                    EventSubscription.class,
                    "deliveries-#",
                    "new-orders",
                    "Ready",
                    "ResourceConflict")
                .getMessage())
        .contains("Secret new-orders-binding exists");
    assertThat(world.get(Secret.class, "deliveries-#", "new-orders-binding").getData())
        .containsOnlyKeys("password");
  }

  @Test
  void suspendDisablesTheRuleAndKeepsTheQueue() {
    world.apply(Ecommerce.ALL);
    EventSubscription running = world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.apply(
        Ecommerce.SUBSCRIPTIONS.replace(
            "filter: {detailTypes: [Order.Created]}",
            "filter: {detailTypes: [Order.Created]}\n  suspend: true"));
    EventSubscription suspended =
        world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    String rule = suspended.getStatus().ruleArn().replaceFirst(".*/", "");
    try (EventBridgeClient local = world.eventBridge(world.account(3))) {
      assertThat(
              local
                  .describeRule(it -> it.eventBusName("local-bus-delivery-service").name(rule))
                  .state())
          .isEqualTo(RuleState.DISABLED);
    }
    assertThat(suspended.getStatus().queueUrl()).isEqualTo(running.getStatus().queueUrl());
  }

  @Test
  void queuesTakeTheirSettingsInPlace() {
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.apply(
        Ecommerce.SUBSCRIPTIONS.replace(
            "filter: {detailTypes: [Order.Created]}",
            "filter: {detailTypes: [Order.Created]}\n"
                + "  queue: {visibilityTimeoutSeconds: 90, retentionDays: 2, maxReceiveCount: 3}"));
    EventSubscription changed = world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    try (var sqs = world.sqs(world.account(3))) {
      Map<QueueAttributeName, String> attributes =
          sqs.getQueueAttributes(it ->
                  it.queueUrl(changed.getStatus().queueUrl())
                      .attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(attributes)
          .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
          .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "172800");
      assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY)).contains("3");
    }
  }

  @Test
  void deletionGoesInDependencyOrderAndMarksWhatIsInAwsAsReleased() {
    world.apply(Ecommerce.ALL);
    Ecommerce.awaitReady(world);
    world.delete(AwsAccount.class, "", "backbone-#");
    world.delete(EventBackbone.class, "platform-#", "main");
    world.delete(ServiceAccountBus.class, "deliveries-#", "deliveries");
    assertThat(
            world
                .reason(
                    ServiceAccountBus.class,
                    "deliveries-#",
                    "deliveries",
                    "Ready",
                    "DeletionBlocked")
                .getMessage())
        .contains(world.own("EventSubscription deliveries-#/new-orders"));

    world.delete(EventSubscription.class, "deliveries-#", "new-orders");
    world.awaitGone(ServiceAccountBus.class, "deliveries-#", "deliveries");
    world.delete(EventSubscription.class, "orders-#", "deliveries");
    world.delete(ServiceAccountBus.class, "orders-#", "orders");
    world.awaitGone(EventBackbone.class, "platform-#", "main");
    world.awaitGone(AwsAccount.class, "", "backbone-#");

    try (EventBridgeClient local = world.eventBridge(world.account(3))) {
      EventBus bus = local.listEventBuses(it -> it.namePrefix("local-bus-")).eventBuses().get(0);
      assertThat(tags(local, bus.arn()))
          .extracting(Tag::value)
          .anyMatch(it -> it.startsWith("released "))
          .contains(world.own("it/ServiceAccountBus/deliveries-#/deliveries"));
    }
  }

  @Test
  void whoLeavesMayNotPublishAnyMoreThoughItsBusIsRetained() {
    world.apply(Ecommerce.ALL);
    Ecommerce.awaitReady(world);
    world.delete(EventSubscription.class, "deliveries-#", "new-orders");
    world.delete(ServiceAccountBus.class, "deliveries-#", "deliveries");
    world.awaitGone(ServiceAccountBus.class, "deliveries-#", "deliveries");
    try (EventBridgeClient global = world.eventBridge(world.account(1));
        EventBridgeClient local = world.eventBridge(world.account(3))) {
      assertThat(local.listEventBuses(it -> it.namePrefix("local-bus-")).eventBuses()).hasSize(1);
      await()
          .until(() ->
              !global
                  .describeEventBus(it -> it.name("global-bus"))
                  .policy()
                  .contains(world.account(3)));
    }
  }

  @Test
  void deletionRemovesEverythingThatIsTheOperatorsWhenAskedTo() {
    world.apply(Ecommerce.ALL.replace("driftCheckInterval: 2s", "deletionPolicy: Delete"));
    Ecommerce.awaitReady(world);
    assertThat(world.get(EventBackbone.class, "platform-#", "main").getSpec().deletionPolicy())
        .isEqualTo(DeletionPolicy.DELETE);
    world.delete(EventSubscription.class, "deliveries-#", "new-orders");
    world.delete(EventSubscription.class, "orders-#", "deliveries");
    world.delete(ServiceAccountBus.class, "deliveries-#", "deliveries");
    world.delete(ServiceAccountBus.class, "orders-#", "orders");
    world.delete(EventBackbone.class, "platform-#", "main");
    world.awaitGone(EventBackbone.class, "platform-#", "main");

    for (int digit : List.of(1, 2, 3)) {
      String account = world.account(digit);
      try (EventBridgeClient events = world.eventBridge(account);
          var sqs = world.sqs(account);
          var logs = world.logs(account)) {
        assertThat(events.listEventBuses(it -> {}).eventBuses())
            .extracting(EventBus::name)
            .containsExactly("default");
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
        assertThat(logs.describeLogGroups().logGroups()).isEmpty();
        assertThat(logs.describeResourcePolicies(it -> {}).resourcePolicies()).isEmpty();
      }
    }
  }

  @Test
  void aChangeOfTheBackboneReachesItsBuses() {
    world.apply(Ecommerce.ALL);
    Ecommerce.awaitReady(world);
    world.apply(
        Ecommerce.BACKBONE.replace(
            "driftCheckInterval: 2s", "driftCheckInterval: 1h\n  audit: {retentionDays: 30}"));
    try (var logs = world.logs(world.account(2))) {
      await()
          .until(
              () -> logs.describeLogGroups().logGroups().get(0).retentionInDays(),
              days -> days == 30);
    }
  }

  @Test
  void aStatusIsNotWrittenWhenNothingChanged() throws InterruptedException {
    world.apply(Ecommerce.ALL.replace("driftCheckInterval: 2s", "driftCheckInterval: 1s"));
    Ecommerce.awaitReady(world);
    EventBackbone settled =
        world.until(
            EventBackbone.class,
            "platform-#",
            "main",
            it -> it.getStatus().buses() != null && it.getStatus().buses().ready() == 2);
    Thread.sleep(3_000); // several drift checks
    assertThat(
            world.get(EventBackbone.class, "platform-#", "main").getMetadata().getResourceVersion())
        .isEqualTo(settled.getMetadata().getResourceVersion());
  }

  private static List<String> names(List<Rule> rules) {
    return rules.stream().map(Rule::name).toList();
  }

  private static List<Tag> tags(EventBridgeClient events, String arn) {
    return events.listTagsForResource(it -> it.resourceARN(arn)).tags();
  }

  private static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }
}

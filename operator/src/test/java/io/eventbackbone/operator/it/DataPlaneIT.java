package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatus;
import io.eventbackbone.api.v1alpha1.MessageCounts;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What becomes of events, through the buses that the operator made. */
@ExtendWith(RealKubeApi.class)
class DataPlaneIT {

  private static final Duration QUIET = Duration.ofSeconds(1);

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL);
    awaitReady("orders-#", "orders");
    awaitReady("deliveries-#", "deliveries");
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.ready(EventSubscription.class, "orders-#", "deliveries");
  }

  @Test
  void anEventReachesEveryBusButItsSenders() {
    publish(2, "order-service", "Order.Created");

    assertThat(received(3, "deliveries-#", "new-orders"))
        .singleElement()
        .satisfies(message ->
            assertThat(message.body())
                .contains("\"account\":\"" + world.account(2) + "\"")
                .contains("\"detail-type\":\"Order.Created\""));
    assertThat(logged(1, "global-bus")).isEqualTo(1);
    assertThat(logged(3, "local-bus-delivery-service")).isEqualTo(1);
    assertThat(logged(2, "local-bus-order-service")).as("echo to the sender").isZero();
  }

  @Test
  void aForgedSourceIsRefusedWhereSourcesAreBound() {
    world
        .client()
        .resources(EventBackbone.class)
        .inNamespace(world.own("platform-#"))
        .withName("main")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"publishers\":{\"bindSources\":true}}}");
    await("the policy")
        .until(() -> {
          try (EventBridgeClient platform = world.eventBridge(world.account(1))) {
            return platform
                .describeEventBus(it -> it.name("global-bus"))
                .policy()
                .contains("events:source");
          }
        });
    assertThatThrownBy(() -> publish(2, "delivery-service", "Delivery.Updated"))
        .hasMessageContaining("events:PutEvents");
    publish(2, "order-service", "Order.Created");
    assertThat(received(3, "deliveries-#", "new-orders")).hasSize(1);
  }

  @Test
  void whatTheConsumerCannotHandleIsToldUntilItIsRedriven() {
    publish(2, "order-service", "Order.Created");
    EventSubscriptionStatus status =
        world
            .until(
                EventSubscription.class,
                "deliveries-#",
                "new-orders",
                it -> it.getStatus().countedMessages().flatMap(MessageCounts::oldest).isPresent())
            .getStatus();
    try (SqsClient sqs = world.sqs(world.account(3))) {
      await("the message is a dead letter")
          .until(() -> {
            sqs.receiveMessage(it -> it.queueUrl(status.queueUrl()).visibilityTimeout(0));
            return sqs.getQueueAttributes(it ->
                    it.queueUrl(status.deadLetterQueueUrl())
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .containsValue("1");
          });
      world.reason(
          EventSubscription.class, "deliveries-#", "new-orders", "Delivering", "DeadLetters");
      sqs.startMessageMoveTask(it -> it.sourceArn(status.queueArn() + "-dlq"));
      world.reason(
          EventSubscription.class, "deliveries-#", "new-orders", "Delivering", "Delivering");
    }
  }

  @Test
  void aServiceCannotPutEventsOnTheBusOfAnother() {
    String ofOrders = world.get(ServiceAccountBus.class, "orders-#", "orders").getStatus().busArn();
    assertThatThrownBy(() -> publish(3, ofOrders, "delivery-service", "Delivery.Updated"))
        .hasMessageContaining("events:PutEvents");
  }

  @Test
  void aLocalBusForwardsNoFurther() {
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3));
        EventBridgeClient orders = world.eventBridge(world.account(2))) {
      String target = orders.describeEventBus(it -> it.name("local-bus-order-service")).arn();
      orders.putPermission(it ->
          it.eventBusName("local-bus-order-service")
              .statementId("hop")
              .action("events:PutEvents")
              .principal(world.account(3)));
      deliveries.putRule(it ->
          it.eventBusName("local-bus-delivery-service")
              .name("hop")
              .eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
      deliveries.putTargets(it ->
          it.eventBusName("local-bus-delivery-service")
              .rule("hop")
              .targets(
                  Target.builder()
                      .id("onward")
                      .arn(target)
                      .roleArn("arn:aws:iam::" + world.account(3) + ":role/any")
                      .build()));
    }
    publish(2, "order-service", "Order.Created");
    assertThat(received(3, "deliveries-#", "new-orders")).hasSize(1);
    assertNothingMore(2, "local-bus-order-service", 0);
  }

  @Test
  void withoutTheLocalBussPolicyNothingArrivesUntilTheOperatorPutsItBack() {
    world.stopOperator();
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      deliveries.removePermission(
          it -> it.eventBusName("local-bus-delivery-service").removeAllPermissions(true));
    }
    publish(2, "order-service", "Order.Created");
    assertNothingMore(3, "local-bus-delivery-service", 0);

    world.startOperator();
    awaitRepair("EventBusPolicy local-bus-delivery-service");
    publish(2, "order-service", "Order.Created");
    assertThat(received(3, "deliveries-#", "new-orders")).hasSize(1);
  }

  @Test
  void aRuleThatWasDeletedComesBack() {
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      world.stopOperator();
      global.removeTargets(
          it -> it.eventBusName("global-bus").rule("globalToDeliveryService").ids("Target0"));
      global.deleteRule(it -> it.eventBusName("global-bus").name("globalToDeliveryService"));
      world.startOperator();
      awaitRepair("globalToDeliveryService");
      assertThat(
              global
                  .describeRule(it -> it.eventBusName("global-bus").name("globalToDeliveryService"))
                  .stateAsString())
          .isEqualTo("ENABLED");
    }
  }

  /** The Event stays, whereas the next check takes the reason back. */
  private void awaitRepair(String of) {
    await()
        .until(() ->
            world
                .client()
                .v1()
                .events()
                .inNamespace(world.own("deliveries-#"))
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getReason().equals("DriftRepaired"))
                .anyMatch(event -> event.getMessage().contains(of)));
  }

  @Test
  void twoRoutesThatOverlapDeliverOnce() {
    world.apply(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: orders-only, namespace: platform-#}
        spec:
          backboneRef: {name: main}
          from: {type: Selected, busSelector: {matchExpressions: [{key: none, operator: DoesNotExist}]}}
          filter: {detailTypes: [Order.Created]}
        """);
    world.ready(EventRoute.class, "platform-#", "orders-only");
    publish(2, "order-service", "Order.Created");
    assertThat(received(3, "deliveries-#", "new-orders")).hasSize(1);
    assertNothingMore(3, "local-bus-delivery-service", 1);
  }

  @Test
  void aRouteByDetailTypeForwardsNothingElse() {
    world.apply(Ecommerce.route("fan-out", "filter: {detailTypes: [Order.Created]}"));
    world.ready(EventRoute.class, "platform-#", "fan-out");
    await()
        .until(() -> {
          try (EventBridgeClient global = world.eventBridge(world.account(1))) {
            return global
                .describeRule(it -> it.eventBusName("global-bus").name("globalToDeliveryService"))
                .eventPattern()
                .contains("Order.Created");
          }
        });
    publish(2, "order-service", "Order.Cancelled");
    assertNothingMore(3, "local-bus-delivery-service", 0);
  }

  @Test
  void aThirdServiceJoinsWithoutAnEditOfTheBackbone() {
    Long generation =
        world.get(EventBackbone.class, "platform-#", "main").getMetadata().getGeneration();
    world.apply(
        Ecommerce.service("billing", 4)
            + Ecommerce.subscription(
                "billing", "orders", "filter: {pattern: {detail-type: [{prefix: Order.}]}}"));
    world.ready(EventSubscription.class, "billing-#", "orders");
    awaitReady("billing-#", "billing");
    publish(2, "order-service", "Order.Created");
    assertThat(received(4, "billing-#", "orders")).hasSize(1);
    assertThat(received(3, "deliveries-#", "new-orders")).hasSize(1);

    await().until(() -> publishes(4));
    publish(4, "billing", "Delivery.Updated");
    assertThat(received(2, "orders-#", "deliveries")).hasSize(1);
    assertThat(world.get(EventBackbone.class, "platform-#", "main").getMetadata().getGeneration())
        .isEqualTo(generation);
  }

  @Test
  void servicesThatShareAnAccountAreToldApartBySource() {
    world.apply(
        Ecommerce.bus("orders", "returns", "identifier: return-service")
            + Ecommerce.route("fan-out", "senderMatch: Source"));
    awaitReady("orders-#", "returns");
    await()
        .until(
            () -> {
              try (EventBridgeClient global = world.eventBridge(world.account(1))) {
                return global
                    .describeRule(it -> it.eventBusName("global-bus").name("globalToOrderService"))
                    .eventPattern();
              }
            },
            pattern -> pattern.equals("{\"source\":[{\"anything-but\":[\"order-service\"]}]}"));
    publish(2, "order-service", "Order.Created");
    await().until(() -> logged(2, "local-bus-return-service") == 1);
    assertNothingMore(2, "local-bus-order-service", 0);
  }

  private void awaitReady(String namespace, String bus) {
    world.ready(ServiceAccountBus.class, namespace, bus);
    // A bus is Ready before the route is there, and has no rule then.
    ServiceAccountBus ready =
        world.until(
            ServiceAccountBus.class,
            namespace,
            bus,
            it -> it.getStatus().forwardingRuleArn() != null);
    String account = ready.getStatus().accountId();
    await()
        .until(() -> {
          try (EventBridgeClient global = world.eventBridge(world.account(1))) {
            String policy = global.describeEventBus(it -> it.name("global-bus")).policy();
            return policy != null && policy.contains(account);
          }
        });
  }

  private boolean publishes(int digit) {
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      return global
          .describeEventBus(it -> it.name("global-bus"))
          .policy()
          .contains(world.account(digit));
    }
  }

  private void publish(int digit, String source, String detailType) {
    String bus = world.get(EventBackbone.class, "platform-#", "main").getStatus().busArn();
    publish(digit, bus, source, detailType);
  }

  private void publish(int digit, String bus, String source, String detailType) {
    try (EventBridgeClient events = world.eventBridge(world.account(digit))) {
      assertThat(
              events
                  .putEvents(it ->
                      it.entries(
                          PutEventsRequestEntry.builder()
                              .eventBusName(bus)
                              .source(source)
                              .detailType(detailType)
                              .detail("{\"data\":{}}")
                              .build()))
                  .failedEntryCount())
          .isZero();
    }
  }

  private List<Message> received(int digit, String namespace, String subscription) {
    String url = world.get(EventSubscription.class, namespace, subscription).getStatus().queueUrl();
    List<Message> messages = new ArrayList<>();
    try (SqsClient sqs = world.sqs(world.account(digit))) {
      messages.addAll(sqs.receiveMessage(it -> it.queueUrl(url).waitTimeSeconds(10)).messages());
      messages.addAll(sqs.receiveMessage(it -> it.queueUrl(url).waitTimeSeconds(1)).messages());
    }
    return messages;
  }

  /** Events in a bus's audit log. */
  private int logged(int digit, String bus) {
    try (var logs = world.logs(world.account(digit))) {
      List<FilteredLogEvent> events =
          logs.filterLogEvents(it -> it.logGroupName("/aws/events/" + bus)).events();
      return events.size();
    }
  }

  private void assertNothingMore(int digit, String bus, int count) {
    await()
        .during(QUIET)
        .atMost(QUIET.multipliedBy(5))
        .untilAsserted(() -> assertThat(logged(digit, bus)).isEqualTo(count));
  }
}

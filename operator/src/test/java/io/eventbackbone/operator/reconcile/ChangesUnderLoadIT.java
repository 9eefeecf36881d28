package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Events flow while everything about the backbone changes that does not concern them: each arrives,
 * and once where no rule takes the place of another.
 */
class ChangesUnderLoadIT {

  private static final String GLOBAL_BUS =
      "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final String BILLING =
      Simulation.account("billing", "444444444444")
          + Simulation.bus("billing", "billing-service")
          + Simulation.subscription("billing", "invoices", "Order.Created");

  private final AtomicBoolean isPublishing = new AtomicBoolean(true);

  @Test
  void whatOldAndNewTopologyDeliverIsNeitherLostNorDoubled() throws Exception {
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    try (Simulation simulation = new Simulation(Simulation.ECOMMERCE)) {
      EventBridgeClient orders = Account.of(simulation.aws(), "222222222222").events();
      simulation.settle();
      Future<List<String>> published = publisher.submit(publishing(orders));
      changeEverything(simulation);
      isPublishing.set(false);

      List<String> sent = published.get();
      List<String> received = received(simulation);
      assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
      System.out.printf("events sent through changes: %d, lost 0, doubled 0%n", sent.size());
    } finally {
      publisher.shutdownNow();
    }
  }

  /** Two rules can't be swapped at once: an event comes by both, and bears the same id. */
  @Test
  void anUpgradeFromPacksLosesNothing() throws Exception {
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    try (Simulation simulation = new Simulation(Simulation.ECOMMERCE)) {
      EventBridgeClient orders = Account.of(simulation.aws(), "222222222222").events();
      simulation.settle();
      FormerVersion.pack(simulation);
      Future<List<String>> published = publisher.submit(publishing(orders));
      simulation.settle();
      simulation.settle();
      isPublishing.set(false);

      List<String> sent = published.get();
      List<Message> received = messages(simulation, "333333333333", "new-orders-");
      assertThat(received.stream().map(it -> number(it.body())).distinct())
          .containsExactlyInAnyOrderElementsOf(sent);
      assertThat(received.stream().map(it -> id(it.body())).distinct()).hasSameSizeAs(sent);
      System.out.printf(
          "events sent through an upgrade from packs: %d, lost 0, with the same id again %d%n",
          sent.size(), received.size() - sent.size());
    } finally {
      publisher.shutdownNow();
    }
  }

  /** In place: each step leaves the way from the order service to the deliveries' queue open. */
  private static void changeEverything(Simulation simulation) {
    changed(simulation, EventBackbone.class, "main", "{audit: {retentionDays: 14}}");
    changed(simulation, EventBackbone.class, "main", "{audit: {enabled: false}}");
    changed(simulation, EventBackbone.class, "main", "{audit: {enabled: true}}");
    changed(simulation, EventBackbone.class, "main", "{archive: {enabled: false}}");
    changed(simulation, EventBackbone.class, "main", "{archive: {enabled: true}}");
    changed(simulation, EventBackbone.class, "main", "{deadLetter: {enabled: false}}");
    changed(simulation, EventBackbone.class, "main", "{deadLetter: {enabled: true}}");
    changed(
        simulation,
        EventRoute.class,
        "fan-out",
        "{filter: {detailTypes: [Order.Created, Order.Changed]}}");
    changed(simulation, EventRoute.class, "fan-out", "{senderMatch: Source}");
    changed(simulation, EventRoute.class, "fan-out", "{senderMatch: Account, filter: null}");
    simulation.apply(
        Simulation.route(
            "overlapping",
            "from: {type: All}",
            "to: {type: AllExceptSender}",
            "filter: {detailTypes: [Order.Created]}"));
    simulation.settle();
    simulation.delete(EventRoute.class, "fan-out");
    simulation.settle();
    changed(
        simulation,
        EventSubscription.class,
        "new-orders",
        "{filter: {detailTypes: [Order.Created, Order.Changed]}}");
    changed(simulation, EventSubscription.class, "new-orders", "{queue: {maxReceiveCount: 9}}");
    changed(simulation, EventBackbone.class, "main", "{forwarding: Subscribed}");
    simulation.apply(Simulation.subscription("deliveries", "more", "Delivery.Created"));
    simulation.settle();
    simulation.delete(EventSubscription.class, "more");
    simulation.settle();
    changed(simulation, EventBackbone.class, "main", "{forwarding: All}");
    changed(simulation, ServiceAccountBus.class, "deliveries", "{deadLetter: {enabled: false}}");
    changed(simulation, ServiceAccountBus.class, "deliveries", "{audit: {retentionDays: 3}}");
    simulation.apply(BILLING);
    simulation.settle();
    simulation.restart();
    simulation.settle();
    simulation.delete(EventSubscription.class, "invoices");
    simulation.delete(ServiceAccountBus.class, "billing");
    simulation.settle();
  }

  private static void changed(
      Simulation simulation, Class<? extends HasMetadata> kind, String name, String spec) {
    simulation.edit(kind, name, "{spec: " + spec + "}");
    simulation.settle();
  }

  /** Numbered events at a steady rate, until told to end. */
  private Callable<List<String>> publishing(EventBridgeClient orders) {
    return () -> {
      List<String> sent = new ArrayList<>();
      while (isPublishing.get()) {
        String number = Integer.toString(sent.size());
        PutEventsResponse answer = orders.putEvents(it -> it.entries(event(number)));
        assertThat(answer.failedEntryCount()).as(answer.toString()).isZero();
        sent.add(number);
        Thread.sleep(5);
      }
      return sent;
    };
  }

  private static PutEventsRequestEntry event(String number) {
    return PutEventsRequestEntry.builder()
        .eventBusName(GLOBAL_BUS)
        .source("order-service")
        .detailType("Order.Created")
        .detail("{\"data\":{\"number\":\"" + number + "\"}}")
        .build();
  }

  private static List<String> received(Simulation simulation) {
    return messages(simulation, "333333333333", "new-orders-").stream()
        .map(it -> number(it.body()))
        .toList();
  }

  /** Everything that arrives in a subscription's queue within a while after the last one. */
  private static List<Message> messages(Simulation simulation, String account, String queue) {
    List<Message> received = new ArrayList<>();
    SqsClient queues = Account.of(simulation.aws(), account).queues();
    String url =
        queues.listQueues(it -> it.queueNamePrefix(queue)).queueUrls().stream()
            .filter(it -> !it.endsWith("-dlq"))
            .findFirst()
            .orElseThrow();
    List<Message> messages;
    do {
      messages =
          queues
              .receiveMessage(it ->
                  it.queueUrl(url)
                      .maxNumberOfMessages(10)
                      .visibilityTimeout(600)
                      .waitTimeSeconds(2))
              .messages();
      received.addAll(messages);
    } while (!messages.isEmpty());
    return received;
  }

  private static String number(String body) {
    return body.replaceAll("(?s).*\"number\":\"(\\d+)\".*", "$1");
  }

  private static String id(String body) {
    return body.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
  }
}

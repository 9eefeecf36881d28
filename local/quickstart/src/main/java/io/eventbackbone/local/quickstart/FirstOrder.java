package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.eventbackbone.local.quickstart.OrderJourney.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An order that is posted and followed by what is on record of it: the buses' audit logs, and the
 * order itself.
 */
record FirstOrder(Cluster cluster, OrderClient orders, AuditTrail trail, Patience patience) {

  private static final String ORDER_SERVICE = "order-service";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long to look on for what must not come. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  /**
   * Tells each hop when it is seen.
   *
   * @return the id in the metadata of the event that the order was published as
   * @throws ProgramFailure when a hop is missing, or one was seen that must not be
   */
  String follow(Consumer<Hop> told) {
    var buses = cluster.buses();
    String account = accountOfOrderService(buses);
    Instant posted = Instant.now();
    String orderId = orders.post();
    told.accept(new Hop("POST /orders", ORDER_SERVICE, account, posted, "201, order " + orderId));
    var seen = new ArrayList<Sighting>();
    var journey = new OrderJourney(buses, cluster.queues());
    for (Expectation expectation : journey.expectations(orderIsUpdated(orderId, account))) {
      told.accept(await(expectation, orderId, buses, seen));
    }
    Patience.pause(AFTERWARDS);
    seen.addAll(newsOf(orderId, buses));
    var violations = OrderJourney.violations(seen);
    if (!violations.isEmpty()) {
      throw new ProgramFailure(String.join("\n", violations));
    }
    journey.silences(Instant.now()).forEach(told);
    return OrderJourney.first(seen).id();
  }

  private static String accountOfOrderService(List<Bus> buses) {
    return buses.stream()
        .filter(bus -> bus.service().equals(ORDER_SERVICE))
        .map(Bus::account)
        .findFirst()
        .orElseThrow(() -> new ProgramFailure(ORDER_SERVICE + " has no local bus"));
  }

  private Hop await(Expectation expectation, String orderId, List<Bus> buses, List<Sighting> seen) {
    patience.until(
        () -> {
          seen.addAll(newsOf(orderId, buses));
          return expectation.evidence().apply(seen).isPresent();
        },
        LIMIT,
        () -> "not seen: " + expectation.description());
    return expectation.evidence().apply(seen).orElseThrow();
  }

  private List<Sighting> newsOf(String orderId, List<Bus> buses) {
    return trail.news(buses).stream().filter(seen -> seen.orderId().equals(orderId)).toList();
  }

  private Expectation orderIsUpdated(String orderId, String account) {
    return new Expectation(
        "GET /orders/" + orderId + " with a delivery",
        seen -> {
          var order = orders.get(orderId);
          String note =
              "200, state %s, delivery %s"
                  .formatted(order.path("state").asText(), order.path("deliveryId").asText());
          return order.hasNonNull("deliveryId")
              ? Optional.of(
                  new Hop("GET /orders/{id}", ORDER_SERVICE, account, Instant.now(), note))
              : Optional.empty();
        });
  }
}

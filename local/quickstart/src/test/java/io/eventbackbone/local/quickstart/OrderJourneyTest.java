package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.local.launcher.ProgramFailure;
import io.eventbackbone.local.quickstart.OrderJourney.Expectation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderJourneyTest {

  private static final Bus GLOBAL = bus("global-bus", "111111111111", "");
  private static final Bus ORDERS = bus("local-bus-order-service", "222222222222", "order-service");
  private static final Bus DELIVERIES =
      bus("local-bus-delivery-service", "333333333333", "delivery-service");
  private static final List<Queue> QUEUES =
      List.of(
          new Queue("orders-1", "333333333333", "delivery-service", List.of("Order.Created")),
          new Queue("deliveries-1", "222222222222", "order-service", List.of("Delivery.Updated")));
  private static final Expectation UPDATED =
      new Expectation(
          "updated",
          seen -> Optional.of(new Hop("GET", "order-service", "", Instant.EPOCH, "updated")));

  private static final Sighting CREATED = sent(GLOBAL, "Order.Created", "order-service", "e1", "");
  private static final Sighting CREATED_FORWARDED = on(DELIVERIES, CREATED);
  private static final Sighting DELIVERED =
      sent(GLOBAL, "Delivery.Updated", "delivery-service", "e2", "e1");
  private static final Sighting DELIVERED_FORWARDED = on(ORDERS, DELIVERED);
  private static final Sighting ORDER_UPDATED =
      sent(GLOBAL, "Order.Updated", "order-service", "e3", "e2");
  private static final Sighting ORDER_UPDATED_FORWARDED = on(DELIVERIES, ORDER_UPDATED);
  private static final List<Sighting> ALL =
      List.of(
          CREATED,
          CREATED_FORWARDED,
          DELIVERED,
          DELIVERED_FORWARDED,
          ORDER_UPDATED,
          ORDER_UPDATED_FORWARDED);

  @Test
  void aWholeJourneyIsToldInOrder() {
    assertThat(hops(ALL))
        .extracting(hop -> hop.orElseThrow().what() + " " + hop.orElseThrow().where())
        .containsExactly(
            "Order.Created global-bus",
            "Order.Created local-bus-delivery-service",
            "Order.Created queue orders-1",
            "Delivery.Updated global-bus",
            "Delivery.Updated local-bus-order-service",
            "Delivery.Updated queue deliveries-1",
            "Order.Updated global-bus",
            "Order.Updated local-bus-delivery-service",
            "GET order-service");
    assertThat(OrderJourney.violations(ALL)).isEmpty();
  }

  @Test
  void eachMissingSightingIsMissed() {
    for (Sighting missing : ALL) {
      var others = new ArrayList<>(ALL);
      others.remove(missing);

      assertThat(hops(others)).as("without %s", missing).contains(Optional.empty());
    }
  }

  @Test
  void anAnswerToSomethingElseIsNoEvidence() {
    var others = new ArrayList<>(ALL);
    Sighting stray = sent(GLOBAL, "Delivery.Updated", "delivery-service", "e2", "e9");
    others.set(2, stray);
    others.set(3, on(ORDERS, stray));

    assertThat(hops(others).get(2)).isEmpty();
  }

  @Test
  void everyOtherBusHasToHearOfAnEvent() {
    var billing = bus("local-bus-billing-service", "444444444444", "billing-service");
    var journey = new OrderJourney(List.of(GLOBAL, ORDERS, DELIVERIES, billing), QUEUES);

    assertThat(journey.expectations(UPDATED))
        .extracting(Expectation::description)
        .contains(
            "Order.Created on local-bus-billing-service (444444444444)",
            "Delivery.Updated on local-bus-billing-service (444444444444)");
  }

  @Test
  void anEchoIsAViolation() {
    assertThat(OrderJourney.violations(List.of(CREATED, on(ORDERS, CREATED))))
        .containsExactly("Order.Created came back to its sender on local-bus-order-service");
  }

  @Test
  void silenceIsToldOfEverySendersBus() {
    var billing = bus("local-bus-billing-service", "444444444444", "billing-service");
    var journey = new OrderJourney(List.of(GLOBAL, ORDERS, DELIVERIES, billing), QUEUES);

    assertThat(journey.silences(Instant.EPOCH))
        .extracting(hop -> hop.where() + ": " + hop.note())
        .containsExactly(
            "local-bus-order-service: its log holds no Order.Created, Order.Updated",
            "local-bus-delivery-service: its log holds no Delivery.Updated");
  }

  @Test
  void aSecondArrivalIsAViolation() {
    assertThat(OrderJourney.violations(List.of(CREATED, CREATED_FORWARDED, CREATED_FORWARDED)))
        .containsExactly("Order.Created arrived more than once on local-bus-delivery-service");
  }

  @Test
  void aServiceWithoutItsSubscriptionIsNamed() {
    var journey = new OrderJourney(List.of(GLOBAL, ORDERS, DELIVERIES), List.of());

    assertThatThrownBy(() -> journey.expectations(UPDATED))
        .isInstanceOf(ProgramFailure.class)
        .hasMessage("delivery-service has no subscription to Order.Created");
  }

  private static List<Optional<Hop>> hops(List<Sighting> sightings) {
    return new OrderJourney(List.of(GLOBAL, ORDERS, DELIVERIES), QUEUES)
        .expectations(UPDATED).stream()
            .map(expectation -> expectation.evidence().apply(sightings))
            .toList();
  }

  private static Bus bus(String name, String account, String service) {
    return new Bus(name, account, "eu-west-1", "/aws/events/" + name, service);
  }

  private static Sighting sent(
      Bus bus, String detailType, String source, String id, String causationId) {
    String sender = source.equals("order-service") ? ORDERS.account() : DELIVERIES.account();
    return new Sighting(bus, detailType, source, sender, id, causationId, "o-1", Instant.EPOCH);
  }

  private static Sighting on(Bus bus, Sighting sent) {
    return new Sighting(
        bus,
        sent.detailType(),
        sent.source(),
        sent.sender(),
        sent.id(),
        sent.causationId(),
        sent.orderId(),
        sent.at());
  }
}

package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.ProgramFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way that one order has to take through a backbone, and whether it did: every event once on
 * the global bus, once on each local bus but its sender's, and answered by whoever subscribes to
 * it.
 */
record OrderJourney(List<Bus> buses, List<Queue> queues) {

  /**
   * A hop that has to be seen.
   *
   * @param description for a person, when it was not
   * @param evidence finds it among all that was seen of the order
   */
  record Expectation(String description, Function<List<Sighting>, Optional<Hop>> evidence) {}

  /** An event of the journey and the service that sends it. */
  private record Leg(String detailType, String sender) {}

  private static final Leg ORDER_CREATED = new Leg("Order.Created", "order-service");
  private static final Leg DELIVERY_UPDATED = new Leg("Delivery.Updated", "delivery-service");
  private static final Leg ORDER_UPDATED = new Leg("Order.Updated", "order-service");

  private static final List<Leg> LEGS = List.of(ORDER_CREATED, DELIVERY_UPDATED, ORDER_UPDATED);

  /** In the order in which a person would tell them. */
  List<Expectation> expectations(Expectation orderIsUpdated) {
    var expectations = new ArrayList<Expectation>();
    expectations.addAll(fanOut(ORDER_CREATED));
    expectations.add(answer(ORDER_CREATED, DELIVERY_UPDATED));
    expectations.addAll(fanOut(DELIVERY_UPDATED));
    expectations.add(answer(DELIVERY_UPDATED, ORDER_UPDATED));
    expectations.addAll(fanOut(ORDER_UPDATED));
    expectations.add(orderIsUpdated);
    return List.copyOf(expectations);
  }

  private List<Expectation> fanOut(Leg leg) {
    return Stream.concat(
            buses.stream().filter(Bus::isGlobal),
            buses.stream().filter(bus -> !bus.isGlobal() && !bus.service().equals(leg.sender())))
        .map(bus -> arrival(leg, bus))
        .toList();
  }

  private static Expectation arrival(Leg leg, Bus bus) {
    return new Expectation(
        leg.detailType() + " on " + bus.name() + " (" + bus.account() + ")",
        sightings ->
            sightings.stream()
                .filter(seen -> seen.bus().equals(bus) && isOf(leg, seen))
                .map(Sighting::hop)
                .findFirst());
  }

  /** That a consumer took an event from its queue shows in the answer, which names its cause. */
  private Expectation answer(Leg question, Leg answer) {
    Queue queue =
        queues.stream()
            .filter(candidate -> candidate.service().equals(answer.sender()))
            .filter(candidate -> candidate.detailTypes().contains(question.detailType()))
            .findFirst()
            .orElseThrow(() ->
                new ProgramFailure(
                    answer.sender() + " has no subscription to " + question.detailType()));
    return new Expectation(
        question.detailType() + " taken from queue " + queue.name() + " by " + answer.sender(),
        sightings ->
            sightings.stream()
                .filter(seen -> isOf(answer, seen))
                .filter(seen -> isCausedBy(seen, question, sightings))
                .map(seen ->
                    new Hop(
                        question.detailType(),
                        "queue " + queue.name(),
                        queue.account(),
                        seen.at(),
                        answer.sender() + " took it and answers"))
                .findFirst());
  }

  private static boolean isOf(Leg leg, Sighting seen) {
    return seen.detailType().equals(leg.detailType()) && seen.source().equals(leg.sender());
  }

  private static boolean isCausedBy(Sighting answer, Leg question, List<Sighting> sightings) {
    return sightings.stream()
        .anyMatch(seen -> isOf(question, seen) && seen.id().equals(answer.causationId()));
  }

  /** The event that the journey begins with. */
  static Sighting first(List<Sighting> sightings) {
    return sightings.stream()
        .filter(seen -> isOf(ORDER_CREATED, seen))
        .findFirst()
        .orElseThrow(() -> new ProgramFailure(ORDER_CREATED.detailType() + " was not seen"));
  }

  /**
   * What was rightly not seen: a sender's events on its own bus.
   *
   * @param at when the last look was taken
   */
  List<Hop> silences(Instant at) {
    return buses.stream()
        .filter(bus -> !bus.isGlobal())
        .flatMap(bus -> silence(bus, at).stream())
        .toList();
  }

  private static Optional<Hop> silence(Bus bus, Instant at) {
    String sent =
        LEGS.stream()
            .filter(leg -> leg.sender().equals(bus.service()))
            .map(Leg::detailType)
            .collect(Collectors.joining(", "));
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hop("no echo", bus.name(), bus.account(), at, "its log holds no " + sent));
  }

  /** What must never be seen, and was: an event on its sender's own bus, or twice on one bus. */
  static List<String> violations(List<Sighting> sightings) {
    var echoes =
        sightings.stream()
            .filter(seen -> !seen.bus().isGlobal() && seen.bus().account().equals(seen.sender()))
            .map(seen -> seen.detailType() + " came back to its sender on " + seen.bus().name());
    var doubles =
        sightings.stream()
            .collect(Collectors.groupingBy(seen -> List.of(seen.bus(), seen.id())))
            .values()
            .stream()
            .filter(sameEvent -> sameEvent.size() > 1)
            .map(sameEvent -> sameEvent.get(0))
            .map(seen -> seen.detailType() + " arrived more than once on " + seen.bus().name());
    return Stream.concat(echoes, doubles).toList();
  }
}

package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.answer.Trace.Hop;
import io.eventbackbone.cli.answer.Trace.Passage;
import io.eventbackbone.cli.answer.Trace.Stage;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Reception;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way of one event to the queues of subscriptions. */
final class Journey {

  /** Where there are more, only those are told of that the event's detail type may concern. */
  private static final int FEW = 20;

  /** What only the local log and the rule on the global bus decide. */
  private static final Set<Code> OF_FORWARDING =
      Set.of(Code.NO_ROUTE, Code.ECHO, Code.SENDER_NOT_SELECTED, Code.ROUTE_FILTER);

  private final Sight sight;
  private final Witness witness;
  private final Instant since;
  private final Sighting sighting;
  private final Facts facts;
  private final Reception reception;
  private final Admissions admissions;
  private final Map<String, List<Hop>> forwardings = new HashMap<>();

  Journey(Sight sight, Witness witness, Instant since, Sighting sighting) {
    this.sight = sight;
    this.witness = witness;
    this.since = since;
    this.sighting = sighting;
    facts = Facts.ofEvent(sighting.event());
    reception = new Reception(sight);
    admissions = sight.snapshot().admissions();
  }

  /** To one subscription, or to all that the event might concern. */
  Event toSubscriptions(Optional<EventSubscription> to) {
    Set<Hop> hops = new LinkedHashSet<>();
    sighting.globally().ifPresent(it -> hops.add(onGlobalBus(it)));
    List<Ending> expected = new ArrayList<>();
    for (EventSubscription subscription : to.map(List::of).orElseGet(this::concerned)) {
      List<Hop> way = way(subscription);
      hops.addAll(way);
      if (to.isPresent() || isExpected(way)) {
        expected.add(ending(way));
      }
    }
    return new Event(
        sighting.text("id"),
        sighting.metadata("id"),
        sighting.metadata("causationId"),
        sighting.text("detail-type"),
        sighting.text("source"),
        sighting.text("account"),
        sighting.text("time"),
        List.copyOf(hops),
        together(expected));
  }

  private static Hop onGlobalBus(Sighting.Global global) {
    Logged logged = global.logged();
    return new Hop(
        Stage.GLOBAL,
        global.backbone().busKey().describe(),
        Admissions.describe(global.backbone().resource()),
        Optional.of(logged.logged().toString()),
        Passage.PASSED,
        Optional.empty(),
        Optional.empty(),
        Optional.of("log group %s, stream %s".formatted(logged.group(), logged.stream())));
  }

  private List<EventSubscription> concerned() {
    List<EventSubscription> all = sight.snapshot().all(EventSubscription.class);
    if (all.size() <= FEW) {
      return all;
    }
    Facts ofType = Facts.ofType(sighting.text("detail-type"));
    return all.stream()
        .filter(
            it -> reception.of(it, ofType).stream().anyMatch(way -> way.verdict() != Verdict.NEVER))
        .toList();
  }

  /** Whom specs keep an event from did not wait for it. */
  private static boolean isExpected(List<Hop> way) {
    return way.stream()
        .flatMap(it -> it.code().stream())
        .noneMatch(code ->
            OF_FORWARDING.contains(code)
                || code == Code.SUBSCRIPTION_FILTER
                || code == Code.CONTRADICTING_FILTERS
                || code == Code.SUSPENDED
                || code == Code.NOT_ACCEPTED);
  }

  private static Ending ending(List<Hop> way) {
    if (way.stream().anyMatch(it -> it.verdict() == Passage.STOPPED)) {
      return Ending.STOPPED;
    }
    return way.stream().anyMatch(it -> it.stage() == Stage.QUEUE && it.verdict() == Passage.PASSED)
        ? Ending.DELIVERED
        : Ending.CANNOT_TELL;
  }

  /** Of an event that nobody waits for, that it stopped. */
  private static Ending together(List<Ending> endings) {
    return endings.isEmpty() || endings.contains(Ending.STOPPED)
        ? Ending.STOPPED
        : endings.contains(Ending.CANNOT_TELL) ? Ending.CANNOT_TELL : Ending.DELIVERED;
  }

  private List<Hop> way(EventSubscription subscription) {
    Receiver receiver = reception.of(subscription, facts).get(0);
    Optional<AdmittedSubscription> admitted = admissions.subscription(subscription).admitted();
    if (admitted.isEmpty()) {
      return List.of(refused(subscription, receiver));
    }
    List<Hop> hops = new ArrayList<>(forwarding(admitted.get()));
    if (hops.stream().noneMatch(it -> it.verdict() == Passage.STOPPED)) {
      hops.addAll(new LocalHops(witness, sighting, facts).of(admitted.get(), receiver));
    }
    return hops;
  }

  private static Hop refused(EventSubscription subscription, Receiver receiver) {
    boolean isUnknown = receiver.verdict() != Verdict.NEVER;
    return new Hop(
        Stage.FILTER,
        "-",
        Admissions.describe(subscription),
        Optional.empty(),
        isUnknown ? Passage.UNKNOWN : Passage.STOPPED,
        receiver.code(),
        receiver.message(),
        Optional.empty());
  }

  /** Forward and Local: the same for all subscriptions of a bus. */
  private List<Hop> forwarding(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    String key = Snapshot.key(bus.resource());
    return forwardings.computeIfAbsent(
        key, it -> new ForwardingHops(sight, witness, since, sighting, facts).to(bus));
  }

  /** Whether a message of a dead-letter queue is the event. */
  static boolean isSame(JsonNode letter, Sighting sighting) {
    return letter.path("id").asText().equals(sighting.text("id"));
  }
}

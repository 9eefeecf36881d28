package io.eventbackbone.cli.trace;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds events by an id in the audit logs, and tells the way of each. */
public final class Tracer {

  private static final Comparator<Event> OLDEST_FIRST =
      Comparator.comparing(Event::time).thenComparing(Event::id);

  private final Sight sight;
  private final Witness witness;
  private final Instant since;
  private final Admissions admissions;

  /**
   * By what can be seen of cluster and AWS.
   *
   * @param since how far back logs are read
   */
  public Tracer(Sight sight, Witness witness, Instant since) {
    this.sight = sight;
    this.witness = witness;
    this.since = since;
    admissions = sight.snapshot().admissions();
  }

  /** What was found, and where looking was in vain. */
  private static final class Findings {

    private final Map<String, Sighting> events = new LinkedHashMap<>();
    private final TreeSet<String> unseen = new TreeSet<>();

    void add(Optional<AdmittedBackbone> globally, List<Logged> logged, String id) {
      logged.stream()
          .filter(it -> Sighting.hasId(it.event(), id))
          .forEach(it ->
              events.putIfAbsent(
                  it.event().path("id").asText(),
                  new Sighting(
                      it.event(), globally.map(backbone -> new Sighting.Global(backbone, it)))));
    }
  }

  /**
   * The way of the event, or of all events of a flow.
   *
   * @param id EventBridge's, {@code metadata.id} or a correlation id
   * @param to the only subscription that is asked about; empty: all that it might concern
   */
  public Trace of(String id, Optional<EventSubscription> to) {
    Findings found = new Findings();
    for (AdmittedBackbone backbone : backbones(to)) {
      look(backbone, id, found);
    }
    if (!found.unseen.isEmpty()) {
      buses(to).forEach(bus -> look(bus, id, found));
    }
    List<Event> events =
        found.events.values().stream()
            .map(it -> new Journey(sight, witness, since, it).toSubscriptions(to))
            .sorted(OLDEST_FIRST)
            .toList();
    return events.isEmpty() ? nothing(id, found) : trace(id, inOrderOfCause(events), found);
  }

  private void look(AdmittedBackbone backbone, String id, Findings found) {
    if (!backbone.spec().audit().enabled()) {
      found.unseen.add(LogTexts.off(backbone.resource()));
      return;
    }
    switch (witness.log(backbone.scope(), backbone.logGroupName(), id, since)) {
      case View.Seen<List<Logged>> seen -> found.add(Optional.of(backbone), seen.value(), id);
      case View.Missing<List<Logged>> missing ->
          found.unseen.add("log group %s does not exist".formatted(backbone.logGroupName()));
      case View.Unseen<List<Logged>> unseen -> found.unseen.add(unseen.why());
    }
  }

  private void look(AdmittedBus bus, String id, Findings found) {
    if (bus.audit().enabled()) {
      witness
          .log(bus.scope(), bus.logGroupName(), id, since)
          .seen()
          .ifPresent(logged -> found.add(Optional.empty(), logged, id));
    }
  }

  private List<AdmittedBackbone> backbones(Optional<EventSubscription> to) {
    return to.map(
            it -> admissions.subscription(it).admitted().stream().map(s -> s.bus().backbone()))
        .orElseGet(() ->
            sight
                .snapshot()
                .readable(EventBackbone.class)
                .flatMap(it -> admissions.backbone(it).admitted().stream()))
        .toList();
  }

  private Stream<AdmittedBus> buses(Optional<EventSubscription> to) {
    return to.map(it -> admissions.subscription(it).admitted().stream().map(s -> s.bus()))
        .orElseGet(() ->
            sight
                .snapshot()
                .readable(ServiceAccountBus.class)
                .flatMap(it -> admissions.bus(it).admitted().stream()));
  }

  private List<String> unseen(Findings found) {
    return Stream.concat(sight.unseen().stream(), found.unseen.stream()).toList();
  }

  private Trace nothing(String id, Findings found) {
    boolean isLogged = found.unseen.isEmpty();
    return new Trace(
        unseen(found),
        id,
        Optional.of(isLogged ? Code.NOT_LOGGED : Code.LOG_NOT_VISIBLE),
        Optional.of(
            isLogged
                ? "since %s no audit log of a global bus has an event with this id: it was published earlier (--since looks further back), to another bus, or refused; a refused event has no id, and `kubectl backbone why --from NAMESPACE/BUS` tells whether a service may publish"
                    .formatted(since)
                : "no log that you may read has an event with this id"),
        List.of(),
        isLogged ? Ending.STOPPED : Ending.CANNOT_TELL);
  }

  private Trace trace(String id, List<Event> events, Findings found) {
    Ending outcome =
        Stream.of(Ending.STOPPED, Ending.CANNOT_TELL)
            .filter(it -> events.stream().anyMatch(event -> event.verdict() == it))
            .findFirst()
            .orElse(Ending.DELIVERED);
    return new Trace(unseen(found), id, Optional.empty(), Optional.empty(), events, outcome);
  }

  /** Each event after the one that it follows from. */
  private static List<Event> inOrderOfCause(List<Event> events) {
    List<Event> ordered = new ArrayList<>();
    List<Event> open = new ArrayList<>(events);
    while (!open.isEmpty()) {
      Event next =
          open.stream()
              .filter(it -> open.stream().noneMatch(other -> isCause(other, it)))
              .findFirst()
              .orElse(open.get(0));
      open.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  private static boolean isCause(Event cause, Event event) {
    return !cause.id().equals(event.id())
        && cause.metadataId().isPresent()
        && cause.metadataId().equals(event.causedBy());
  }
}

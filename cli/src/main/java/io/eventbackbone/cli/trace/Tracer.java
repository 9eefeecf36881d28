package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
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

  /**
   * Whether a service may publish, and whether it did. An event that is refused has no id, and is
   * logged nowhere.
   */
  public Trace from(ServiceAccountBus sender) {
    return admissions
        .bus(sender)
        .admitted()
        .map(this::from)
        .orElseGet(() ->
            ending(
                sender,
                Code.PUBLISHER_NOT_ADMITTED,
                "the bus is not accepted, so the global bus does not admit its account: see kubectl backbone status",
                Ending.STOPPED,
                List.of()));
  }

  private Trace from(AdmittedBus sender) {
    AdmittedBackbone backbone = sender.backbone();
    View<JsonNode> policy = witness.policy(backbone.busKey());
    boolean isDenied =
        policy instanceof View.Missing<JsonNode>
            || policy
                .seen()
                .filter(it ->
                    !new PolicyCheck(it)
                        .admitsAccount(sender.scope().accountId(), sender.identifier()))
                .isPresent();
    if (isDenied) {
      return ending(
          sender.resource(),
          Code.PUBLISH_DENIED,
          "the policy of bus %s in account %s does not let account %s publish with Source %s: what it publishes is refused and logged nowhere. The operator writes the policy: see kubectl backbone status"
              .formatted(
                  backbone.spec().busName(),
                  backbone.scope().accountId(),
                  sender.scope().accountId(),
                  sender.identifier()),
          Ending.STOPPED,
          List.of());
    }
    List<String> unseen = new ArrayList<>();
    if (policy instanceof View.Unseen<JsonNode> it) {
      unseen.add(it.why());
    }
    return logged(sender, unseen);
  }

  private Trace logged(AdmittedBus sender, List<String> unseen) {
    AdmittedBackbone backbone = sender.backbone();
    String account = sender.scope().accountId();
    if (!backbone.spec().audit().enabled()) {
      unseen.add(LogTexts.off(backbone.resource()));
      return ending(
          sender.resource(),
          Code.LOG_NOT_VISIBLE,
          "whether it publishes is logged nowhere",
          Ending.CANNOT_TELL,
          unseen);
    }
    View<List<Logged>> log = witness.log(backbone.scope(), backbone.logGroupName(), account, since);
    if (!(log instanceof View.Seen<List<Logged>> seen)) {
      unseen.add(
          log instanceof View.Unseen<List<Logged>> it
              ? it.why()
              : "log group %s does not exist".formatted(backbone.logGroupName()));
      return ending(
          sender.resource(),
          Code.LOG_NOT_VISIBLE,
          "you may not see whether it published",
          Ending.CANNOT_TELL,
          unseen);
    }
    List<ObjectNode> events =
        seen.value().stream()
            .map(Logged::event)
            .filter(it -> it.path("account").asText().equals(account))
            .toList();
    return events.isEmpty()
        ? ending(
            sender.resource(),
            Code.NOT_LOGGED,
            "account %s may publish%s, and since %s nothing from it was logged: it did not publish, published to another bus, or its own IAM policy does not let it (events:PutEvents on %s)"
                .formatted(account, boundTo(sender), since, backbone.busKey().arn()),
            Ending.STOPPED,
            unseen)
        : ending(
            sender.resource(),
            Optional.empty(),
            "account %s may publish, and since %s %d of its events were logged, the last of them %s with Source %s, id %s"
                .formatted(
                    account,
                    since,
                    events.size(),
                    events.getLast().path("detail-type").asText(),
                    events.getLast().path("source").asText(),
                    events.getLast().path("id").asText()),
            Ending.DELIVERED,
            unseen);
  }

  private static String boundTo(AdmittedBus sender) {
    return sender.backbone().spec().publishers().bindSources()
        ? " with Source %s and is refused with any other".formatted(sender.identifier())
        : "";
  }

  private Trace ending(
      ServiceAccountBus sender, Code code, String message, Ending ending, List<String> unseen) {
    return ending(sender, Optional.of(code), message, ending, unseen);
  }

  private Trace ending(
      ServiceAccountBus sender,
      Optional<Code> code,
      String message,
      Ending ending,
      List<String> unseen) {
    return new Trace(
        Stream.concat(sight.unseen().stream(), unseen.stream()).toList(),
        Snapshot.key(sender),
        code,
        Optional.of(message),
        List.of(),
        ending);
  }
}

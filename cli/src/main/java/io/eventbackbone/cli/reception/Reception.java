package io.eventbackbone.cli.reception;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.cluster.Statuses;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.routing.Routes;
import io.eventbackbone.core.routing.Routing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Decides what subscriptions receive, as the cluster is. */
public final class Reception {

  /** Of several reasons, the one that is told: what came nearest to arriving. */
  private static final List<Code> NEAREST_FIRST =
      List.of(Code.CONTRADICTING_FILTERS, Code.ECHO, Code.SENDER_NOT_SELECTED, Code.ROUTE_FILTER);

  private final Sight sight;
  private final Admissions admissions;
  private final Routing routing;
  private final Map<String, Routes> routes = new ConcurrentHashMap<>();
  private final IdentityHashMap<EventSubscription, Answers> answers = new IdentityHashMap<>();
  private final Optional<Reception> former;

  public Reception(Sight sight) {
    this(sight, Optional.empty());
  }

  private Reception(Sight sight, Optional<Reception> former) {
    this.sight = sight;
    this.admissions = sight.snapshot().admissions();
    this.routing = new Routing(sight.snapshot(), admissions);
    this.former = former;
  }

  /**
   * The reception in another state of the cluster. It takes over each answer that depends on
   * nothing that differs between the two.
   *
   * @param other what the same caller sees
   */
  public Reception in(Sight other) {
    return new Reception(other, Optional.of(this));
  }

  /** All that decides what a subscription receives, besides the event. */
  private record Situation(
      Optional<ServiceAccountBus> bus,
      Admission<AdmittedSubscription> admission,
      Optional<Routes> reaching) {}

  /** What a subscription receives in a situation. */
  private record Answers(Situation situation, Map<Facts, List<Receiver>> receivers) {}

  /** A subscription that can be told about for what follows. */
  private record Candidate(EventSubscription subscription, String bus) {

    static Candidate of(EventSubscription subscription) {
      return new Candidate(
          subscription, subscription.getSpec() == null ? "" : Snapshot.busKey(subscription));
    }

    Receiver no(Verdict verdict, Code code, String message) {
      return receiver(Optional.empty(), verdict, List.of(), Optional.of(code), message);
    }

    Receiver yes(Way way, List<String> conditions) {
      return conditions.isEmpty()
          ? receiver(Optional.of(way), Verdict.ALWAYS, conditions, Optional.empty(), "")
          : receiver(
              Optional.of(way),
              Verdict.CONDITIONAL,
              conditions,
              Optional.of(Code.CONDITIONS),
              "if " + String.join(" and ", conditions));
    }

    private Receiver receiver(
        Optional<Way> way,
        Verdict verdict,
        List<String> conditions,
        Optional<Code> code,
        String message) {
      return new Receiver(
          Snapshot.key(subscription),
          bus,
          way.map(it -> it.clause().route()),
          verdict,
          conditions,
          code,
          Optional.of(message).filter(it -> !it.isEmpty()));
    }
  }

  /**
   * What a subscription gets of an event: an entry for each route that may bring it, or one that
   * says why there is none.
   */
  public List<Receiver> of(EventSubscription subscription, Facts facts) {
    return answers(subscription).receivers().computeIfAbsent(facts, it -> decide(subscription, it));
  }

  /** Whether a subscription receives the same in another state, because the same decides. */
  public boolean isSame(EventSubscription subscription, Reception other) {
    return answers(subscription).situation().equals(other.answers(subscription).situation());
  }

  private Answers answers(EventSubscription subscription) {
    return answers.computeIfAbsent(subscription, this::answersOf);
  }

  private Answers answersOf(EventSubscription subscription) {
    Situation situation = situation(subscription);
    return former
        .map(it -> it.answers.get(subscription))
        .filter(it -> it.situation().equals(situation))
        .orElseGet(() -> new Answers(situation, new HashMap<>()));
  }

  private Situation situation(EventSubscription subscription) {
    Admission<AdmittedSubscription> admission = admissions.subscription(subscription);
    return new Situation(
        admissions.referredBus(subscription).admitted(),
        admission,
        admission.admitted().map(AdmittedSubscription::bus).map(this::reaching));
  }

  private List<Receiver> decide(EventSubscription subscription, Facts facts) {
    Candidate candidate = Candidate.of(subscription);
    return switch (answers(subscription).situation().admission()) {
      case Admitted<AdmittedSubscription> admitted -> of(candidate, admitted.value(), facts);
      case Refused<AdmittedSubscription> refused -> List.of(refused(candidate, refused));
    };
  }

  private Receiver refused(Candidate candidate, Refused<AdmittedSubscription> refused) {
    boolean isOfFilter =
        refused.reason() == Reason.INVALID_FILTER || refused.reason() == Reason.PATTERN_TOO_LARGE;
    if (isOfFilter && candidate.subscription().getStatus().ruleArn() != null) {
      return candidate.no(
          Verdict.CONDITIONAL,
          Code.EARLIER_RULE,
          "its rule is that of an earlier filter, which the cluster does not know: "
              + refused.message());
    }
    return isOfFilter || sight.seesAdmissions()
        ? candidate.no(Verdict.NEVER, Code.NOT_ACCEPTED, refused.message())
        : byStatus(candidate)
            .orElseGet(() ->
                candidate.no(
                    Verdict.UNKNOWN,
                    Code.NOT_VISIBLE,
                    "of what you may see: " + refused.message()));
  }

  /** What the operator decided of subscription or bus, where it is no. */
  private Optional<Receiver> byStatus(Candidate candidate) {
    return Statuses.refusal(candidate.subscription())
        .or(() -> bus(candidate).flatMap(Statuses::refusal))
        .map(message -> candidate.no(Verdict.NEVER, Code.NOT_ACCEPTED, message));
  }

  private Optional<ServiceAccountBus> bus(Candidate candidate) {
    return admissions.referredBus(candidate.subscription()).admitted();
  }

  private List<Receiver> of(Candidate candidate, AdmittedSubscription subscription, Facts facts) {
    if (!sight.seesAdmissions()) {
      Optional<Receiver> refused = byStatus(candidate);
      if (refused.isPresent()) {
        return List.of(refused.get());
      }
    }
    if (subscription.resource().getSpec().suspend()) {
      return List.of(
          candidate.no(
              Verdict.NEVER, Code.SUSPENDED, "spec.suspend is true: its rule is disabled"));
    }
    if (Way.filtered(subscription, facts) instanceof Way.Outcome.Ends ends) {
      return List.of(candidate.no(Verdict.NEVER, ends.code(), ends.message()));
    }
    String platform = subscription.bus().backbone().resource().getMetadata().getNamespace();
    if (!sight.sees(Kind.EVENT_ROUTE, platform)) {
      return List.of(
          candidate.no(
              Verdict.UNKNOWN,
              Code.NOT_VISIBLE,
              "its filter matches; which routes reach its bus you may not see"));
    }
    return byRoutes(candidate, subscription, facts);
  }

  private List<Receiver> byRoutes(
      Candidate candidate, AdmittedSubscription subscription, Facts facts) {
    Routes reaching = reaching(subscription.bus());
    if (!reaching.refused().isEmpty()) {
      return List.of(
          candidate.no(
              Verdict.CONDITIONAL,
              Code.EARLIER_RULE,
              "the bus's rule on the global bus stays as it was, since these routes are not accepted: "
                  + reaching.refused().stream()
                      .map(Snapshot::key)
                      .collect(Collectors.joining(", "))));
    }
    if (reaching.accepted().isEmpty()) {
      return List.of(
          candidate.no(
              Verdict.NEVER,
              Code.NO_ROUTE,
              "no EventRoute reaches ServiceAccountBus " + candidate.bus()));
    }
    List<Receiver> arriving = new ArrayList<>();
    List<Way.Outcome.Ends> ending = new ArrayList<>();
    for (Way way : Way.of(reaching)) {
      switch (way.to(subscription, facts)) {
        case Way.Outcome.Arrives arrives -> arriving.add(candidate.yes(way, arrives.conditions()));
        case Way.Outcome.Ends ends -> ending.add(ends);
      }
    }
    return arriving.isEmpty() ? List.of(never(candidate, ending)) : arriving;
  }

  /**
   * Whether an event is forwarded to a bus.
   *
   * @param code why not
   * @param message likewise; empty: it is
   */
  public record Forwarded(Verdict verdict, Optional<Code> code, String message) {}

  /** What the routes say of an event and a bus. */
  public Forwarded toBus(AdmittedBus bus, Facts facts) {
    String platform = bus.backbone().resource().getMetadata().getNamespace();
    Routes reaching = reaching(bus);
    if (!sight.sees(Kind.EVENT_ROUTE, platform) || !reaching.refused().isEmpty()) {
      return new Forwarded(Verdict.UNKNOWN, Optional.empty(), "");
    }
    List<Way.Outcome.Ends> ending = new ArrayList<>();
    for (Way way : Way.of(reaching)) {
      switch (way.to(bus, facts)) {
        case Way.Outcome.Arrives arrives -> {
          return new Forwarded(
              arrives.conditions().isEmpty() ? Verdict.ALWAYS : Verdict.CONDITIONAL,
              Optional.empty(),
              "");
        }
        case Way.Outcome.Ends ends -> ending.add(ends);
      }
    }
    return ending.isEmpty()
        ? new Forwarded(Verdict.NEVER, Optional.of(Code.NO_ROUTE), "no EventRoute reaches the bus")
        : nearest(ending);
  }

  private static Forwarded nearest(List<Way.Outcome.Ends> ending) {
    Code code =
        NEAREST_FIRST.stream()
            .filter(it -> ending.stream().anyMatch(ends -> ends.code() == it))
            .findFirst()
            .orElseThrow();
    return new Forwarded(
        Verdict.NEVER,
        Optional.of(code),
        ending.stream()
            .filter(ends -> ends.code() == code)
            .map(Way.Outcome.Ends::message)
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  /** What came nearest of what each route ended in. */
  private static Receiver never(Candidate candidate, List<Way.Outcome.Ends> ending) {
    Forwarded nearest = nearest(ending);
    return candidate.no(Verdict.NEVER, nearest.code().orElseThrow(), nearest.message());
  }

  /** The routes that reach a bus. Several threads may ask for them. */
  public Routes reaching(AdmittedBus bus) {
    return routes
        .computeIfAbsent(
            Snapshot.key(bus.backbone().resource()), key -> routesOf(key, bus.backbone()))
        .reaching(bus.resource());
  }

  /** Equal routes become the same ones, which are compared fast. */
  private Routes routesOf(String key, AdmittedBackbone backbone) {
    Routes found = routing.routesOf(backbone);
    return former.map(it -> it.routes.get(key)).filter(found::equals).orElse(found);
  }
}

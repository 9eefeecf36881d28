package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.api.v1alpha1.PlannedChange;
import io.eventbackbone.operator.plan.Fingerprint;
import io.eventbackbone.operator.plan.ObservedState;
import io.eventbackbone.operator.plan.Plan;
import io.eventbackbone.operator.reconcile.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.Programming.Outcome;
import io.eventbackbone.operator.reconcile.Programming.Subject;
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.eventbackbone.operator.topology.AdmittedBackbone;
import io.eventbackbone.operator.topology.AdmittedBus;
import io.eventbackbone.operator.topology.FanOut;
import io.eventbackbone.operator.topology.Inventory;
import io.eventbackbone.operator.topology.Packing;
import io.eventbackbone.operator.topology.Packing.Member;
import io.eventbackbone.operator.topology.Reason;
import io.eventbackbone.operator.topology.RuleCount;
import io.eventbackbone.operator.topology.Topology;
import io.eventbackbone.operator.topology.WantedState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the rules of a global bus that forward to several buses each. The status is their record:
 * it tells of a rule or target before AWS has it, and until it is gone there.
 */
final class PackedRules {

  /**
   * What became of them.
   *
   * @param packs for the status
   * @param plan what Observe would change
   * @param next when to look again, if there is a reason of theirs
   */
  record Kept(List<PackedRule> packs, List<PlannedChange> plan, Optional<Next> next) {
    Kept {
      packs = List.copyOf(packs);
      plan = List.copyOf(plan);
    }
  }

  /**
   * A pack that was brought to AWS.
   *
   * @param isKnown whether it is to be what it was before, so that a difference is others' work
   */
  private record Brought(PackedRule recorded, PackedRule wanted, boolean isKnown, Outcome outcome) {

    /** For the status: what AWS is sure to have, and all that it may have. */
    Optional<PackedRule> told() {
      return outcome.isInPlace()
          ? Optional.of(Packing.settled(wanted)).filter(pack -> Packing.all(pack).count() > 0)
          : Optional.of(recorded);
    }
  }

  private static final ObservedState NOTHING = new ObservedState(Map.of());

  /** In place of a hash: what they were brought to is in the record. */
  private static final String PACKS = "packs";

  private final Topology topology;
  private final Programming programming;
  private final FanOut fanOut;
  private final EventRecorder events;

  PackedRules(
      Inventory inventory, Topology topology, Programming programming, EventRecorder events) {
    this.topology = topology;
    this.programming = programming;
    this.fanOut = new FanOut(inventory);
    this.events = events;
  }

  /** As the status has them. */
  static Kept unchanged(EventBackbone backbone) {
    return new Kept(backbone.getStatus().packs(), List.of(), Optional.empty());
  }

  /**
   * Brings them to what they are to be, as far as the status has told it already.
   *
   * @param rules that the bus has besides packs
   */
  Kept keep(
      AdmittedBackbone backbone, List<AdmittedBus> buses, RuleCount rules, Conditions conditions) {
    List<PackedRule> recorded = backbone.resource().getStatus().packs();
    if (recorded.isEmpty() && backbone.spec().fanOut() == EventBackboneSpec.FanOut.PER_BUS) {
      return unchanged(backbone.resource());
    }
    List<Member> members = fanOut.members(backbone, buses);
    List<PackedRule> wanted = Packing.of(recorded, members, room(recorded, rules, backbone));
    boolean isManaged = backbone.spec().managementPolicy() == ManagementPolicy.MANAGE;
    List<PackedRule> ahead = isManaged ? Packing.recordedAhead(recorded, wanted) : recorded;
    if (!ahead.equals(recorded)) {
      return new Kept(ahead, List.of(), Optional.of(new Next.Again()));
    }
    Map<String, PackedRule> byRule =
        recorded.stream().collect(Collectors.toMap(PackedRule::rule, pack -> pack));
    List<Brought> brought =
        wanted.stream()
            .map(pack -> bring(byRule.getOrDefault(pack.rule(), pack), pack, backbone, buses))
            .toList();
    List<PackedRule> kept =
        isManaged ? brought.stream().flatMap(it -> it.told().stream()).toList() : recorded;
    Optional<Next> next = judge(brought, backbone, conditions);
    boolean isDone =
        !isManaged
            || kept.equals(
                Packing.recordedAhead(
                    kept, Packing.of(kept, members, room(kept, rules, backbone))));
    return new Kept(
        kept,
        brought.stream()
            .flatMap(it -> planned(it.outcome()).stream())
            .flatMap(plan -> PlanTexts.lines(plan).stream())
            .toList(),
        isDone ? next : Optional.of(new Next.Again()));
  }

  private static RuleCount room(
      List<PackedRule> packs, RuleCount rules, AdmittedBackbone backbone) {
    return rules.with(packs).room(backbone.quotas());
  }

  private Brought bring(
      PackedRule recorded, PackedRule pack, AdmittedBackbone backbone, List<AdmittedBus> buses) {
    WantedState wanted = topology.of(backbone, pack, buses);
    boolean isKnown = recorded.equals(Packing.settled(pack));
    Outcome outcome =
        programming.bring(
            Subject.of(backbone.resource()).withPart(pack.rule()),
            wanted,
            Accounts.of(backbone.account()),
            backbone.spec(),
            isKnown ? Optional.of(Fingerprint.of(wanted)) : Optional.empty(),
            Set.of());
    return new Brought(recorded, pack, isKnown, outcome);
  }

  /** What all of them come to for the conditions; what went wrong is said last, and stands. */
  private Optional<Next> judge(
      List<Brought> brought, AdmittedBackbone backbone, Conditions conditions) {
    Plan done = applied(brought, it -> !it.isKnown());
    if (!done.isEmpty()) {
      events.record(
          backbone.resource(), EventType.NORMAL, Reason.PROGRAMMED, PlanTexts.summary(done));
    }
    Plan repaired = applied(brought, Brought::isKnown);
    if (!repaired.isEmpty()) {
      tell(
          new Outcome.Applied(repaired, NOTHING, Map.of(), backbone.spec().driftCheckPeriod()),
          backbone,
          conditions);
    }
    Plan planned = plan(brought.stream().flatMap(it -> planned(it.outcome()).stream()));
    if (!planned.isEmpty()) {
      tell(new Outcome.Planned(planned), backbone, conditions);
    }
    return Stream.concat(
            brought.stream().map(it -> next(it.outcome(), backbone)),
            brought.stream()
                .map(Brought::outcome)
                .filter(it -> it instanceof Outcome.Conflicting || it instanceof Outcome.Failed)
                .findFirst()
                .map(it -> tell(it, backbone, conditions).next())
                .stream())
        .reduce(Next::sooner);
  }

  private Verdict tell(Outcome outcome, AdmittedBackbone backbone, Conditions conditions) {
    EventBackbone resource = backbone.resource();
    return Verdict.of(
        outcome,
        PACKS,
        new Verdict.Before(resource, resource.getStatus(), Optional.of(PACKS)),
        backbone.spec().driftCheckPeriod(),
        conditions,
        events);
  }

  private static Next next(Outcome outcome, AdmittedBackbone backbone) {
    if (outcome instanceof Outcome.Applied applied) {
      return new Next.Recheck(applied.nextLookIn());
    }
    return new Next.Recheck(
        outcome instanceof Outcome.Remembered remembered
            ? remembered.nextLookIn()
            : backbone.spec().driftCheckPeriod());
  }

  private static Plan applied(List<Brought> brought, Predicate<Brought> condition) {
    return plan(
        brought.stream()
            .filter(condition)
            .map(Brought::outcome)
            .flatMap(
                it ->
                    it instanceof Outcome.Applied applied
                        ? Stream.of(applied.plan())
                        : Stream.empty()));
  }

  private static Optional<Plan> planned(Outcome outcome) {
    return outcome instanceof Outcome.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  private static Plan plan(Stream<Plan> plans) {
    List<Plan> all = plans.toList();
    return new Plan(
        all.stream().flatMap(plan -> plan.changes().stream()).toList(),
        all.stream().flatMap(plan -> plan.conflicts().stream()).toList());
  }

  /** Takes all of them away: nothing looks after their targets when the backbone is gone. */
  List<Outcome> remove(AdmittedBackbone backbone) {
    return programming.remove(
        Subject.of(backbone.resource()),
        topology.withoutPacks(backbone),
        Accounts.of(backbone.account()),
        backbone.spec().managementPolicy(),
        backbone.spec().deletionPolicy());
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.Totals;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.quota.RuleBudget;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.topology.Publishers;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.AwsApplier.Outcome;
import io.eventbackbone.operator.reconcile.AwsApplier.Subject;
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the global bus; the only writer of its policy. */
@ControllerConfiguration(name = "eventbackbone")
final class EventBackboneReconciler implements Reconciler<EventBackbone>, Cleaner<EventBackbone> {

  private final Inventory inventory;
  private final Admissions admissions;
  private final Topology topology;
  private final AwsApplier programming;
  private final PackCleanup packs;
  private final ReconcilerContext surroundings;

  EventBackboneReconciler(
      Inventory inventory,
      Topology topology,
      AwsApplier programming,
      ReconcilerContext surroundings) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.topology = topology;
    this.programming = programming;
    this.packs = new PackCleanup(inventory, programming);
    this.surroundings = surroundings;
  }

  @Override
  public List<EventSource<?, EventBackbone>> prepareEventSources(
      EventSourceContext<EventBackbone> context) {
    return List.of(surroundings.wakes().sourceOf(EventBackbone.class));
  }

  @Override
  public UpdateControl<EventBackbone> reconcile(
      EventBackbone resource, Context<EventBackbone> context) {
    return surroundings.reconcile(
        resource, () -> reconciled(resource).publish(resource, context, surroundings));
  }

  private Reconciled<EventBackboneStatus> reconciled(EventBackbone resource) {
    Conditions conditions = surroundings.conditions(resource, resource.getStatus());
    Admission<AdmittedBackbone> admission = admissions.backbone(resource);
    if (admission instanceof Refused<AdmittedBackbone> refused) {
      conditions.no(Conditions.ACCEPTED, refused.reason(), refused.message());
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    conditions.accepted(SpecCheck.selectorsOf(resource), "the account admits the backbone");
    return accepted(((Admitted<AdmittedBackbone>) admission).value(), conditions);
  }

  private Reconciled<EventBackboneStatus> accepted(
      AdmittedBackbone backbone, Conditions conditions) {
    EventBackbone resource = backbone.resource();
    Optional<String> unready = Accounts.unready(backbone.account());
    if (unready.isPresent()) {
      conditions.no(Conditions.PROGRAMMED, Reason.ACCOUNT_NOT_READY, unready.get());
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    List<AdmittedBus> buses = admissions.busesOf(backbone);
    Publishers publishers = PolicyBudget.of(backbone, buses);
    WantedState wanted = packs.in(topology.of(backbone, publishers), backbone, buses);
    Optional<String> appliedHash = Optional.ofNullable(resource.getStatus().appliedHash());
    EventBackboneStatus told = told(backbone);
    Outcome outcome =
        programming.bring(
            Subject.of(resource),
            wanted,
            Accounts.of(backbone.account()),
            backbone.spec(),
            appliedHash,
            told.equals(resource.getStatus())
                ? Set.of()
                : Set.of(backbone.busKey(), backbone.busLog().logGroup()));
    if (outcome instanceof Outcome.Untold) {
      return new Reconciled<>(told, new Next.Again());
    }
    Verdict verdict =
        Verdict.of(
            outcome,
            Fingerprint.of(wanted),
            new Verdict.Before(resource, resource.getStatus(), appliedHash),
            backbone.spec().driftCheckPeriod(),
            conditions,
            surroundings.events());
    Optional<ListedRules> listed = listedRules(outcome, backbone);
    RuleBudget rules = RuleBudget.of(backbone, buses, othersRules(listed, backbone));
    refuse(backbone, publishers, conditions);
    List<String> warnings = warnings(backbone, publishers, rules);
    tell(resource, warnings);
    List<Condition> decided =
        conditions.summed(
            Texts.withWarnings("bus %s is there".formatted(backbone.spec().busName()), warnings));
    Optional<PublisherTotals> before = Optional.ofNullable(resource.getStatus().publishers());
    Optional<PublisherTotals> totals =
        outcome.isInPlace() ? publishers.totals(others(outcome, backbone)) : before;
    return new Reconciled<>(
        status(backbone, buses, wanted, totals, rules, outcome, verdict, decided),
        outcome.isInPlace()
            ? PackCleanup.next(wanted, listed, backbone, verdict.next())
            : verdict.next());
  }

  /** What stays as it was, though the rest of the bus is as it is wanted. */
  private static void refuse(
      AdmittedBackbone backbone, Publishers publishers, Conditions conditions) {
    publishers
        .problem(backbone.quotas().policyCharacters())
        .ifPresent(message -> conditions.no(Conditions.PROGRAMMED, Reason.QUOTA_EXCEEDED, message));
    backbone
        .archiveProblem()
        .ifPresent(problem ->
            conditions.no(
                Conditions.PROGRAMMED,
                Reason.INVALID_FILTER,
                "the archive stays as it was: " + problem));
  }

  private static List<String> warnings(
      AdmittedBackbone backbone, Publishers publishers, RuleBudget rules) {
    return Stream.concat(
            publishers.warning(backbone.spec().busName()).stream(),
            rules.warning(backbone).stream())
        .toList();
  }

  /** The status that must be written before the bus is changed. */
  private static EventBackboneStatus told(AdmittedBackbone backbone) {
    return backbone.resource().getStatus().toBuilder()
        .busLogGroupName(backbone.busLog().toldFirst().orElse(null))
        .kmsKeyIdentifier(backbone.encryption().toldFirst().orElse(null))
        .build();
  }

  private void tell(EventBackbone resource, List<String> warnings) {
    String before =
        Conditions.find(resource.getStatus(), Conditions.READY)
            .map(Condition::getMessage)
            .orElse("");
    warnings.stream()
        .filter(warning -> !before.contains(warning))
        .forEach(warning ->
            surroundings
                .events()
                .record(resource, EventType.WARNING, Reason.QUOTA_NEARLY_EXCEEDED, warning));
  }

  /** As far as AWS was asked; the next round counts with it. */
  private static int others(Outcome outcome, AdmittedBackbone backbone) {
    Optional<Integer> found =
        outcome instanceof Outcome.Applied applied
            ? applied
                .found()
                .find(backbone.busKey().policy(), BusPolicy.class)
                .map(BusPolicy::othersCharacters)
            : Optional.empty();
    return found
        .or(() ->
            Optional.ofNullable(backbone.resource().getStatus().publishers())
                .map(PublisherTotals::othersCharacters))
        .orElse(0);
  }

  /**
   * Listed when all of a bus is looked at that was there before, or rules of others are to be
   * counted anew; a bus that joins costs no list.
   */
  private Optional<ListedRules> listedRules(Outcome outcome, AdmittedBackbone backbone) {
    boolean isWholeLook =
        outcome instanceof Outcome.Planned
            || (outcome instanceof Outcome.Applied applied
                && applied.found().find(backbone.busKey()).isPresent());
    return isWholeLook || PackCleanup.mayHavePacks(backbone)
        ? programming.rulesOn(backbone)
        : Optional.empty();
  }

  /** Of the last list, when there is none now. */
  private int othersRules(Optional<ListedRules> listed, AdmittedBackbone backbone) {
    EventBackbone resource = backbone.resource();
    return listed
        .map(it -> RuleBudget.others(it, backbone, inventory.busesOf(resource)))
        .or(() -> resource.getStatus().rulesOfOthers())
        .orElse(0);
  }

  private EventBackboneStatus status(
      AdmittedBackbone backbone,
      List<AdmittedBus> buses,
      WantedState wanted,
      Optional<PublisherTotals> publishers,
      RuleBudget rules,
      Outcome outcome,
      Verdict verdict,
      List<Condition> conditions) {
    EventBackbone resource = backbone.resource();
    BusQuotas quotas = backbone.quotas();
    boolean isThere = verdict.appliedHash().isPresent();
    return EventBackboneStatusBuilder.builder()
        .observedGeneration(resource.getMetadata().getGeneration())
        .busArn(isThere ? backbone.busKey().arn() : null)
        .deadLetterQueueUrl(queueUrl(verdict, backbone))
        .logGroupName(isThere && backbone.spec().audit().enabled() ? backbone.logGroupName() : null)
        .busLogGroupName(
            outcome
                .logGroupOf(backbone.busLog(), backbone.spec().deletionPolicy(), wanted.owner())
                .orElse(null))
        .kmsKeyIdentifier(outcome.keyOf(backbone.encryption()).orElse(null))
        .discovererArn(discovererArn(outcome, verdict, backbone))
        .buses(totals(buses))
        .rules(rules.usage())
        .wildcardRules(rules.wildcardUsage().orElse(null))
        .othersRules(rules.others() == 0 ? null : rules.others())
        .policyCharacters(
            new Usage(policyUsed(outcome, wanted, publishers, resource), quotas.policyCharacters()))
        .patternCharacters(new Usage(longestPattern(buses), quotas.patterns().characters()))
        .publishers(publishers.orElse(null))
        .plan(verdict.plan())
        .appliedHash(verdict.appliedHash().orElse(null))
        .conditions(conditions)
        .build();
  }

  /** Of the last time that AWS was asked, when it could not be asked now. */
  private static String queueUrl(Verdict verdict, AdmittedBackbone backbone) {
    return verdict.addresses().isEmpty()
        ? backbone.resource().getStatus().deadLetterQueueUrl()
        : verdict.address(backbone.deadLetterQueueKey());
  }

  /** What was to go and could not be taken away is told of still, and so looked for again. */
  private static String discovererArn(Outcome outcome, Verdict verdict, AdmittedBackbone backbone) {
    return outcome.isInPlace()
        ? verdict.address(backbone.discovererKey())
        : backbone.resource().getStatus().discovererArn();
  }

  private Reconciled<EventBackboneStatus> unchanged(
      EventBackbone resource, List<Condition> conditions, Next next) {
    return new Reconciled<>(
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .plan(List.of())
            .conditions(conditions)
            .build(),
        next);
  }

  private static Totals totals(List<AdmittedBus> buses) {
    long ready =
        buses.stream()
            .filter(bus -> Conditions.isTrue(bus.resource().getStatus(), Conditions.READY))
            .count();
    return new Totals(buses.size(), Math.toIntExact(ready));
  }

  /** Of the last time that AWS got the policy, when it did not get it now. */
  private static int policyUsed(
      Outcome outcome,
      WantedState wanted,
      Optional<PublisherTotals> publishers,
      EventBackbone resource) {
    return outcome.isInPlace() || outcome instanceof Outcome.Planned
        ? policyLength(wanted) + publishers.map(PublisherTotals::othersCharacters).orElse(0)
        : Optional.ofNullable(resource.getStatus().policyCharacters()).map(Usage::used).orElse(0);
  }

  private static int longestPattern(List<AdmittedBus> buses) {
    return buses.stream()
        .flatMap(bus -> bus.resource().getStatus().ownPatternCharacters().stream())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  private static int policyLength(WantedState wanted) {
    return wanted.resources().stream()
        .mapToInt(it ->
            it instanceof WantedState.Wanted.Present(BusPolicy policy)
                ? Policies.length(policy.statements())
                : 0)
        .sum();
  }

  @Override
  public DeleteControl cleanup(EventBackbone resource, Context<EventBackbone> context) {
    return surroundings.cleanUp(
        resource,
        (reason, message) -> waiting(resource, reason, message),
        () -> cleanedUp(resource));
  }

  private DeleteControl cleanedUp(EventBackbone resource) {
    List<ServiceAccountBus> joined =
        inventory.busesOf(resource).stream()
            .filter(bus -> admissions.isAdmitted(bus, resource))
            .toList();
    if (!joined.isEmpty()) {
      return surroundings
          .deletion()
          .waitFor(joined, resource, (reason, message) -> waiting(resource, reason, message));
    }
    Admission<AdmittedBackbone> admission = admissions.backbone(resource);
    if (admission instanceof Refused<AdmittedBackbone> refused) {
      return surroundings.deletion().letGo(resource, refused.reason(), refused.message());
    }
    AdmittedBackbone backbone = ((Admitted<AdmittedBackbone>) admission).value();
    return surroundings
        .deletion()
        .conclude(
            programming.remove(
                Subject.of(resource),
                packs.withoutBuses(
                    topology.of(backbone, PolicyBudget.of(backbone, List.of())), backbone),
                Accounts.of(backbone.account()),
                backbone.spec().managementPolicy(),
                backbone.spec().deletionPolicy()),
            resource,
            (reason, message) -> waiting(resource, reason, message));
  }

  private EventBackboneStatus waiting(EventBackbone resource, Reason reason, String message) {
    List<Condition> conditions =
        surroundings.conditions(resource, resource.getStatus()).waiting(reason, message);
    return unchanged(resource, conditions, new Next.OnChange()).status();
  }

  @Override
  public ErrorStatusUpdateControl<EventBackbone> updateErrorStatus(
      EventBackbone resource, Context<EventBackbone> context, Exception failure) {
    return surroundings.publishFailure(
        resource, failure, context, (reason, message) -> waiting(resource, reason, message));
  }
}

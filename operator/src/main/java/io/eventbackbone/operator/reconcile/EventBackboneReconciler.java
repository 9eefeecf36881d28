package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.quota.RuleBudget;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.ResourceKey.BusPolicyKey;
import io.eventbackbone.core.resource.ResourceKey.DiscovererKey;
import io.eventbackbone.core.topology.Publishers;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Messages;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Hindrance.Gate;
import io.eventbackbone.operator.reconcile.apply.Intent;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the global bus; the only writer of its policy. */
@ControllerConfiguration(name = "eventbackbone")
final class EventBackboneReconciler
    extends AwsBackedReconciler<EventBackbone, EventBackboneStatus, AdmittedBackbone> {

  private final Inventory inventory;
  private final Admissions admissions;
  private final Topology topology;
  private final PackCleanup packs;
  private final RegistryUpkeep registry;

  EventBackboneReconciler(
      Inventory inventory, Topology topology, AwsApplier applier, ReconcilerContext shared) {
    super(EventBackbone.class, applier, shared);
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.topology = topology;
    this.packs = new PackCleanup(inventory, applier);
    this.registry = new RegistryUpkeep(inventory, applier);
  }

  @Override
  Admission<AdmittedBackbone> admit(EventBackbone resource) {
    return admissions.backbone(resource);
  }

  @Override
  void accept(AdmittedBackbone backbone, Conditions conditions) {
    conditions.accepted(
        SpecCheck.selectorsOf(backbone.resource()), "the account admits the backbone");
  }

  @Override
  List<Gate<AdmittedBackbone>> gates() {
    return List.of(backbone -> Accounts.unready(backbone.account()).map(Hindrance::ofAccount));
  }

  @Override
  ReconcileResult<EventBackboneStatus> apply(Step<EventBackbone, AdmittedBackbone> step) {
    AdmittedBackbone backbone = step.admitted();
    Optional<EventBackboneStatus> announced = RegistryUpkeep.announced(backbone);
    if (announced.isPresent()) {
      return new ReconcileResult<>(announced.get(), new Reschedule.Again());
    }
    List<AdmittedBus> buses = admissions.busesOf(backbone);
    Publishers publishers = PolicyBudget.of(backbone, buses, policy(backbone, buses));
    WantedState wanted =
        registry.in(packs.in(topology.of(backbone, publishers), backbone, buses), backbone);
    Synced synced = sync(step, Intent.ofGlobalBus(wanted, backbone));
    Optional<ListedRules> listed = listedRules(synced.outcome(), backbone);
    RuleBudget rules = RuleBudget.of(backbone, buses, othersRules(listed, backbone));
    policyIsFull(backbone, publishers).ifPresent(hindrance -> hindrance.in(step.conditions()));
    archiveIsRefused(backbone).ifPresent(hindrance -> hindrance.in(step.conditions()));
    List<String> warnings = warnings(backbone, publishers, rules);
    record(step.resource(), warnings);
    Optional<String> leftover = leftoverDiscoverer(listed, backbone, wanted);
    Optional<String> registryLeft =
        listed.flatMap(rulesThatWereRead -> registry.leftover(backbone, synced));
    BackboneStatus status =
        new BackboneStatus(backbone, buses, publishers, rules, synced, leftover, registryLeft);
    List<Condition> conditions =
        step.conditions()
            .summed(
                Messages.withWarnings(
                    "bus %s is there".formatted(backbone.spec().busName()), warnings));
    return new ReconcileResult<>(
        status.with(conditions), next(synced, listed, leftover.or(() -> registryLeft), backbone));
  }

  private static Reschedule next(
      Synced synced,
      Optional<ListedRules> listed,
      Optional<String> leftover,
      AdmittedBackbone backbone) {
    if (leftover.isPresent()) {
      return new Reschedule.Again();
    }
    return synced.outcome().isInPlace()
        ? PackCleanup.next(synced.intent().wanted(), listed, backbone, synced.sync().next())
        : synced.sync().next();
  }

  /** Accounts that have no right to publish, though the rest of the bus is as wanted. */
  private static Optional<Hindrance> policyIsFull(
      AdmittedBackbone backbone, Publishers publishers) {
    return publishers
        .problem(backbone.quotas().policyCharacters())
        .map(message -> new Hindrance(Reason.QUOTA_EXCEEDED, message));
  }

  private static Optional<Hindrance> archiveIsRefused(AdmittedBackbone backbone) {
    return backbone
        .archive()
        .problem()
        .map(problem ->
            new Hindrance(Reason.INVALID_FILTER, "the archive stays as it was: " + problem));
  }

  private static List<String> warnings(
      AdmittedBackbone backbone, Publishers publishers, RuleBudget rules) {
    return Stream.concat(
            publishers.warning(backbone.spec().busName()).stream(),
            rules.warning(backbone).stream())
        .toList();
  }

  private void record(EventBackbone resource, List<String> warnings) {
    String before =
        resource.getStatus().condition(Conditions.READY).map(Condition::getMessage).orElse("");
    warnings.stream()
        .filter(warning -> !before.contains(warning))
        .forEach(warning ->
            shared
                .events()
                .record(resource, EventType.WARNING, Reason.QUOTA_NEARLY_EXCEEDED, warning));
  }

  /** The policy in AWS, if the status does not tell which accounts may publish. */
  private Optional<BusPolicy> policy(AdmittedBackbone backbone, List<AdmittedBus> buses) {
    BusPolicyKey key = backbone.busKey().policy();
    return PolicyBudget.needsPolicy(backbone, buses)
        ? applier.look(Accounts.of(backbone.account()), List.of(key)).find(key, BusPolicy.class)
        : Optional.empty();
  }

  /**
   * ARN of a discoverer of this backbone that neither the spec nor the status names; its managed
   * rule tells that the bus has one. The status then names it, and the next round deletes it.
   */
  private Optional<String> leftoverDiscoverer(
      Optional<ListedRules> listed, AdmittedBackbone backbone, WantedState wanted) {
    DiscovererKey key = backbone.discovererKey();
    Accounts accounts = Accounts.of(backbone.account());
    return listed
        .filter(rules -> rules.haveDiscoverer() && !wanted.keys().contains(key))
        .filter(rules -> applier.look(accounts, List.of(key)).isOrWasOwned(key, wanted.owner()))
        .map(rules -> applier.addresses(List.of(key), accounts).get(key));
  }

  /**
   * Lists the rules after the whole of an existing bus was read, or if the bus may have packs. A
   * bus that joins costs no list.
   */
  private Optional<ListedRules> listedRules(ApplyOutcome outcome, AdmittedBackbone backbone) {
    boolean isWholeLook =
        outcome instanceof ApplyOutcome.Planned
            || (outcome instanceof ApplyOutcome.Applied applied
                && applied.found().find(backbone.busKey()).isPresent());
    return isWholeLook || PackCleanup.mayHavePacks(backbone)
        ? applier.rulesOn(backbone)
        : Optional.empty();
  }

  /** Counts the rules of others. Without a list: the number in the status. */
  private int othersRules(Optional<ListedRules> listed, AdmittedBackbone backbone) {
    EventBackbone resource = backbone.resource();
    return listed
        .map(it -> RuleBudget.others(it, backbone, inventory.busesOf(resource)))
        .or(() -> resource.getStatus().rulesOfOthers())
        .orElse(0);
  }

  @Override
  EventBackboneStatus with(
      List<Condition> conditions, EventBackboneStatus status, EventBackbone resource) {
    return status.toBuilder()
        .observedGeneration(resource.getMetadata().getGeneration())
        .plan(List.of())
        .conditions(conditions)
        .build();
  }

  @Override
  Optional<String> appliedHash(EventBackboneStatus status) {
    return Optional.ofNullable(status.appliedHash());
  }

  @Override
  List<ServiceAccountBus> dependents(EventBackbone resource) {
    return inventory.busesOf(resource).stream()
        .filter(bus -> admissions.isAdmitted(bus, resource))
        .toList();
  }

  @Override
  Admission<Intent> leaving(EventBackbone resource) {
    return admissions
        .backbone(resource)
        .then(backbone -> {
          Publishers nobody = PolicyBudget.of(backbone, List.of());
          return new Admitted<>(
              Intent.ofGlobalBus(
                  packs.withoutBuses(topology.of(backbone, nobody), backbone), backbone));
        });
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.reconcile.GlobalBusRoom.Routed;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Hindrance.Gate;
import io.eventbackbone.operator.reconcile.apply.Intent;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a local bus and the rule on the global bus that forwards to it. */
@ControllerConfiguration(name = "serviceaccountbus")
final class ServiceAccountBusReconciler
    extends AwsBackedReconciler<ServiceAccountBus, ServiceAccountBusStatus, AdmittedBus> {

  private final Inventory inventory;
  private final Admissions admissions;
  private final Routing routing;
  private final Topology topology;
  private final GlobalBusRoom room;

  ServiceAccountBusReconciler(
      Inventory inventory, Topology topology, AwsApplier applier, ReconcilerContext shared) {
    super(ServiceAccountBus.class, applier, shared);
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
    this.topology = topology;
    this.room = new GlobalBusRoom(applier);
  }

  @Override
  Admission<AdmittedBus> admit(ServiceAccountBus resource) {
    return Admissions.readable(resource).then(SpecCheck::identifierOf).then(admissions::bus);
  }

  @Override
  void accept(AdmittedBus bus, Conditions conditions) {
    conditions.accepted(
        SpecCheck.selectorsOf(bus.resource()), "the backbone and the account admit the bus");
  }

  /** The turn of an unseen account comes at once: of many buses that join, each saves a write. */
  @Override
  boolean isAboutToBeWoken(AdmittedBus bus) {
    return Accounts.areUnseen(bus.account(), bus.backbone().account());
  }

  @Override
  List<Gate<AdmittedBus>> gates() {
    return List.of(
        bus -> Accounts.unready(bus.account(), bus.backbone().account()).map(Hindrance::ofAccount),
        ServiceAccountBusReconciler::waitForGlobalBus);
  }

  private static Optional<Hindrance> waitForGlobalBus(AdmittedBus bus) {
    AdmittedBackbone backbone = bus.backbone();
    return backbone.resource().getStatus().busArn() == null
            && backbone.spec().managementPolicy() == ManagementPolicy.MANAGE
        ? Optional.of(
            new Hindrance(
                Reason.BACKBONE_NOT_READY,
                "waits for the global bus of " + Admissions.describe(backbone.resource())))
        : Optional.empty();
  }

  @Override
  ReconcileResult<ServiceAccountBusStatus> apply(Step<ServiceAccountBus, AdmittedBus> step) {
    AdmittedBus bus = step.admitted();
    if (hasNewArchive(bus)) {
      return new ReconcileResult<>(
          step.resource().getStatus().toBuilder().archiveArn(bus.archive().key().arn()).build(),
          new Reschedule.Again());
    }
    Routed routed = new Routed(bus, routing.to(bus, () -> namesOfLocalRules(bus)));
    Optional<Hindrance> noRoom = Hindrance.first(room.gates(), routed);
    Forwarded forwarded =
        noRoom
            .map(full -> routed.forwarded().leftAsItIs(full.message()))
            .orElse(routed.forwarded());
    Synced synced = sync(step, intent(topology.of(bus, forwarded), bus));
    noRoom
        .or(() -> GlobalBusRoom.heldBack(forwarded))
        .or(() -> GlobalBusRoom.leftOut(bus))
        .or(() -> bus.archive().problem().map(ServiceAccountBusReconciler::archiveIsRefused))
        .or(() ->
            synced.outcome().isInPlace() ? GlobalBusRoom.notYetPublishing(bus) : Optional.empty())
        .ifPresent(hindrance -> hindrance.in(step.conditions()));
    BusStatus status = new BusStatus(bus, forwarded, synced, admittedSubscriptions(bus.resource()));
    return new ReconcileResult<>(
        status.with(step.conditions().summed(status.readyMessage())), synced.sync().next());
  }

  /**
   * Whether the status has yet to name an archive that the operator is about to create. Then the
   * next process finds the archive, even if it is to find it no longer asked for.
   */
  private static boolean hasNewArchive(AdmittedBus bus) {
    return bus.archive().isEnabled()
        && !bus.hadArchive()
        && bus.backbone().spec().managementPolicy() == ManagementPolicy.MANAGE;
  }

  private static Hindrance archiveIsRefused(String problem) {
    return new Hindrance(Reason.INVALID_FILTER, "the archive stays as it was: " + problem);
  }

  private Set<String> namesOfLocalRules(AdmittedBus bus) {
    return applier.rulesOn(bus).map(ListedRules::names).orElse(Set.of());
  }

  private static Intent intent(WantedState wanted, AdmittedBus bus) {
    return new Intent(
        wanted,
        Accounts.of(bus.account(), bus.backbone().account()),
        bus.backbone().spec(),
        bus.deletionPolicy());
  }

  private List<EventSubscription> admittedSubscriptions(ServiceAccountBus resource) {
    return inventory.subscriptionsOf(resource).stream()
        .filter(subscription -> admissions.isAdmitted(subscription, resource))
        .toList();
  }

  @Override
  ServiceAccountBusStatus with(
      List<Condition> conditions, ServiceAccountBusStatus status, ServiceAccountBus resource) {
    return status.toBuilder()
        .observedGeneration(resource.getMetadata().getGeneration())
        .conditions(conditions)
        .build();
  }

  @Override
  Optional<String> appliedHash(ServiceAccountBusStatus status) {
    return Optional.ofNullable(status.appliedHash());
  }

  /**
   * Nothing is forwarded to a refused bus. While its account can't be read nobody knows whether the
   * account admits the bus, and the rule stays, unless the bus is deleted.
   */
  @Override
  Optional<Withdrawal<ServiceAccountBusStatus>> withdrawal(ServiceAccountBus resource, Reason why) {
    return Optional.of(resource)
        .filter(it -> why != Reason.UNREADABLE && why != Reason.INVALID_IDENTIFIER)
        .flatMap(it -> admissions.backboneOf(it).admitted())
        .filter(backbone ->
            resource.isMarkedForDeletion()
                || !inventory.isUnreadableAccount(resource.getSpec().accountRef().name()))
        .map(backbone ->
            new Withdrawal<>(
                Intent.ofGlobalBus(topology.withdrawn(resource, backbone, why), backbone),
                resource.getStatus().forwardingRuleArn(),
                "nothing is forwarded to the bus any more; what is in its account stays",
                resource.getStatus().toBuilder()
                    .forwardingRuleArn(null)
                    .patternCharacters(null)
                    .routes(List.of())
                    .wildcardRoutes(List.of())
                    .plan(List.of())
                    .appliedHash(null)
                    .build()));
  }

  /** Without the bus, nothing leads from an event type to the account of its schema. */
  @Override
  List<HasMetadata> dependents(ServiceAccountBus resource) {
    return Stream.<HasMetadata>concat(
            admittedSubscriptions(resource).stream(),
            inventory.typesOf(resource).stream()
                .filter(type -> type.getStatus().publishedSchema().isPresent()))
        .toList();
  }

  /**
   * Nobody receives by a lost account, and each event that is forwarded to it costs: so the rule on
   * the global bus of an abandoned bus goes, even where all else is kept.
   */
  @Override
  Admission<Intent> leaving(ServiceAccountBus resource) {
    return admissions
        .bus(resource)
        .then(bus ->
            new Admitted<>(
                intent(
                    topology.of(
                        bus,
                        Finalization.isAbandoned(resource) ? Forwarded.NOTHING : routing.to(bus)),
                    bus)));
  }
}

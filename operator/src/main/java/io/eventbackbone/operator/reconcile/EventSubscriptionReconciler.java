package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatus;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatusBuilder;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.catalog.PublishedContracts;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Backlog;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.routing.NothingRouted;
import io.eventbackbone.core.routing.Routing;
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
import io.eventbackbone.operator.reconcile.apply.MessageStatus;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.eventbackbone.operator.reconcile.binding.Bindings;
import io.eventbackbone.operator.reconcile.binding.Bindings.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a subscription's rule and queues, the Secret that a workload binds to, and the ConfigMap
 * with its contracts.
 */
@ControllerConfiguration(name = "eventsubscription")
final class EventSubscriptionReconciler
    extends AwsBackedReconciler<EventSubscription, EventSubscriptionStatus, AdmittedSubscription> {

  /** Nothing tells that an object of somebody else is gone. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Admissions admissions;
  private final Catalog catalog;
  private final Routing routing;
  private final Topology topology;
  private final Bindings bindings;

  EventSubscriptionReconciler(
      Inventory inventory, Topology topology, AwsApplier applier, ReconcilerContext shared) {
    super(EventSubscription.class, applier, shared);
    this.admissions = new Admissions(inventory);
    this.catalog = new Catalog(inventory);
    this.routing = new Routing(inventory);
    this.topology = topology;
    this.bindings = new Bindings(shared.events());
  }

  @Override
  public List<EventSource<?, EventSubscription>> prepareEventSources(
      EventSourceContext<EventSubscription> context) {
    return Stream.concat(
            super.prepareEventSources(context).stream(), Bindings.watched(context).stream())
        .toList();
  }

  @Override
  Admission<AdmittedSubscription> admit(EventSubscription resource) {
    return admissions
        .subscription(resource)
        .then(it -> catalog.filter(it).then(warnings -> new Admitted<>(it.warned(warnings))));
  }

  @Override
  void accept(AdmittedSubscription subscription, Conditions conditions) {
    conditions.yes(
        Conditions.ACCEPTED,
        Reason.ACCEPTED,
        Messages.withWarnings("the bus admits the subscription", subscription.warnings()));
  }

  @Override
  List<Gate<AdmittedSubscription>> gates() {
    return List.of(
        subscription -> Accounts.unready(subscription.bus().account()).map(Hindrance::ofAccount),
        EventSubscriptionReconciler::waitForBus);
  }

  private static Optional<Hindrance> waitForBus(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    return bus.resource().getStatus().busArn() == null
            && bus.backbone().spec().managementPolicy() == ManagementPolicy.MANAGE
        ? Optional.of(
            new Hindrance(
                Reason.BUS_NOT_READY,
                "waits for the local bus of " + Admissions.describe(bus.resource())))
        : Optional.empty();
  }

  @Override
  ReconcileResult<EventSubscriptionStatus> apply(
      Step<EventSubscription, AdmittedSubscription> step) {
    AdmittedSubscription subscription = step.admitted();
    AdmittedBus bus = subscription.bus();
    Synced synced = sync(step, intent(topology.of(subscription), bus));
    Reschedule next = synced.sync().next();
    MessageStatus.judge(subscription, synced.outcome(), step.conditions());
    if (synced.outcome().isInPlace()) {
      waitForForwarding(subscription).ifPresent(hindrance -> hindrance.in(step.conditions()));
      nothingRouted(subscription)
          .ifPresent(it -> step.conditions().fallShort(Reason.NOTHING_ROUTED, it.message()));
      PublishedContracts contracts = catalog.published(bus);
      contracts.leftOut().ifPresent(it -> tellLeftOut(it, step.conditions()));
      next =
          bindings
              .keep(
                  subscription,
                  synced.sync().addresses(),
                  contracts,
                  step.conditions(),
                  step.context())
              .stream()
              .map(EventSubscriptionReconciler::after)
              .reduce(next, Reschedule::sooner);
    }
    List<Condition> conditions = step.conditions().summed(readyMessage(step.resource()));
    return new ReconcileResult<>(status(subscription, synced, conditions), next);
  }

  private static Intent intent(WantedState wanted, AdmittedBus bus) {
    return new Intent(
        wanted, Accounts.of(bus.account()), bus.backbone().spec(), bus.deletionPolicy());
  }

  private static Reschedule after(Problem problem) {
    return switch (problem) {
      case Problem.Foreign foreign -> new Reschedule.Recheck(LOOK_AGAIN);
      case Problem.Refused(String message) -> new Reschedule.RetrySoon(message);
    };
  }

  private static void tellLeftOut(String leftOut, Conditions conditions) {
    conditions.yes(
        Conditions.PROGRAMMED,
        Reason.PROGRAMMED,
        Messages.withWarnings(SyncResult.PROGRAMMED_MESSAGE, List.of(leftOut)));
  }

  /** A suspended subscription asks for no event. */
  private Optional<NothingRouted> nothingRouted(AdmittedSubscription subscription) {
    return subscription.resource().getSpec().suspend()
        ? Optional.empty()
        : routing.nothingFor(subscription);
  }

  /** Events don't arrive until the bus's rule on the global bus forwards them. */
  private Optional<Hindrance> waitForForwarding(AdmittedSubscription subscription) {
    return isForwarded(subscription)
        ? Optional.empty()
        : Optional.of(
            new Hindrance(
                Reason.BUS_NOT_READY,
                "the rule is there, and waits for the global bus to forward what it asks for: see %s"
                    .formatted(Admissions.describe(subscription.bus().resource()))));
  }

  private boolean isForwarded(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    return switch (bus.backbone().spec().forwarding()) {
      case ALL -> true;
      case SUBSCRIBED ->
          switch (Fingerprint.match(
              Optional.ofNullable(bus.resource().getStatus().appliedHash()),
              Fingerprint.of(topology.of(bus, routing.to(bus))))) {
            case SAME -> true;
            case OTHER -> false;
            // After an upgrade the bus is about to be read; until then the subscription tells
            // what it told before.
            case UNKNOWN ->
                Conditions.isTrue(subscription.resource().getStatus(), Conditions.PROGRAMMED);
          };
    };
  }

  private static String readyMessage(EventSubscription resource) {
    return resource.getSpec().suspend()
        ? "suspended: the rule is disabled, and the queue keeps what is in it"
        : "events arrive in the queue";
  }

  private EventSubscriptionStatus status(
      AdmittedSubscription subscription, Synced synced, List<Condition> conditions) {
    EventSubscription resource = subscription.resource();
    SyncResult sync = synced.sync();
    EventSubscriptionStatusBuilder status =
        with(conditions, resource.getStatus(), resource).toBuilder().plan(sync.plan());
    synced
        .outcome()
        .readQueues()
        .ifPresent(it -> status.messages(MessageStatus.counts(subscription, it)));
    return sync.addresses().isEmpty()
        ? status.build()
        : withResources(status, subscription, sync.addresses())
            .appliedHash(sync.appliedHash().orElse(null))
            .build();
  }

  private static EventSubscriptionStatusBuilder withResources(
      EventSubscriptionStatusBuilder status,
      AdmittedSubscription subscription,
      Map<ResourceKey, String> addresses) {
    String name = subscription.resource().getMetadata().getName();
    return status
        .binding(new LocalReference(Names.bindingSecret(name)))
        .ruleArn(subscription.ruleKey().arn())
        .queueUrl(addresses.get(subscription.queueKey()))
        .queueArn(subscription.queueKey().arn())
        .deadLetterQueueUrl(addresses.get(subscription.deadLetterQueueKey()));
  }

  @Override
  EventSubscriptionStatus with(
      List<Condition> conditions, EventSubscriptionStatus status, EventSubscription resource) {
    return status.toBuilder()
        .observedGeneration(resource.getMetadata().getGeneration())
        .conditions(conditions)
        .build();
  }

  @Override
  Optional<String> appliedHash(EventSubscriptionStatus status) {
    return Optional.ofNullable(status.appliedHash());
  }

  /**
   * A refused filter leaves in place what the last good filter made; a bus that refuses does not.
   */
  @Override
  Optional<Withdrawal<EventSubscriptionStatus>> withdrawal(EventSubscription resource, Reason why) {
    return Optional.of(resource)
        .filter(it -> why == Reason.REFERENCE_NOT_ALLOWED)
        .flatMap(it -> busOf(it).admitted())
        .map(bus ->
            new Withdrawal<>(
                intent(topology.withdrawn(resource, bus), bus),
                resource.getStatus().ruleArn(),
                "the bus's rule is gone; the queue stays with what is in it",
                resource.getStatus().toBuilder()
                    .ruleArn(null)
                    .messages(null)
                    .plan(List.of())
                    .appliedHash(null)
                    .build()));
  }

  private Admission<AdmittedBus> busOf(EventSubscription resource) {
    return admissions.referredBus(resource).then(admissions::bus);
  }

  /**
   * If the status was lost, AWS tells what the last good filter made. The messages of a refused
   * subscription are not counted any more.
   */
  @Override
  EventSubscriptionStatus kept(EventSubscription resource) {
    return Optional.of(resource)
        .filter(it -> it.getStatus().condition(Conditions.ACCEPTED).isEmpty())
        .flatMap(it -> busOf(it).admitted())
        .flatMap(bus -> found(AdmittedSubscription.leaving(resource, bus)))
        .orElse(resource.getStatus())
        .toBuilder()
        .messages(null)
        .build();
  }

  private Optional<EventSubscriptionStatus> found(AdmittedSubscription last) {
    WantedState wanted = topology.of(last);
    Accounts accounts = Accounts.of(last.bus().account());
    ObservedState found = applier.look(accounts, wanted.keys());
    if (wanted.keys().stream().anyMatch(key -> !found.isOrWasOwned(key, wanted.owner()))) {
      return Optional.empty();
    }
    Map<ResourceKey, String> addresses =
        applier.addresses(List.of(last.queueKey(), last.deadLetterQueueKey()), accounts);
    return Optional.of(
        withResources(last.resource().getStatus().toBuilder(), last, addresses).build());
  }

  @Override
  List<? extends HasMetadata> dependents(EventSubscription resource) {
    return List.of();
  }

  @Override
  Admission<Intent> leaving(EventSubscription resource) {
    return busOf(resource)
        .then(bus ->
            new Admitted<>(intent(topology.of(AdmittedSubscription.leaving(resource, bus)), bus)));
  }

  /** Warns of a retained rule that goes on to fill its queue. */
  @Override
  void removed(EventSubscription resource, Intent intent, List<ApplyOutcome> outcomes) {
    busOf(resource)
        .admitted()
        .flatMap(bus -> Backlog.of(resource, bus))
        .filter(backlog ->
            outcomes.stream()
                .anyMatch(it -> it.hasLeftEnabled(backlog.rule(), intent.wanted().owner())))
        .ifPresent(backlog ->
            shared
                .events()
                .record(
                    resource,
                    EventType.WARNING,
                    Reason.RULE_STAYS_ENABLED,
                    String.join("; ", backlog.warnings())));
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatus;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatusBuilder;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Backlog;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
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
import java.util.List;
import java.util.Optional;

/** Makes a subscription's rule and queues, and the Secret that a workload binds to. */
@ControllerConfiguration(name = "eventsubscription")
final class EventSubscriptionReconciler
    implements Reconciler<EventSubscription>, Cleaner<EventSubscription> {

  private final Admissions admissions;
  private final Routing routing;
  private final Topology topology;
  private final AwsApplier programming;
  private final ReconcilerContext surroundings;
  private final Bindings bindings;

  EventSubscriptionReconciler(
      Inventory inventory,
      Topology topology,
      AwsApplier programming,
      ReconcilerContext surroundings) {
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
    this.topology = topology;
    this.programming = programming;
    this.surroundings = surroundings;
    this.bindings = new Bindings(surroundings.events());
  }

  @Override
  public List<EventSource<?, EventSubscription>> prepareEventSources(
      EventSourceContext<EventSubscription> context) {
    return List.of(
        surroundings.wakes().sourceOf(EventSubscription.class), Bindings.watched(context));
  }

  @Override
  public UpdateControl<EventSubscription> reconcile(
      EventSubscription resource, Context<EventSubscription> context) {
    return surroundings.reconcile(
        resource, () -> reconciled(resource, context).publish(resource, context, surroundings));
  }

  private Reconciled<EventSubscriptionStatus> reconciled(
      EventSubscription resource, Context<EventSubscription> context) {
    Conditions conditions = surroundings.conditions(resource, resource.getStatus());
    Admission<AdmittedSubscription> admission = admissions.subscription(resource);
    return admission instanceof Refused<AdmittedSubscription> refused
        ? refused(resource, refused, conditions)
        : accepted(((Admitted<AdmittedSubscription>) admission).value(), conditions, context);
  }

  /**
   * A bus that no longer admits the subscription sends it nothing more, whatever the status tells:
   * the process may have ended before it was written. A filter that is refused leaves in place what
   * the last good one made.
   */
  private Reconciled<EventSubscriptionStatus> refused(
      EventSubscription resource, Refused<AdmittedSubscription> refused, Conditions conditions) {
    conditions.no(Conditions.ACCEPTED, refused.reason(), refused.message());
    Optional<AdmittedBus> bus =
        refused.reason() == Reason.REFERENCE_NOT_ALLOWED
            ? admissions.referredBus(resource).then(admissions::bus).admitted()
            : Optional.empty();
    return bus.map(it -> withdrawn(resource, it, conditions))
        .orElseGet(() -> unchanged(resource, conditions.summed(""), new Next.OnChange()));
  }

  private Reconciled<EventSubscriptionStatus> withdrawn(
      EventSubscription resource, AdmittedBus bus, Conditions conditions) {
    Outcome outcome =
        programming.bring(
            Subject.of(resource),
            topology.withdrawn(resource, bus),
            Accounts.of(bus.account()),
            bus.backbone().spec(),
            Optional.empty());
    if (outcome instanceof Outcome.Failed failed) {
      conditions.no(
          Conditions.PROGRAMMED, Failures.reason(failed.failure()), failed.failure().message());
      return unchanged(
          resource,
          conditions.summed(""),
          Reconciled.after(failed.failure(), bus.backbone().spec().driftCheckPeriod()));
    }
    if (!outcome.hasWithdrawn(resource.getStatus().ruleArn())) {
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    conditions.no(
        Conditions.PROGRAMMED,
        Reason.WITHDRAWN,
        "the bus's rule is gone; the queue stays with what is in it");
    return new Reconciled<>(
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .ruleArn(null)
            .plan(List.of())
            .appliedHash(null)
            .conditions(conditions.summed(""))
            .build(),
        new Next.OnChange());
  }

  private Reconciled<EventSubscriptionStatus> accepted(
      AdmittedSubscription subscription,
      Conditions conditions,
      Context<EventSubscription> context) {
    EventSubscription resource = subscription.resource();
    AdmittedBus bus = subscription.bus();
    conditions.yes(
        Conditions.ACCEPTED,
        Reason.ACCEPTED,
        Texts.withWarnings("the bus admits the subscription", subscription.warnings()));
    Optional<String> unready = Accounts.unready(bus.account());
    if (unready.isPresent()) {
      conditions.no(Conditions.PROGRAMMED, Reason.ACCOUNT_NOT_READY, unready.get());
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    if (bus.resource().getStatus().busArn() == null && isManaged(bus)) {
      conditions.no(
          Conditions.PROGRAMMED,
          Reason.BUS_NOT_READY,
          "waits for the local bus of " + EventRecorder.describe(bus.resource()));
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    return programmed(subscription, conditions, context);
  }

  private static boolean isManaged(AdmittedBus bus) {
    return bus.backbone().spec().managementPolicy() == ManagementPolicy.MANAGE;
  }

  private Reconciled<EventSubscriptionStatus> programmed(
      AdmittedSubscription subscription,
      Conditions conditions,
      Context<EventSubscription> context) {
    EventSubscription resource = subscription.resource();
    AdmittedBus bus = subscription.bus();
    WantedState wanted = topology.of(subscription);
    Optional<String> appliedHash = Optional.ofNullable(resource.getStatus().appliedHash());
    Outcome outcome =
        programming.bring(
            Subject.of(resource),
            wanted,
            Accounts.of(bus.account()),
            bus.backbone().spec(),
            appliedHash);
    Verdict verdict =
        Verdict.of(
            outcome,
            Fingerprint.of(wanted),
            new Verdict.Before(resource, resource.getStatus(), appliedHash),
            bus.backbone().spec().driftCheckPeriod(),
            conditions,
            surroundings.events());
    if (outcome.isInPlace() && isYetToBeForwarded(subscription)) {
      conditions.no(
          Conditions.PROGRAMMED,
          Reason.BUS_NOT_READY,
          "the rule is there, and waits for the global bus to forward what it asks for: see %s"
              .formatted(EventRecorder.describe(bus.resource())));
    }
    Next next =
        outcome.isInPlace()
            ? bindings.keep(subscription, verdict, conditions, context)
            : verdict.next();
    return new Reconciled<>(
        status(subscription, verdict, conditions.summed(ready(resource))), next);
  }

  /** What is published before the bus's rule on the global bus asks for it does not arrive. */
  private boolean isYetToBeForwarded(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    return switch (bus.backbone().spec().forwarding()) {
      case ALL -> false;
      case SUBSCRIBED ->
          switch (Fingerprint.match(
              Optional.ofNullable(bus.resource().getStatus().appliedHash()),
              Fingerprint.of(topology.of(bus, routing.to(bus))))) {
            case SAME -> false;
            case OTHER -> true;
            // After an upgrade the bus is about to be read; until then the subscription tells
            // what it told before.
            case UNKNOWN ->
                !Conditions.isTrue(subscription.resource().getStatus(), Conditions.PROGRAMMED);
          };
    };
  }

  private static String ready(EventSubscription resource) {
    return resource.getSpec().suspend()
        ? "suspended: the rule is disabled, and the queue keeps what is in it"
        : "events arrive in the queue";
  }

  private static EventSubscriptionStatus status(
      AdmittedSubscription subscription, Verdict verdict, List<Condition> conditions) {
    EventSubscription resource = subscription.resource();
    EventSubscriptionStatusBuilder status =
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .plan(verdict.plan())
            .conditions(conditions);
    if (verdict.addresses().isEmpty()) {
      return status.build();
    }
    return status
        .binding(new LocalReference(Names.bindingSecret(resource.getMetadata().getName())))
        .ruleArn(subscription.ruleKey().arn())
        .queueUrl(verdict.address(subscription.queueKey()))
        .queueArn(subscription.queueKey().arn())
        .deadLetterQueueUrl(verdict.address(subscription.deadLetterQueueKey()))
        .appliedHash(verdict.appliedHash().orElse(null))
        .build();
  }

  private Reconciled<EventSubscriptionStatus> unchanged(
      EventSubscription resource, List<Condition> conditions, Next next) {
    return new Reconciled<>(
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .conditions(conditions)
            .build(),
        next);
  }

  @Override
  public DeleteControl cleanup(EventSubscription resource, Context<EventSubscription> context) {
    return surroundings.cleanUp(
        resource,
        (reason, message) -> waiting(resource, reason, message),
        () -> cleanedUp(resource));
  }

  private DeleteControl cleanedUp(EventSubscription resource) {
    Admission<AdmittedBus> admission = admissions.referredBus(resource).then(admissions::bus);
    if (admission instanceof Refused<AdmittedBus> refused) {
      return surroundings.deletion().letGo(resource, refused.reason(), refused.message());
    }
    AdmittedBus bus = ((Admitted<AdmittedBus>) admission).value();
    WantedState wanted = topology.of(AdmittedSubscription.leaving(resource, bus));
    List<Outcome> outcomes =
        programming.remove(
            Subject.of(resource),
            wanted,
            Accounts.of(bus.account()),
            bus.backbone().spec().managementPolicy(),
            bus.deletionPolicy());
    Backlog.of(resource, bus)
        .filter(backlog ->
            outcomes.stream().anyMatch(it -> it.hasLeftEnabled(backlog.rule(), wanted.owner())))
        .ifPresent(backlog ->
            surroundings
                .events()
                .record(
                    resource,
                    EventType.WARNING,
                    Reason.RULE_STAYS_ENABLED,
                    String.join("; ", backlog.warnings())));
    return surroundings
        .deletion()
        .conclude(outcomes, resource, (reason, message) -> waiting(resource, reason, message));
  }

  private EventSubscriptionStatus waiting(
      EventSubscription resource, Reason reason, String message) {
    List<Condition> conditions =
        surroundings.conditions(resource, resource.getStatus()).waiting(reason, message);
    return unchanged(resource, conditions, new Next.OnChange()).status();
  }

  @Override
  public ErrorStatusUpdateControl<EventSubscription> updateErrorStatus(
      EventSubscription resource, Context<EventSubscription> context, Exception failure) {
    return surroundings.publishFailure(
        resource, failure, context, (reason, message) -> waiting(resource, reason, message));
  }
}

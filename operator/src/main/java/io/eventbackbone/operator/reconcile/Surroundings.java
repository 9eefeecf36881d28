package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.reconcile.EventRecorder.EventType;
import io.eventbackbone.operator.topology.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What every reconciler has around it.
 *
 * @param region where the operator asks who it is, before a backbone names a Region
 */
record Surroundings(
    Wakes wakes,
    EventRecorder events,
    Deletion deletion,
    Statuses statuses,
    Clock clock,
    String region) {

  /** The conditions to decide anew for an object with the given status. */
  Conditions conditions(HasMetadata object, ConditionedStatus status) {
    long generation = Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    return new Conditions(status, generation, clock);
  }

  /**
   * The error handler of every reconciler. An exception that nobody expected is told, too: an
   * object whose status says nothing seems not to be looked after.
   *
   * @param unforeseen the status, with Ready false for the reason
   */
  <S extends ConditionedStatus, R extends CustomResource<?, S>>
      ErrorStatusUpdateControl<R> publishFailure(
          R resource,
          Exception failure,
          Context<R> context,
          BiFunction<Reason, String, S> unforeseen) {
    if (!Reconciled.wasPublished(resource)) {
      tell(resource, failure, context, unforeseen);
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private <S extends ConditionedStatus, R extends CustomResource<?, S>> void tell(
      R resource, Exception failure, Context<R> context, BiFunction<Reason, String, S> unforeseen) {
    String message = "the operator failed, and tries again: " + Texts.of(failure);
    S status = unforeseen.apply(Reason.OPERATOR_FAILED, message);
    if (!status.equals(resource.getStatus())) {
      events.record(resource, EventType.WARNING, Reason.OPERATOR_FAILED, message);
      statuses.write(Reconciled.withStatus(resource, status), context);
    }
  }
}

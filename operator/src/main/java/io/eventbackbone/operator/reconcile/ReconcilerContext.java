package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.DependencyEventSource;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Statuses;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every reconciler has around it.
 *
 * @param region where the operator asks who it is, before a backbone names a Region
 */
record ReconcilerContext(
    DependencyEventSource wakes,
    EventRecorder events,
    Deletion deletion,
    Retries retries,
    Statuses statuses,
    Clock clock,
    String region) {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcilerContext.class);

  /** The conditions to decide anew for an object with the given status. */
  Conditions conditions(HasMetadata object, ConditionedStatus status) {
    long generation = Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    return new Conditions(status, generation, clock);
  }

  /** Reconciles. Of an object that can't be read an Event tells, once. */
  <S extends ConditionedStatus, R extends BackboneResource<?, S>> UpdateControl<R> reconcile(
      R resource, Supplier<UpdateControl<R>> reconciliation) {
    if (Admissions.readable(resource) instanceof Refused<R> refused
        && !isTold(resource.getStatus(), refused.message())) {
      events.record(resource, EventType.WARNING, refused.reason(), refused.message());
    }
    return Thrown.asException(reconciliation);
  }

  private static boolean isTold(ConditionedStatus status, String message) {
    return Conditions.find(status, Conditions.ACCEPTED)
        .filter(accepted -> accepted.getMessage().equals(message))
        .isPresent();
  }

  /**
   * Cleans up. An object that can't be read goes without: nobody knows what it has in AWS, and what
   * it has stays.
   *
   * @param unforeseen the status, with Ready false for the reason
   */
  <S extends ConditionedStatus, R extends BackboneResource<?, S>> DeleteControl cleanUp(
      R resource, BiFunction<Reason, String, S> unforeseen, Supplier<DeleteControl> cleanup) {
    if (Admissions.readable(resource) instanceof Refused<R> refused) {
      return deletion.letGo(resource, refused.reason(), refused.message());
    }
    try {
      return Thrown.asException(cleanup);
    } catch (KubernetesClientException refusal) {
      deletion.fail(resource, unforeseen, refusal);
      return DeleteControl.noFinalizerRemoval()
          .rescheduleAfter(retries.next(resource, Texts.of(refusal)));
    } catch (RuntimeException failure) {
      deletion.fail(resource, unforeseen, failure);
      throw failure;
    }
  }

  /**
   * The error handler of every reconciler. An exception that nobody expected is told, too: an
   * object whose status says nothing seems not to be looked after. That the API server refuses or
   * does not answer is expected; of anything else the log is to have the stack trace.
   *
   * @param unforeseen the status, with Ready false for the reason
   */
  <S extends ConditionedStatus, R extends CustomResource<?, S>>
      ErrorStatusUpdateControl<R> publishFailure(
          R resource,
          Exception failure,
          Context<R> context,
          BiFunction<Reason, String, S> unforeseen) {
    if (failure instanceof KubernetesClientException refused) {
      return refused(resource, refused, context, unforeseen);
    }
    if (!Reconciled.wasPublished(resource)) {
      Thrown.asException(() -> {
        tell(resource, failure, context, unforeseen);
        return resource;
      });
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private <S extends ConditionedStatus, R extends CustomResource<?, S>>
      ErrorStatusUpdateControl<R> refused(
          R resource,
          KubernetesClientException refusal,
          Context<R> context,
          BiFunction<Reason, String, S> unforeseen) {
    String why = Texts.of(refusal);
    try {
      if (!Reconciled.wasPublished(resource)) {
        tell(resource, refusal, context, unforeseen);
      } else if (retries.isFirst(resource)) {
        LOG.warn("{}: the status was not written: {}", EventRecorder.describe(resource), why);
      }
    } catch (KubernetesClientException e) {
      if (retries.isFirst(resource)) {
        LOG.warn("{}: {}, and the status was not written", EventRecorder.describe(resource), why);
      }
    }
    return ErrorStatusUpdateControl.<R>noStatusUpdate()
        .rescheduleAfter(retries.next(resource, why));
  }

  private <S extends ConditionedStatus, R extends CustomResource<?, S>> void tell(
      R resource, Exception failure, Context<R> context, BiFunction<Reason, String, S> unforeseen) {
    String message = Texts.ofUnforeseen(failure);
    S status = unforeseen.apply(Reason.OPERATOR_FAILED, message);
    if (!status.equals(resource.getStatus())) {
      events.record(resource, EventType.WARNING, Reason.OPERATOR_FAILED, message);
      statuses.write(Reconciled.withStatus(resource, status), context);
    }
  }
}

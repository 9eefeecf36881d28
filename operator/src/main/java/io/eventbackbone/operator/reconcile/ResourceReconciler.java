package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Messages;
import io.eventbackbone.operator.cluster.Statuses.Written;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of every reconciler: decide, publish the status, report failures. A subclass decides.
 *
 * @param <R> kind of the custom resource
 * @param <S> status of the kind
 */
abstract class ResourceReconciler<R extends BackboneResource<?, S>, S extends ConditionedStatus>
    implements Reconciler<R> {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceReconciler.class);

  /** By then the operator sees a change that wakes no object, for instance of an annotation. */
  private static final Duration CHANGE_IS_SEEN = Duration.ofMillis(100);

  protected final ReconcilerContext shared;
  private final Class<R> kind;

  ResourceReconciler(Class<R> kind, ReconcilerContext shared) {
    this.kind = kind;
    this.shared = shared;
  }

  /** Decides the whole status of a resource, and acts on AWS for it. */
  abstract ReconcileResult<S> decide(R resource, Conditions conditions, Context<R> context);

  /** A status of the resource with other conditions, which speak of its present generation. */
  abstract S with(List<Condition> conditions, S status, R resource);

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(shared.dependencies().sourceOf(kind));
  }

  @Override
  public final UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (Admissions.readable(resource) instanceof Refused<R>(Reason reason, String message)
        && conditions(resource).isNews(Conditions.ACCEPTED, message)) {
      shared.events().record(resource, EventType.WARNING, reason, message);
    }
    return withoutErrors(
        () -> publish(decide(resource, conditions(resource), context), resource, context));
  }

  Conditions conditions(R resource) {
    return shared.conditions(resource, resource.getStatus());
  }

  /** The status of a resource that is not Ready, and waits for a change. */
  final ReconcileResult<S> untilChange(Conditions conditions, S status, R resource) {
    return ReconcileResult.untilChange(with(conditions.summed(""), status, resource));
  }

  /** The present status, with Ready false for the reason. */
  private S waiting(R resource, Reason reason, String message) {
    return with(conditions(resource).waiting(reason, message), resource.getStatus(), resource);
  }

  private StatusReport<R, S> report(R resource, Context<R> context) {
    return new StatusReport<>(
        resource, context, (reason, message) -> waiting(resource, reason, message), shared);
  }

  /** Writes the status if it changed, and schedules the next reconciliation. */
  private UpdateControl<R> publish(ReconcileResult<S> result, R resource, Context<R> context) {
    UpdateControl<R> control = UpdateControl.noUpdate();
    try {
      if (!result.status().equals(resource.getStatus())
          && shared.statuses().write(resource, result.status(), context) == Written.CHANGED_SINCE) {
        return control.rescheduleAfter(CHANGE_IS_SEEN);
      }
    } catch (KubernetesClientException refusal) {
      String why = Messages.of(refusal);
      warnOnce(resource, "the status was not written: " + why);
      return control.rescheduleAfter(shared.retries().next(resource, why));
    }
    if (result.next() instanceof Reschedule.RetrySoon retry) {
      return control.rescheduleAfter(shared.retries().next(resource, retry.why()));
    }
    if (result.next() instanceof Reschedule.Again) {
      return control.rescheduleAfter(Duration.ZERO);
    }
    shared.retries().end(resource);
    return result.next() instanceof Reschedule.Recheck(Duration after)
        ? control.rescheduleAfter(jittered(after))
        : control;
  }

  /** Spreads the checks of many objects that were applied at once. */
  private static Duration jittered(Duration interval) {
    long tenth = Math.max(1, interval.toMillis() / 10);
    return interval.minusMillis(ThreadLocalRandom.current().nextLong(tenth));
  }

  /**
   * Reports every failure, because an object without a status seems to have no operator. Retries an
   * expected refusal by the API server without a stack trace in the log.
   */
  @Override
  public final ErrorStatusUpdateControl<R> updateErrorStatus(
      R resource, Context<R> context, Exception failure) {
    if (failure instanceof KubernetesClientException refusal) {
      String why = Messages.of(refusal);
      try {
        report(resource, context).say(Reason.OPERATOR_FAILED, Messages.ofUnexpected(refusal));
      } catch (KubernetesClientException e) {
        warnOnce(resource, why + ", and the status was not written");
      }
      return ErrorStatusUpdateControl.<R>noStatusUpdate()
          .rescheduleAfter(shared.retries().next(resource, why));
    }
    withoutErrors(() -> {
      report(resource, context).say(Reason.OPERATOR_FAILED, Messages.ofUnexpected(failure));
      return resource;
    });
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private void warnOnce(R resource, String what) {
    if (shared.retries().isFirst(resource)) {
      LOG.warn("{}: {}", Admissions.describe(resource), what);
    }
  }

  /** How a kind cleans up an object that can be read. */
  interface CleanUp<R extends BackboneResource<?, S>, S extends ConditionedStatus> {
    DeleteControl run(StatusReport<R, S> report);
  }

  /**
   * Cleans up. Lets an object that can't be read go, and leaves AWS as it is: its spec does not
   * tell what it has there.
   */
  final DeleteControl cleanUp(R resource, Context<R> context, CleanUp<R, S> cleanUp) {
    if (Admissions.readable(resource) instanceof Refused<R>(Reason reason, String message)) {
      return shared.finalization().letGo(resource, reason, message);
    }
    StatusReport<R, S> report = report(resource, context);
    try {
      return withoutErrors(() -> cleanUp.run(report));
    } catch (RuntimeException failure) {
      try {
        report.say(Reason.OPERATOR_FAILED, Messages.ofUnexpected(failure));
      } catch (KubernetesClientException refusal) {
        failure.addSuppressed(refusal);
      }
      if (failure instanceof KubernetesClientException) {
        return DeleteControl.noFinalizerRemoval()
            .rescheduleAfter(shared.retries().next(resource, Messages.of(failure)));
      }
      throw failure;
    }
  }

  /**
   * Turns an Error into an Exception. java-operator-sdk catches nothing else: after an Error it
   * would never reconcile the object again, and never say so.
   *
   * @throws IllegalStateException for an Error after which the process can go on
   */
  private static <T> T withoutErrors(Supplier<T> reconciliation) {
    try {
      return reconciliation.get();
    } catch (StackOverflowError e) {
      throw new IllegalStateException(e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.function.BiFunction;

/**
 * Reports why an object waits or failed, outside of a reconciliation that publishes a whole status.
 *
 * @param waiting makes the status, with Ready false for the reason
 */
record StatusReport<R extends CustomResource<?, S>, S extends ConditionedStatus>(
    R object, Context<R> context, BiFunction<Reason, String, S> waiting, ReconcilerContext shared) {

  /** Writes the status and an Event, unless the status says so already. */
  void say(Reason reason, String message) {
    S status = waiting.apply(reason, message);
    if (!status.equals(object.getStatus())) {
      shared.events().record(object, EventType.WARNING, reason, message);
      shared.statuses().write(object, status, context);
    }
  }
}

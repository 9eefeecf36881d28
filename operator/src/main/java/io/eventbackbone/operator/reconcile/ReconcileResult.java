package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.reconcile.apply.Reschedule;

/** What one reconciliation found: the status to publish, and when to reconcile again. */
record ReconcileResult<S extends ConditionedStatus>(S status, Reschedule next) {

  /** With a status that holds until something changes. */
  static <S extends ConditionedStatus> ReconcileResult<S> untilChange(S status) {
    return new ReconcileResult<>(status, new Reschedule.OnChange());
  }
}

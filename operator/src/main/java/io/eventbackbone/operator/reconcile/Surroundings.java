package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.Optional;

/**
 * What every reconciler has around it.
 *
 * @param region where the operator asks who it is, before a backbone names a Region
 */
record Surroundings(
    Wakes wakes, EventRecorder events, Deletion deletion, Clock clock, String region) {

  /** The conditions to decide anew for an object with the given status. */
  Conditions conditions(HasMetadata object, ConditionedStatus status) {
    long generation = Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    return new Conditions(status, generation, clock);
  }
}

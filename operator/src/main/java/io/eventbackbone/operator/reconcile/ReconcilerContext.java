package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.DependencyEventSource;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.Statuses;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.Optional;

/** What all reconcilers share. */
record ReconcilerContext(
    DependencyEventSource dependencies,
    EventRecorder events,
    Finalization finalization,
    Retries retries,
    Statuses statuses,
    Clock clock) {

  /** Begins to decide the conditions of an object that has the given status. */
  Conditions conditions(HasMetadata object, ConditionedStatus status) {
    long generation = Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    return new Conditions(status, generation, clock);
  }
}

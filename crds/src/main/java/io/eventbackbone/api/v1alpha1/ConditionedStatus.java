package io.eventbackbone.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** The common parts of the statuses of all seven kinds. */
public sealed interface ConditionedStatus
    permits AwsAccountStatus,
        EventBackboneStatus,
        ServiceAccountBusStatus,
        EventRouteStatus,
        EventSubscriptionStatus,
        EventTypeStatus,
        EventReplayStatus {

  /**
   * Generation of the spec that the conditions describe. Before the first reconciliation it is -1,
   * the schema's default. It is null where no schema is applied.
   */
  Long observedGeneration();

  /** Conditions in the order of their decision, {@code Ready} last. */
  List<Condition> conditions();

  /** The condition of the type, if the status has one. */
  default Optional<Condition> condition(String type) {
    return conditions().stream().filter(it -> it.getType().equals(type)).findFirst();
  }
}

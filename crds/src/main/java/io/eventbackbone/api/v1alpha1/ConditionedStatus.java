package io.eventbackbone.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the statuses of all five kinds have in common. */
public sealed interface ConditionedStatus
    permits AwsAccountStatus,
        EventBackboneStatus,
        ServiceAccountBusStatus,
        EventRouteStatus,
        EventSubscriptionStatus {

  /**
   * Generation of the spec that the conditions speak of. Before the first reconciliation -1, the
   * schema's default; null where no schema is applied.
   */
  Long observedGeneration();

  /** In the order in which they are decided, {@code Ready} last. */
  List<Condition> conditions();
}

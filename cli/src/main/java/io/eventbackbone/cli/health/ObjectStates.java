package io.eventbackbone.cli.health;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.cli.answer.ObjectState;
import io.eventbackbone.cli.answer.ObjectState.StatusCondition;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.core.model.Admissions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** Reads the conditions of an object, of whatever type they are. */
public final class ObjectStates {

  private ObjectStates() {}

  public static ObjectState of(BackboneResource<?, ?> object, Sight sight) {
    return new ObjectState(
        sight.unseen(),
        Admissions.describe(object),
        object.getStatus().conditions().stream().map(ObjectStates::condition).toList());
  }

  private static StatusCondition condition(Condition condition) {
    return new StatusCondition(
        condition.getType(),
        condition.getStatus(),
        condition.getReason(),
        condition.getMessage(),
        Optional.ofNullable(condition.getLastTransitionTime()));
  }
}

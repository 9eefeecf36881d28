package io.eventbackbone.operator.plan;

import io.eventbackbone.operator.plan.Change.Difference;
import io.eventbackbone.operator.topology.Owner;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.List;

/** Why a plan leaves a resource alone, and what to do about it. */
final class Conflicts {

  private Conflicts() {}

  static String belongsTo(ResourceKey key, Ownership.Others others) {
    return "%s belongs to %s (its tag %s): choose another name, or delete that owner first"
        .formatted(key.describe(), others.owner(), Owner.OWNER_TAG);
  }

  static String notOurs(ResourceKey key, Ownership.Nobodys nobodys) {
    return "%s exists and %s: set the backbone's adoptionPolicy to Adopt to take it over, or choose another name"
        .formatted(
            key.describe(),
            nobodys
                .lastOwner()
                .map("was released by %s, another object"::formatted)
                .orElse("was not made by this operator"));
  }

  static String hasTargetsOfOthers(ResourceKey key, List<String> arns) {
    return "%s exists and has targets that the backbone would remove: %s; move them to a rule of their own, or remove them, and it is taken over"
        .formatted(key.describe(), String.join(", ", arns));
  }

  static String wouldShorten(ResourceKey key, Difference retention) {
    return "%s was released, and to take it back would shorten its %s from %s to %s: name the longer retention in the spec, or shorten it in AWS, and it is taken back; with the backbone's adoptionPolicy Adopt it is taken back and shortened"
        .formatted(key.describe(), retention.attribute(), retention.from(), retention.to());
  }
}

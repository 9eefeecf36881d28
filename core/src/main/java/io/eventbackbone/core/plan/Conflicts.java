package io.eventbackbone.core.plan;

import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.wanted.Owner;
import java.util.List;

/**
 * Why a plan leaves a resource alone, and what to do about it: what is said of the resource,
 * without its name.
 */
final class Conflicts {

  private Conflicts() {}

  static String belongsTo(Ownership.Others others) {
    return "belongs to %s (its tag %s): choose another name, or delete that owner first"
        .formatted(others.owner(), Owner.OWNER_TAG);
  }

  static String notOurs(Ownership.Nobodys nobodys) {
    return "exists and %s: to take it over, set the backbone's adoptionPolicy to Adopt; or choose another name"
        .formatted(
            nobodys
                .lastOwner()
                .map("was released by %s, another object"::formatted)
                .orElse("was not made by this operator"));
  }

  static String hasTargetsOfOthers(List<String> arns) {
    return "exists and has targets that the backbone would remove: %s; move them to a rule of their own or remove them, and the operator takes it over"
        .formatted(Abbreviation.of(arns));
  }

  static String wouldShorten(Difference retention) {
    return "was released, and taking it back would shorten its %s from %s to %s: set the longer retention in the spec, or shorten it in AWS, and the operator takes it back; with adoptionPolicy Adopt the operator takes it back and shortens it"
        .formatted(retention.attribute(), retention.from(), retention.to());
  }
}

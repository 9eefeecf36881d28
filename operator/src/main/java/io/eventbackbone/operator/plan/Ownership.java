package io.eventbackbone.operator.plan;

import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.Owner;
import java.util.Optional;

/**
 * Whose a resource in AWS is. Its tags decide, or its description; the policies of a bus, which can
 * have neither, are whose the bus is.
 */
sealed interface Ownership {

  /** The owner made it, or took it over. */
  record Ours() implements Ownership {}

  /** No operator claims it. */
  record Nobodys() implements Ownership {}

  /**
   * Another custom resource, maybe of another cluster, claims it.
   *
   * @param owner value of its owner tag
   */
  record Others(String owner) implements Ownership {}

  static Ownership of(Observed observed, Owner owner, ObservedState state) {
    AwsResource resource = observed.resource();
    if (resource instanceof AwsResource.BusPolicy
        || resource instanceof AwsResource.LogResourcePolicy) {
      return state
          .bus(resource.key().scope())
          .map(bus -> of(bus, owner, state))
          .orElseGet(Ours::new);
    }
    Optional<String> claimed =
        resource instanceof AwsResource.Archive archive
            ? Optional.of(archive.description()).filter(text -> text.contains("/"))
            : Optional.ofNullable(observed.tags().get(Owner.OWNER_TAG));
    return claimed
        .<Ownership>map(value -> value.equals(owner.tagValue()) ? new Ours() : new Others(value))
        .orElseGet(Nobodys::new);
  }
}

package io.eventbackbone.core.plan;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.Owner;
import io.eventbackbone.core.resource.OwnerMark;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose a resource in AWS is. Its tags decide, or its description; the policies of a bus, which can
 * have neither, are whose the bus is.
 */
sealed interface Ownership {

  /** The owner made it, or took it over. */
  record Ours() implements Ownership {}

  /**
   * An object of the owner's cluster, kind, namespace and name had it, and was deleted with
   * deletionPolicy Retain. Account and Region are equal, too, since the resource's key has them.
   */
  record Released(Optional<Instant> at) implements Ownership {}

  /**
   * No operator claims it.
   *
   * @param lastOwner value of the owner tag of another object, which released it
   */
  record Nobodys(Optional<String> lastOwner) implements Ownership {}

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
    Optional<OwnerMark> mark =
        resource instanceof AwsResource.Archive archive
            ? OwnerMark.ofDescription(archive.description())
            : OwnerMark.of(observed.tags());
    return mark.map(it -> of(it, owner)).orElseGet(() -> new Nobodys(Optional.empty()));
  }

  private static Ownership of(OwnerMark mark, Owner owner) {
    boolean isOwners = mark.owner().equals(owner.tagValue());
    if (mark instanceof OwnerMark.Released released) {
      return isOwners ? new Released(released.at()) : new Nobodys(Optional.of(released.owner()));
    }
    return isOwners ? new Ours() : new Others(mark.owner());
  }
}

package io.eventbackbone.core.plan;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.OwnerMark;
import java.time.Instant;
import java.util.Optional;

/**
 * The owner of an AWS resource, by its tags or by an archive's description. Policies have neither
 * and belong to the owner of their bus.
 */
sealed interface Ownership {

  /** The owner created the resource, or took it over. */
  record Ours() implements Ownership {}

  /**
   * An object of the owner's cluster, kind, namespace and name had the resource in this account and
   * Region, and was deleted with deletionPolicy Retain.
   *
   * @param at empty: the resource does not tell
   */
  record Released(Optional<Instant> at) implements Ownership {}

  /**
   * No operator claims the resource.
   *
   * @param lastOwner the owner tag of another object, which released the resource
   */
  record Nobodys(Optional<String> lastOwner) implements Ownership {}

  /**
   * Another custom resource, maybe of another cluster, claims the resource.
   *
   * @param owner the value of its owner tag
   */
  record Others(String owner) implements Ownership {}

  static Ownership of(Observed observed, Owner owner, ObservedState state) {
    AwsResource resource = observed.resource();
    if (resource instanceof BusPolicy || resource instanceof LogResourcePolicy) {
      return state
          .bus(resource.key().scope())
          .map(bus -> of(bus, owner, state))
          .orElseGet(Ours::new);
    }
    Optional<OwnerMark> mark =
        resource instanceof Archive archive
            ? OwnerMark.ofDescription(archive.description())
            : OwnerMark.of(observed.tags());
    return mark.map(it -> of(it, owner)).orElseGet(() -> new Nobodys(Optional.empty()));
  }

  private static Ownership of(OwnerMark mark, Owner owner) {
    boolean isOwners = mark.owner().equals(owner.tagValue());
    return switch (mark) {
      case OwnerMark.Owned owned -> isOwners ? new Ours() : new Others(owned.owner());
      case OwnerMark.Released released ->
          isOwners ? new Released(released.at()) : new Nobodys(Optional.of(released.owner()));
    };
  }
}

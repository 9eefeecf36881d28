package io.eventbackbone.core.wanted;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What a resource in AWS says of its owner: by its tags, or by its description where it can't be
 * tagged. A released resource keeps the tag keys that it had, since the roles allow no other keys.
 */
public sealed interface OwnerMark {

  /** First word of the managed-by tag of a released resource; the time follows it. */
  String RELEASED = "released";

  /** Value of the owner tag. */
  String owner();

  /** The owner has the resource. */
  record Owned(String owner) implements OwnerMark {}

  /**
   * The owner had the resource, and was deleted with deletionPolicy Retain.
   *
   * @param at when, in whole seconds; empty: somebody else changed the text
   */
  record Released(String owner, Optional<Instant> at) implements OwnerMark {

    /** The tags of the operator that say so. */
    public Map<String, String> tags() {
      return Map.of(Owner.MANAGED_BY_TAG, managedBy(), Owner.OWNER_TAG, owner);
    }

    private String managedBy() {
      return at.map(time -> RELEASED + " " + time.truncatedTo(ChronoUnit.SECONDS)).orElse(RELEASED);
    }
  }

  /** As the owner tag and the managed-by tag say it; empty: no owner is named. */
  static Optional<OwnerMark> of(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(Owner.OWNER_TAG))
        .map(owner -> of(owner, tags.getOrDefault(Owner.MANAGED_BY_TAG, "")));
  }

  /** As an archive's description says it; empty: the description names no owner. */
  static Optional<OwnerMark> ofDescription(String description) {
    if (!description.contains("/")) {
      return Optional.empty();
    }
    int end = description.lastIndexOf(' ');
    String managedBy = description.substring(0, Math.max(0, end));
    return Optional.of(
        isReleased(managedBy)
            ? of(description.substring(end + 1), managedBy)
            : new Owned(description));
  }

  /** The description of an archive that says what the tags say of other resources. */
  static String description(Map<String, String> tags) {
    String owner = tags.get(Owner.OWNER_TAG);
    String managedBy = tags.get(Owner.MANAGED_BY_TAG);
    return isReleased(managedBy) ? managedBy + " " + owner : owner;
  }

  private static OwnerMark of(String owner, String managedBy) {
    return isReleased(managedBy)
        ? new Released(owner, time(managedBy.substring(RELEASED.length()).strip()))
        : new Owned(owner);
  }

  private static boolean isReleased(String managedBy) {
    return managedBy.equals(RELEASED) || managedBy.startsWith(RELEASED + " ");
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

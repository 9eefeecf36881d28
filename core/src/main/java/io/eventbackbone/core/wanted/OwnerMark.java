package io.eventbackbone.core.wanted;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * The owner that a resource in AWS names in its tags, or in its description if it can't be tagged.
 * A released resource has the same tag keys as an owned one, because the roles allow no other keys.
 */
public sealed interface OwnerMark {

  /** First word of the managed-by tag of a released resource; the time of the release follows. */
  String RELEASED = "released";

  /** Value of the owner tag. */
  String owner();

  /** The resource belongs to the owner. */
  record Owned(String owner) implements OwnerMark {}

  /**
   * The owner released the resource when it was deleted with deletionPolicy Retain.
   *
   * @param at in whole seconds; empty: somebody changed the text
   */
  record Released(String owner, Optional<Instant> at) implements OwnerMark {

    /** The operator's tags of a released resource. */
    public Map<String, String> tags() {
      return Map.of(Owner.MANAGED_BY_TAG, managedBy(), Owner.OWNER_TAG, owner);
    }

    private String managedBy() {
      return at.map(time -> RELEASED + " " + time.truncatedTo(ChronoUnit.SECONDS)).orElse(RELEASED);
    }
  }

  /** Reads the owner from tags. Empty: they name no owner. */
  static Optional<OwnerMark> of(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(Owner.OWNER_TAG))
        .map(owner -> of(owner, tags.getOrDefault(Owner.MANAGED_BY_TAG, "")));
  }

  /** Reads the owner from the description of an archive. Empty: it names no owner. */
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

  /** The description of an archive that names the owner in the tags. */
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

package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One step of a plan. Every step may be repeated: a step that was already done changes nothing. */
public sealed interface Change {

  ResourceKey key();

  /** What it changes of a resource that stays. */
  default List<Difference> differences() {
    return List.of();
  }

  /** Makes what is missing, with its tags. */
  record Create(AwsResource wanted, Tags tags) implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }
  }

  /** Brings attributes of the owner's resource to what is wanted, in place. */
  record Update(AwsResource wanted, AwsResource observed, List<Difference> differences)
      implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }
  }

  /** Brings the tags of the owner's resource to what is wanted, and leaves those of others. */
  record Retag(
      ResourceKey key,
      Map<String, String> missing,
      Set<String> surplus,
      List<Difference> differences)
      implements Change {}

  /** Tags a resource that nobody owns as the owner's. Its attributes are a change of their own. */
  record Adopt(ResourceKey key, Tags tags) implements Change {}

  /**
   * Keeps a resource though its owner is deleted.
   *
   * @param tags values of the operator's tags that say so
   */
  record Release(ResourceKey key, Map<String, String> tags) implements Change {}

  /**
   * Tags a resource as the owner's again that was released when an object of the owner's name was
   * deleted. Its attributes are a change of their own.
   *
   * @param releasedAt empty: the resource does not tell
   */
  record TakeBack(
      ResourceKey key, Tags tags, Optional<Instant> releasedAt, List<Difference> differences)
      implements Change {}

  /** Deletes a resource of the owner. */
  record Delete(AwsResource observed) implements Change {
    @Override
    public ResourceKey key() {
      return observed.key();
    }
  }

  /** What differs, as texts for people. */
  record Difference(String attribute, String from, String to) {}
}

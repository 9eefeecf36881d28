package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.wanted.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One step of a plan. Every step is idempotent: to repeat it changes nothing. */
public sealed interface Change {

  ResourceKey key();

  /** The attributes and tags that change on a resource that stays. */
  default List<Difference> differences() {
    return List.of();
  }

  /** Creates a missing resource with its tags. */
  record Create(AwsResource wanted, Tags tags) implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }
  }

  /** Changes attributes of the owner's resource. */
  record Update(AwsResource wanted, AwsResource observed, List<Difference> differences)
      implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }

    /** The observed resource as the type of the wanted one: both have one key. */
    public <R extends AwsResource> R observed(Class<R> type) {
      return type.cast(observed);
    }
  }

  /** Changes the operator's tags of the owner's resource; the tags of others stay. */
  record Retag(
      ResourceKey key,
      Map<String, String> missing,
      Set<String> surplus,
      List<Difference> differences)
      implements Change {}

  /** Tags a resource that has no owner as the owner's. An Update changes its attributes. */
  record Adopt(ResourceKey key, Tags tags) implements Change {}

  /**
   * Keeps a resource of an owner that is deleted.
   *
   * @param tags the operator's tags, which tell that the resource is released
   */
  record Release(ResourceKey key, Map<String, String> tags) implements Change {}

  /**
   * Tags a resource as the owner's again that an earlier object of the owner's name released. An
   * Update changes its attributes.
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

  /** One attribute or tag that changes, as texts for people. */
  record Difference(String attribute, String from, String to) {}
}

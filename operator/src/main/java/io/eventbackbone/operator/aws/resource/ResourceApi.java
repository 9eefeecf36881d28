package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How resources of some types are read and changed, in one account and Region. */
public interface ResourceApi {

  Set<ResourceKey.Type> types();

  /** What is there of resources of these types. */
  default Map<ResourceKey, Observed> observe(Collection<ResourceKey> keys, Lists lists) {
    Map<ResourceKey, Observed> found = new HashMap<>();
    keys.forEach(key -> observe(key, lists).ifPresent(it -> found.put(key, it)));
    return found;
  }

  /**
   * What is there; empty when nothing is.
   *
   * @param lists to take from what they tell
   */
  Optional<Observed> observe(ResourceKey key, Lists lists);

  /** Makes a resource with its tags. */
  void create(AwsResource wanted, Map<String, String> tags);

  void update(AwsResource wanted, AwsResource observed);

  void tag(ResourceKey key, Map<String, String> tags);

  void untag(ResourceKey key, Set<String> tagKeys);

  /** Deletes; what is gone already is fine. */
  void delete(AwsResource observed);
}

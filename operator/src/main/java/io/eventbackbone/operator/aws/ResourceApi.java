package io.eventbackbone.operator.aws;

import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How resources of one type are read and changed, in one account and Region. */
interface ResourceApi {

  ResourceKey.Type type();

  /** What is there now; empty when nothing is. */
  Optional<Observed> observe(ResourceKey key);

  /** Makes a resource with its tags. */
  void create(AwsResource wanted, Map<String, String> tags);

  void update(AwsResource wanted, AwsResource observed);

  void tag(ResourceKey key, Map<String, String> tags);

  void untag(ResourceKey key, Set<String> tagKeys);

  /** Deletes; what is gone already is fine. */
  void delete(AwsResource observed);
}

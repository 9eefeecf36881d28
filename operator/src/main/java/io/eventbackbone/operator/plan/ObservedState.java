package io.eventbackbone.operator.plan;

import io.eventbackbone.operator.topology.AccountScope;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.Map;
import java.util.Optional;

/** What AWS has of the resources that were asked for; what is missing there is missing here. */
public record ObservedState(Map<ResourceKey, Observed> resources) {

  /**
   * A resource as it was read.
   *
   * @param tags all of them; of resources that can't be tagged none
   */
  public record Observed(AwsResource resource, Map<String, String> tags) {
    public Observed {
      tags = Map.copyOf(tags);
    }
  }

  public ObservedState {
    resources = Map.copyOf(resources);
  }

  /** The bus in an account and Region; no object has two there. */
  Optional<Observed> bus(AccountScope scope) {
    return resources.values().stream()
        .filter(observed -> observed.resource() instanceof AwsResource.EventBus)
        .filter(observed -> observed.resource().key().scope().equals(scope))
        .findFirst();
  }

  public Optional<Observed> find(ResourceKey key) {
    return Optional.ofNullable(resources.get(key));
  }
}

package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.Owner;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.WantedState;
import io.eventbackbone.core.resource.WantedState.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** As it is once it says that it is the wanted resource's owner's; tags aside. */
    Observed markedAs(AwsResource wanted) {
      return wanted instanceof AwsResource.Archive archive
          ? new Observed(((AwsResource.Archive) resource).describedAs(archive.description()), tags)
          : this;
    }
  }

  public ObservedState {
    resources = Map.copyOf(resources);
  }

  /** Whether looking for buses tells of the resource. */
  public static boolean isOfBus(ResourceKey key) {
    return key.type() == ResourceKey.Type.EVENT_BUS || key.type() == ResourceKey.Type.BUS_POLICY;
  }

  /**
   * What else of a wanted state may be there, now that its buses are known. Without its bus a rule
   * can't be, and a log policy that was left over is the operator's to overwrite.
   */
  public List<ResourceKey> worthReading(WantedState wanted) {
    Set<ResourceKey> missing =
        wanted.resources().stream()
            .map(Wanted::key)
            .filter(key -> key.type() == ResourceKey.Type.EVENT_BUS && find(key).isEmpty())
            .collect(Collectors.toSet());
    return whatMayBeThere(wanted)
        .filter(resource ->
            !(resource instanceof Wanted.Present)
                || missing.stream().noneMatch(bus -> isOf(bus, resource.key())))
        .map(Wanted::key)
        .toList();
  }

  /** What else the owner may have to take away, now that its buses are known. */
  public List<ResourceKey> worthTakingAway(WantedState wanted) {
    return whatMayBeThere(wanted).map(Wanted::key).toList();
  }

  /**
   * A bus tells by the level of its log what may deliver it: the level is raised before that is
   * made and lowered after it is gone. So of a bus that logs nothing no delivery is looked for.
   */
  private Stream<Wanted> whatMayBeThere(WantedState wanted) {
    return wanted.resources().stream()
        .filter(resource -> !isOfBus(resource.key()))
        .filter(resource ->
            resource instanceof Wanted.Present
                || !resource.key().type().isOfBusLog()
                || bus(resource.key().scope())
                    .filter(bus -> ((AwsResource.EventBus) bus.resource()).needs(resource.key()))
                    .isPresent());
  }

  private static boolean isOf(ResourceKey bus, ResourceKey key) {
    return key.scope().equals(bus.scope())
        && switch (key.type()) {
          case RULE, LOG_RULE -> key.name().startsWith(bus.name() + "/");
          case LOG_RESOURCE_POLICY -> true;
          default -> false;
        };
  }

  /** Both; they have no resource in common. */
  public ObservedState and(ObservedState other) {
    Map<ResourceKey, Observed> all = new HashMap<>(resources);
    all.putAll(other.resources);
    return new ObservedState(all);
  }

  /** The bus in an account and Region; no object has two there. */
  Optional<Observed> bus(AccountScope scope) {
    return resources.values().stream()
        .filter(observed -> observed.resource() instanceof AwsResource.EventBus)
        .filter(observed -> observed.resource().key().scope().equals(scope))
        .findFirst();
  }

  /** Whether it is there, and the owner's, or was the owner's until it was released. */
  public boolean isOrWasOwned(ResourceKey key, Owner owner) {
    return find(key)
        .map(observed -> Ownership.of(observed, owner, this))
        .filter(it -> it instanceof Ownership.Ours || it instanceof Ownership.Released)
        .isPresent();
  }

  public Optional<Observed> find(ResourceKey key) {
    return Optional.ofNullable(resources.get(key));
  }
}

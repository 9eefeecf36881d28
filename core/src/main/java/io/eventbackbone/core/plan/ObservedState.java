package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator read in AWS. A resource that is missing in AWS is missing here. */
public record ObservedState(Map<ResourceKey, Observed> resources) {

  /**
   * A resource as AWS described it.
   *
   * @param tags all tags; none for a resource that can't be tagged
   * @param messages of a queue; no plan reads them
   */
  public record Observed(
      AwsResource resource, Map<String, String> tags, Optional<QueueMessages> messages) {
    public Observed {
      tags = Map.copyOf(tags);
    }

    public Observed(AwsResource resource, Map<String, String> tags) {
      this(resource, tags, Optional.empty());
    }

    /** The resource once its description, if it has one, names the wanted owner. */
    Observed markedAs(AwsResource wanted) {
      return wanted instanceof Archive archive && resource instanceof Archive there
          ? new Observed(there.describedAs(archive.description()), tags, messages)
          : this;
    }
  }

  public ObservedState {
    resources = Map.copyOf(resources);
  }

  /** Whether DescribeEventBus tells about the resource. */
  public static boolean isOfBus(ResourceKey key) {
    return key.type() == ResourceKey.Type.EVENT_BUS || key.type() == ResourceKey.Type.BUS_POLICY;
  }

  /**
   * The wanted resources to read after the buses. Don't read a rule whose bus is missing: it can't
   * exist. Don't read the log policy of a missing bus: the operator overwrites it.
   */
  public List<ResourceKey> worthReading(WantedState wanted) {
    Set<EventBusKey> missing =
        wanted.resources().stream()
            .map(Wanted::key)
            .filter(key -> find(key).isEmpty())
            .flatMap(key -> key instanceof EventBusKey bus ? Stream.of(bus) : Stream.empty())
            .collect(Collectors.toSet());
    return possiblyThere(wanted)
        .filter(resource ->
            !(resource instanceof Wanted.Present)
                || missing.stream().noneMatch(bus -> isPointlessWithout(bus, resource.key())))
        .map(Wanted::key)
        .toList();
  }

  /** The resources that the owner may have to delete, to read after the buses. */
  public List<ResourceKey> worthTakingAway(WantedState wanted) {
    return possiblyThere(wanted).map(Wanted::key).toList();
  }

  /**
   * The log level of a bus tells which deliveries may exist: the operator raises the level before
   * it creates them and lowers it after it deleted them. A bus that is off needs no look at them.
   */
  private Stream<Wanted> possiblyThere(WantedState wanted) {
    return wanted.resources().stream()
        .filter(resource -> !isOfBus(resource.key()))
        .filter(resource ->
            resource instanceof Wanted.Present
                || !resource.key().type().isOfBusLog()
                || buses(resource.key().scope())
                    .anyMatch(
                        it -> it.resource() instanceof EventBus bus && bus.needs(resource.key())));
  }

  private static boolean isPointlessWithout(EventBusKey bus, ResourceKey key) {
    return key instanceof RuleKey rule
        ? rule.bus().equals(bus)
        : key.type() == ResourceKey.Type.LOG_RESOURCE_POLICY && key.scope().equals(bus.scope());
  }

  /** Both; they have no resource in common. */
  public ObservedState and(ObservedState other) {
    Map<ResourceKey, Observed> all = new HashMap<>(resources);
    all.putAll(other.resources);
    return new ObservedState(all);
  }

  /** The bus in an account and Region; no custom resource has two there. */
  Optional<Observed> bus(AccountScope scope) {
    return buses(scope).findFirst();
  }

  private Stream<Observed> buses(AccountScope scope) {
    return resources.values().stream()
        .filter(observed -> observed.resource() instanceof EventBus)
        .filter(observed -> observed.resource().key().scope().equals(scope));
  }

  /** Whether the resource exists, and the owner has it or had it until it was released. */
  public boolean isOrWasOwned(ResourceKey key, Owner owner) {
    return find(key)
        .map(observed -> Ownership.of(observed, owner, this))
        .filter(it -> it instanceof Ownership.Ours || it instanceof Ownership.Released)
        .isPresent();
  }

  public Optional<Observed> find(ResourceKey key) {
    return Optional.ofNullable(resources.get(key));
  }

  /** The resource of the key as the type that the key names. */
  public <R extends AwsResource> Optional<R> find(ResourceKey key, Class<R> type) {
    return find(key).map(Observed::resource).filter(type::isInstance).map(type::cast);
  }
}

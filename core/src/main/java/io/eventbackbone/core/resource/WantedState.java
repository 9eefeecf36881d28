package io.eventbackbone.core.resource;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a custom resource asks AWS for, in the order in which it is made: what must be there,
 * and what the owner may have made before that must not be there any more.
 */
public record WantedState(Tags tags, List<Wanted> resources) {

  /** One resource. */
  public sealed interface Wanted {
    ResourceKey key();

    /** Must be there, as described. */
    record Present(AwsResource resource) implements Wanted {
      @Override
      public ResourceKey key() {
        return resource.key();
      }
    }

    /** Must not be there, if it is the owner's. */
    record Absent(ResourceKey key) implements Wanted {}

    /**
     * Must not be there, if it is the owner's. What an object of the owner's name released stays:
     * the object may take it back.
     */
    record Withdrawn(ResourceKey key) implements Wanted {}

    /**
     * Stays as it is while the owner lives, and goes with it.
     *
     * @param ifMissing what to make when it is not there
     */
    record Left(ResourceKey key, Optional<AwsResource> ifMissing) implements Wanted {}
  }

  public WantedState {
    TreeMap<ResourceKey, Wanted> byKey = new TreeMap<>();
    for (Wanted wanted : resources) {
      if (byKey.put(wanted.key(), wanted) != null) {
        throw new IllegalArgumentException("wanted twice: " + wanted.key().describe());
      }
    }
    resources = List.copyOf(byKey.values());
  }

  /** With more. */
  public WantedState and(List<Wanted> more) {
    return new WantedState(tags, Stream.concat(resources.stream(), more.stream()).toList());
  }

  public Owner owner() {
    return tags.owner();
  }

  /** The same in parts, each of one account. */
  public List<WantedState> byAccount() {
    return resources.stream()
        .collect(
            Collectors.groupingBy(
                wanted -> wanted.key().scope().accountId(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(part -> new WantedState(tags, part))
        .toList();
  }

  public List<ResourceKey> keys() {
    return resources.stream().map(Wanted::key).toList();
  }
}

package io.eventbackbone.core.wanted;

import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a custom resource wants in AWS, in the order of creation: the resources that must
 * exist, and those that the owner may have created earlier and that must not exist any more.
 *
 * @param tags the tags of every resource
 */
public record WantedState(Tags tags, List<Wanted> resources) {

  /** What the owner wants of one resource. */
  public sealed interface Wanted {
    ResourceKey key();

    /** The resource must exist with these attributes. */
    record Present(AwsResource resource) implements Wanted {
      @Override
      public ResourceKey key() {
        return resource.key();
      }
    }

    /** The resource must not exist. One that belongs to another owner stays. */
    record Absent(ResourceKey key) implements Wanted {}

    /**
     * The resource must not exist. One that belongs to another owner stays, and so does one that an
     * earlier object of the owner's name released: the owner may take it back.
     */
    record Withdrawn(ResourceKey key) implements Wanted {}

    /**
     * The resource stays as it is. It goes with its owner.
     *
     * @param ifMissing the resource to create if there is none
     */
    record Untouched(ResourceKey key, Optional<AwsResource> ifMissing) implements Wanted {}
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

  public WantedState and(List<Wanted> more) {
    return new WantedState(tags, Stream.concat(resources.stream(), more.stream()).toList());
  }

  public Owner owner() {
    return tags.owner();
  }

  /** This state in parts, one for each account. */
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

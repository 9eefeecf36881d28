package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.ResourceKey.BusPolicyKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fingerprints of the single resources of a wanted state. After a change of one resource the
 * operator reads that one alone.
 */
public record PartFingerprints(Set<String> fingerprints) {

  public PartFingerprints {
    fingerprints = Set.copyOf(fingerprints);
  }

  public static PartFingerprints of(WantedState wanted) {
    return new PartFingerprints(
        wanted.resources().stream()
            .map(part -> fingerprint(wanted.tags(), part))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The resources that are wanted otherwise than before; with a policy the bus, which owns it. */
  public WantedState changedIn(WantedState wanted) {
    List<Wanted> changed =
        wanted.resources().stream()
            .filter(part -> !fingerprints.contains(fingerprint(wanted.tags(), part)))
            .toList();
    return new WantedState(
        wanted.tags(),
        wanted.resources().stream()
            .filter(part ->
                changed.contains(part)
                    || (part.key() instanceof EventBusKey bus
                        && changed.stream().anyMatch(other -> owns(bus, other))))
            .toList());
  }

  private static boolean owns(EventBusKey bus, Wanted part) {
    return (part.key() instanceof BusPolicyKey policy && policy.bus().equals(bus))
        || (part.key() instanceof LogResourcePolicyKey logs && logs.scope().equals(bus.scope()));
  }

  private static String fingerprint(Tags tags, Wanted part) {
    return Fingerprint.of(tags, List.of(part));
  }
}

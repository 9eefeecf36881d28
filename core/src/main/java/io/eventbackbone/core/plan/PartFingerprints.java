package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.WantedState;
import io.eventbackbone.core.resource.WantedState.Wanted;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was wanted, resource by resource: who changed one need not read all.
 *
 * @param fingerprints one of each resource, with its key
 */
public record PartFingerprints(Set<String> fingerprints) {

  public PartFingerprints {
    fingerprints = Set.copyOf(fingerprints);
  }

  public static PartFingerprints of(WantedState wanted) {
    return new PartFingerprints(
        wanted.resources().stream()
            .map(part -> fingerprint(wanted, part))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Of what is wanted now, all that was wanted otherwise or not at all; with a policy its bus,
   * which tells whose it is.
   */
  public WantedState changedIn(WantedState wanted) {
    List<Wanted> changed =
        wanted.resources().stream()
            .filter(part -> !fingerprints.contains(fingerprint(wanted, part)))
            .toList();
    Set<Wanted> buses =
        wanted.resources().stream()
            .filter(part -> part.key().type() == ResourceKey.Type.EVENT_BUS)
            .filter(bus -> changed.stream().anyMatch(part -> isPolicyIn(bus, part)))
            .collect(Collectors.toSet());
    return new WantedState(
        wanted.tags(),
        wanted.resources().stream()
            .filter(part -> changed.contains(part) || buses.contains(part))
            .toList());
  }

  private static boolean isPolicyIn(Wanted bus, Wanted part) {
    return part.key().scope().equals(bus.key().scope())
        && switch (part.key().type()) {
          case BUS_POLICY, LOG_RESOURCE_POLICY -> true;
          case QUEUE,
              LOG_GROUP,
              EVENT_BUS,
              ARCHIVE,
              RULE,
              LOG_RULE,
              DISCOVERER,
              BUS_LOG_GROUP,
              DELIVERY_DESTINATION,
              DELIVERY_SOURCE,
              DELIVERY ->
              false;
        };
  }

  private static String fingerprint(WantedState wanted, Wanted part) {
    return Fingerprint.of(wanted.tags() + " " + part);
  }
}

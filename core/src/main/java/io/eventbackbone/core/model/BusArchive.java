package io.eventbackbone.core.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Archive;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternQuota;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.wanted.BusEncryption;
import java.util.Optional;

/**
 * The archive of a bus, global or local.
 *
 * @param quota of the pattern
 * @param encryption of the bus, whose key the archive takes
 */
public record BusArchive(
    EventBusKey bus, Archive settings, PatternQuota quota, BusEncryption encryption) {

  public ArchiveKey key() {
    return new ArchiveKey(bus.scope(), Names.archive(bus.name()));
  }

  public boolean isEnabled() {
    return settings.enabled();
  }

  /** The mistake in the pattern, because of which the archive stays as it is. */
  public Optional<String> problem() {
    return problem(settings, quota);
  }

  static Optional<String> problem(Archive archive, PatternQuota quota) {
    if (!archive.enabled()) {
      return Optional.empty();
    }
    if (archive.archived().filter(ObjectNode::isEmpty).isPresent()) {
      return Optional.of("spec.archive.pattern is empty: leave it out to archive every event");
    }
    return archive
        .archived()
        .map(pattern -> Filters.problems(pattern, quota))
        .filter(problems -> !problems.isEmpty())
        .map(problems -> "spec.archive." + Abbreviation.ofProblems(problems));
  }
}

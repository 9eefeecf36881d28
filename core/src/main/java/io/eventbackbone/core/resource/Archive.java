package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import java.util.Optional;

/**
 * An archive of a bus. Nobody can tag one, so its description holds the owner.
 *
 * @param retentionDays 0: for ever
 * @param pattern selects the archived events, as compact JSON; empty: all
 */
public record Archive(
    ArchiveKey key,
    String eventSourceArn,
    int retentionDays,
    Optional<String> pattern,
    String description)
    implements AwsResource {

  public Archive describedAs(String text) {
    return new Archive(key, eventSourceArn, retentionDays, pattern, text);
  }
}

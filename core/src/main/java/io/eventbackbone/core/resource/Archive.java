package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import java.util.Optional;

/**
 * An archive of a bus. Nobody can tag one, so its description holds the owner.
 *
 * @param retentionDays 0: for ever
 * @param pattern selects the archived events, as compact JSON; empty: all
 * @param encryption empty: the operator does not set it
 */
public record Archive(
    ArchiveKey key,
    String eventSourceArn,
    int retentionDays,
    Optional<String> pattern,
    Optional<EncryptionKey> encryption,
    String description)
    implements AwsResource {

  public Archive encryptedBy(EncryptionKey encryptionKey) {
    return new Archive(
        key, eventSourceArn, retentionDays, pattern, Optional.of(encryptionKey), description);
  }

  public Archive describedAs(String text) {
    return new Archive(key, eventSourceArn, retentionDays, pattern, encryption, text);
  }
}

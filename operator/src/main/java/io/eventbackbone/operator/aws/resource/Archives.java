package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.wanted.OwnerMark;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Archives. Nobody can tag one, so its description names the owner. */
final class Archives {

  /**
   * The pattern of an archive without a pattern: UpdateArchive can replace a pattern, but can't
   * remove it.
   */
  private static final String EVERYTHING = EventPattern.EVERYTHING.text();

  private final EventBridgeClient events;

  Archives(EventBridgeClient events) {
    this.events = events;
  }

  Optional<Observed> observe(ArchiveKey key) {
    try {
      DescribeArchiveResponse archive = events.describeArchive(it -> it.archiveName(key.name()));
      return Optional.of(
          new Observed(
              new Archive(
                  key,
                  archive.eventSourceArn(),
                  Optional.ofNullable(archive.retentionDays()).orElse(0),
                  Optional.ofNullable(archive.eventPattern())
                      .filter(text -> !text.isEmpty() && !text.equals(EVERYTHING)),
                  Optional.of(
                      new EncryptionKey(
                          Optional.ofNullable(archive.kmsKeyIdentifier()), Optional.empty())),
                  Optional.ofNullable(archive.description()).orElse("")),
              Map.of()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  void create(Archive archive) {
    events.createArchive(it ->
        it.archiveName(archive.key().name())
            .eventSourceArn(archive.eventSourceArn())
            .retentionDays(archive.retentionDays())
            .eventPattern(archive.pattern().orElse(EVERYTHING))
            .kmsKeyIdentifier(
                archive.encryption().flatMap(EncryptionKey::kmsKeyIdentifier).orElse(null))
            .description(archive.description()));
  }

  /** When an archive was created. Empty: there is none. */
  Optional<Instant> since(ArchiveKey key) {
    try {
      return Optional.of(events.describeArchive(it -> it.archiveName(key.name())).creationTime());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  void update(Archive archive, Archive observed) {
    events.updateArchive(it ->
        it.archiveName(archive.key().name())
            .retentionDays(archive.retentionDays())
            .eventPattern(
                archive.pattern().equals(observed.pattern())
                    ? null
                    : archive.pattern().orElse(EVERYTHING))
            .kmsKeyIdentifier(changedKey(archive, observed).orElse(null))
            .description(archive.description()));
  }

  /** UpdateArchive keeps a key that is not sent. An empty identifier stands for the key of AWS. */
  private static Optional<String> changedKey(Archive archive, Archive observed) {
    return archive
        .encryption()
        .filter(key -> !archive.encryption().equals(observed.encryption()))
        .map(key -> key.kmsKeyIdentifier().orElse(""));
  }

  /** Its tags are its description. It stays the owner's, so removing tags changes nothing. */
  ResourceTags tags(ArchiveKey key) {
    return new ResourceTags() {
      @Override
      public void put(Map<String, String> tags) {
        events.updateArchive(
            it -> it.archiveName(key.name()).description(OwnerMark.description(tags)));
      }

      @Override
      public void remove(Set<String> keys) {}
    };
  }

  void delete(ArchiveKey key) {
    try {
      events.deleteArchive(it -> it.archiveName(key.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

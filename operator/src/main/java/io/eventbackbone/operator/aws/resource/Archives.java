package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.Archive;
import io.eventbackbone.core.resource.OwnerMark;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Archives, whose description says whose they are, since they can't be tagged. */
public final class Archives implements ResourceApi {

  /**
   * What an archive without a pattern is made with: UpdateArchive can't take a pattern away, but
   * put this in its place.
   */
  private static final String EVERYTHING = EventPattern.EVERYTHING.text();

  private final EventBridgeClient events;

  public Archives(EventBridgeClient events) {
    this.events = events;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.ARCHIVE);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    try {
      DescribeArchiveResponse archive = events.describeArchive(it -> it.archiveName(key.name()));
      return Optional.of(
          new Observed(
              new Archive(
                  key.scope(),
                  key.name(),
                  archive.eventSourceArn(),
                  Optional.ofNullable(archive.retentionDays()).orElse(0),
                  Optional.ofNullable(archive.eventPattern())
                      .filter(text -> !text.isEmpty() && !text.equals(EVERYTHING)),
                  Optional.ofNullable(archive.description()).orElse("")),
              Map.of()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    Archive archive = (Archive) wanted;
    events.createArchive(it ->
        it.archiveName(archive.name())
            .eventSourceArn(archive.eventSourceArn())
            .retentionDays(archive.retentionDays())
            .eventPattern(archive.pattern().orElse(EVERYTHING))
            .description(archive.description()));
  }

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    Archive archive = (Archive) wanted;
    events.updateArchive(it ->
        it.archiveName(archive.name())
            .retentionDays(archive.retentionDays())
            .eventPattern(
                archive.pattern().equals(((Archive) observed).pattern())
                    ? null
                    : archive.pattern().orElse(EVERYTHING))
            .description(archive.description()));
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    events.updateArchive(it -> it.archiveName(key.name()).description(OwnerMark.description(tags)));
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    // It can't be tagged; its description stays its owner's.
  }

  @Override
  public void delete(AwsResource observed) {
    try {
      events.deleteArchive(it -> it.archiveName(observed.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.resource.Replay;
import io.eventbackbone.core.resource.ReplayProgress;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Replays. They run once, so no plan brings them back. */
public final class Replays {

  private final EventBridgeClient events;
  private final Archives archives;

  public Replays(EventBridgeClient events) {
    this.events = events;
    this.archives = new Archives(events);
  }

  /** When the archive of replays was created. Empty: there is none. */
  public Optional<Instant> archivedSince(ArchiveKey archive) {
    return archives.since(archive);
  }

  /** How far a replay is. Empty: AWS does not know it, or not any more. */
  public Optional<ReplayProgress> find(Replay.Id replay) {
    try {
      return Optional.of(progress(events.describeReplay(it -> it.replayName(replay.name()))));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private static ReplayProgress progress(DescribeReplayResponse replay) {
    return new ReplayProgress(
        ReplayProgress.State.of(replay.stateAsString()),
        Optional.ofNullable(replay.stateReason()),
        Optional.ofNullable(replay.eventLastReplayedTime()),
        Optional.ofNullable(replay.replayStartTime()),
        Optional.ofNullable(replay.replayEndTime()));
  }

  /** Starts a replay, unless one of its name was started before: that is the same one. */
  public void start(Replay replay) {
    List<String> rules = replay.rules().stream().map(ResourceKey::arn).toList();
    try {
      events.startReplay(it ->
          it.replayName(replay.id().name())
              .eventSourceArn(replay.archive().arn())
              .destination(to -> to.arn(replay.bus().arn()).filterArns(rules))
              .eventStartTime(replay.from())
              .eventEndTime(replay.to())
              .description(replay.description()));
    } catch (ResourceAlreadyExistsException e) {
      // An earlier process started it.
    }
  }

  /** Cancels a replay, if it still runs. */
  public void cancel(Replay.Id replay) {
    try {
      events.cancelReplay(it -> it.replayName(replay.name()));
    } catch (ResourceNotFoundException | IllegalStatusException e) {
      // It was never started, or has ended.
    }
  }
}

package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.core.resource.ReplayProgress;

/**
 * The progress of a replay, by its status.
 *
 * @param reason for which the replay is Ready, or not
 * @param message without the time of the last event: a condition does not change with each of them
 */
public record ReplayReport(Phase phase, Reason reason, String message) {

  public static ReplayReport of(ReplayProgress progress) {
    return switch (progress.state()) {
      case STARTING, RUNNING ->
          new ReplayReport(
              Phase.RUNNING,
              Reason.REPLAYING,
              "AWS replays the events; status.lastReplayedTime says how far it is");
      case CANCELLING ->
          new ReplayReport(Phase.RUNNING, Reason.REPLAYING, "AWS cancels the replay");
      case COMPLETED ->
          new ReplayReport(
              Phase.COMPLETED,
              Reason.REPLAYED,
              progress.lastReplayed().isPresent()
                  ? "AWS has replayed the events"
                  : "AWS has replayed the window, in which the archive has no event");
      case CANCELLED ->
          new ReplayReport(
              Phase.CANCELLED,
              Reason.REPLAY_CANCELLED,
              "the replay was cancelled; status.lastReplayedTime says how far it came. To replay the rest, create another EventReplay");
      case FAILED ->
          new ReplayReport(
              Phase.FAILED,
              Reason.REPLAY_FAILED,
              "the replay failed: %s. To try again, create another EventReplay"
                  .formatted(progress.stateReason().orElse("AWS gives no reason")));
    };
  }
}

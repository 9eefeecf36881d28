package io.eventbackbone.core.resource;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far AWS is with a replay.
 *
 * @param stateReason why it is in this state, if AWS tells
 * @param lastReplayed time of the event that was last replayed
 */
public record ReplayProgress(
    State state,
    Optional<String> stateReason,
    Optional<Instant> lastReplayed,
    Optional<Instant> started,
    Optional<Instant> ended) {

  /** The states of EventBridge's API. */
  public enum State {
    STARTING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    CANCELLED,
    FAILED;

    /** The state of a name. One that is not known yet counts as running: AWS tells more later. */
    public static State of(String name) {
      return Arrays.stream(values())
          .filter(it -> it.name().equals(name))
          .findFirst()
          .orElse(RUNNING);
    }
  }

  /** Whether events may still come. */
  public boolean isActive() {
    return state == State.STARTING || state == State.RUNNING;
  }
}

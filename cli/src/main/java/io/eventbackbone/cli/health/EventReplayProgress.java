package io.eventbackbone.cli.health;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.core.catalog.Catalog;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a replay is, by its status.
 *
 * @param lastReplayedTime time of the event that was last replayed, RFC 3339
 * @param code why the replay does not replay all events; empty: it does, or may yet
 * @param message what the operator says about that
 */
public record EventReplayProgress(
    Optional<Phase> phase,
    Optional<String> lastReplayedTime,
    Optional<Code> code,
    Optional<String> message) {

  /** Of a replay that is not there. */
  public static final EventReplayProgress NONE =
      new EventReplayProgress(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final int WIDTH = 30;

  /** Of a replay as the operator has left it. */
  public static EventReplayProgress of(EventReplay replay) {
    EventReplayStatus status = replay.getStatus();
    if (status == null) {
      return NONE;
    }
    Optional<Phase> phase = Optional.ofNullable(status.phase());
    Optional<Condition> refusal =
        status.condition("Accepted").filter(it -> it.getStatus().equals("False"));
    Optional<Code> code =
        phase.filter(it -> it == Phase.FAILED || it == Phase.CANCELLED).isPresent()
            ? Optional.of(Code.REPLAY_ENDED)
            : refusal.map(it -> Code.REPLAY_REFUSED);
    return new EventReplayProgress(
        phase,
        Optional.ofNullable(status.lastReplayedTime()),
        code,
        code.flatMap(it -> refusal.or(() -> status.condition("Ready"))).map(Condition::getMessage));
  }

  /** Whether waiting longer is of no use. */
  public boolean hasEnded() {
    return code.isPresent() || phase.filter(Phase::isFinal).isPresent();
  }

  /** A line about the way from the first to the last event. */
  public String bar(Instant from, Instant to) {
    int percent = percent(from, to);
    int done = percent * WIDTH / 100;
    return "[%s%s] %3d %%  %s%s"
        .formatted(
            "=".repeat(done),
            " ".repeat(WIDTH - done),
            percent,
            phase.map(Catalog::keyword).orElse("waits for the operator"),
            lastReplayedTime.map(it -> ", replayed until " + it).orElse(""));
  }

  private int percent(Instant from, Instant to) {
    if (phase.filter(it -> it == Phase.COMPLETED).isPresent()) {
      return 100;
    }
    try {
      return lastReplayedTime
          .map(Instant::parse)
          .map(it ->
              Duration.between(from, it).toMillis() * 100 / Duration.between(from, to).toMillis())
          .map(it -> Math.clamp(it, 0, 100))
          .orElse(0);
    } catch (DateTimeException e) {
      return 0; // The operator of another version may write another form.
    }
  }
}

package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The time of the events that a replay brings: from the one, and before the other. */
public record ReplayWindow(Instant from, Instant to) {

  /**
   * EventBridge may need as long to archive an event (EventBridge User Guide, "Replaying archived
   * events").
   */
  private static final Duration UNTIL_ARCHIVED = Duration.ofMinutes(10);

  /**
   * The window in a spec, if it was over when the object was created. Time alone never turns a
   * refused window into an admitted one: nobody is surprised by a replay that begins later.
   */
  static Admission<ReplayWindow> of(EventReplay replay, InstantSource clock) {
    Optional<Instant> from = replay.getSpec().begin();
    Optional<Instant> to = replay.getSpec().end();
    if (from.isEmpty() || to.isEmpty()) {
      return refused(
          "spec.from and spec.to must be times such as 2026-11-28T12:00:00Z: create the replay"
              + " anew with such times");
    }
    if (!from.get().isBefore(to.get())) {
      return refused(
          "spec.from, %s, must be before spec.to, %s: create the replay anew with the two swapped"
              .formatted(from.get(), to.get()));
    }
    // The API server cuts the time of creation to the second.
    if (!to.get().isBefore(created(replay, clock).plusSeconds(1))) {
      return refused(
          "spec.to, %s, was in the future when the replay was created: create it anew when the window is over"
              .formatted(to.get()));
    }
    return new Admitted<>(new ReplayWindow(from.get(), to.get()));
  }

  private static Admission<ReplayWindow> refused(String message) {
    return new Refused<>(Reason.INVALID_WINDOW, message);
  }

  private static Instant created(EventReplay replay, InstantSource clock) {
    return Optional.ofNullable(replay.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElseGet(clock::instant);
  }

  /** What may be missing of the window's end. */
  List<String> warnings(EventReplay replay, InstantSource clock) {
    return to.isAfter(created(replay, clock).minus(UNTIL_ARCHIVED))
        ? List.of(
            "spec.to is less than ten minutes before the replay was created: the archive may not"
                + " have the last events yet")
        : List.of();
  }

  /**
   * Whether the archive can have events of the window.
   *
   * @param since when the archive was created
   * @param retentionDays of the archive; 0: for ever
   */
  public Admission<List<String>> in(Instant since, int retentionDays, Instant now) {
    Instant begin = since.truncatedTo(ChronoUnit.SECONDS);
    if (!to.isAfter(begin)) {
      return new Refused<>(
          Reason.NOT_ARCHIVED,
          "the archive began at %s, after the end of the window: it has none of its events"
              .formatted(begin));
    }
    Instant oldest = now.minus(Duration.ofDays(retentionDays)).truncatedTo(ChronoUnit.SECONDS);
    if (retentionDays > 0 && !to.isAfter(oldest)) {
      return new Refused<>(
          Reason.NOT_ARCHIVED,
          "the archive keeps events for %d days, since %s now: it has none of the window any more"
              .formatted(retentionDays, oldest));
    }
    if (from.isBefore(begin)) {
      return new Admitted<>(
          List.of("the archive began at %s: earlier events are missing".formatted(begin)));
    }
    return new Admitted<>(
        retentionDays > 0 && from.isBefore(oldest)
            ? List.of(
                "the archive keeps events for %d days, since %s now: earlier events are missing"
                    .formatted(retentionDays, oldest))
            : List.of());
  }
}

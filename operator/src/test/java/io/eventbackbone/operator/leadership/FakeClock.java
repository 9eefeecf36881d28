package io.eventbackbone.operator.leadership;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The two clocks of a process, which stand still until a test moves them. */
final class FakeClock implements Supplier<Moment> {

  private Moment now = new Moment(Long.MAX_VALUE - 1, Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Moment get() {
    return now;
  }

  void pass(Duration time) {
    passMonotonic(time);
    setWallClockAhead(time);
  }

  /** The monotonic clock, while somebody sets the wall clock back. */
  void passMonotonic(Duration time) {
    now = new Moment(now.monotonicNanos() + time.toNanos(), now.wallClock());
  }

  /** The wall clock, while the machine is suspended or somebody sets that clock ahead. */
  void setWallClockAhead(Duration time) {
    now = new Moment(now.monotonicNanos(), now.wallClock().plus(time));
  }
}

package io.eventbackbone.operator.leadership;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment by both clocks of this process. Each misses something: Linux stops the monotonic clock
 * while the machine is suspended, and anybody may set the wall clock.
 */
record Moment(long monotonicNanos, Instant wallClock) {

  static Moment now() {
    return new Moment(System.nanoTime(), Instant.now());
  }

  /** The longer of the two times that the clocks measured. */
  Duration longestSince(Moment earlier) {
    Duration byWallClock = Duration.between(earlier.wallClock, wallClock);
    Duration monotonic = monotonicSince(earlier);
    return byWallClock.compareTo(monotonic) > 0 ? byWallClock : monotonic;
  }

  /** The time by the monotonic clock, which nobody can set. */
  Duration monotonicSince(Moment earlier) {
    return Duration.ofNanos(monotonicNanos - earlier.monotonicNanos);
  }
}

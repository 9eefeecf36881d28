package io.eventbackbone.local.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs from its making on. */
final class Stopwatch {

  /** How often to look for what is measured. */
  static final Duration PRECISION = Duration.ofMillis(10);

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long started = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - started) / NANOS_PER_SECOND;
  }
}

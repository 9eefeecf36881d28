package io.eventbackbone.local.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what programs do, no longer than they live. */
record Patience(List<JavaProgram> programs) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /**
   * Looks again and again until it is so.
   *
   * @param missing says what is still missing when time is up
   */
  void until(BooleanSupplier isSo, Duration limit, Supplier<String> missing) {
    Stopwatch stopwatch = new Stopwatch();
    while (!isSo.getAsBoolean()) {
      programs.forEach(JavaProgram::assertAlive);
      if (stopwatch.seconds() > limit.toSeconds()) {
        throw new BenchmarkFailure("after %d s: %s".formatted(limit.toSeconds(), missing.get()));
      }
      pause(BETWEEN_LOOKS);
    }
  }

  static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }
}

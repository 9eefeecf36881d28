package io.eventbackbone.local.launcher;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what programs do, and fails as soon as one of them ends. */
public record Patience(List<JavaProgram> programs, Duration betweenLooks) {

  /**
   * Looks until the condition holds.
   *
   * @param missing says what is still missing when time is up
   * @throws ProgramFailure when time is up or a program has ended
   */
  public void until(BooleanSupplier condition, Duration limit, Supplier<String> missing) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      programs.forEach(JavaProgram::requireAlive);
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new ProgramFailure("after %d s: %s".formatted(limit.toSeconds(), missing.get()));
      }
      pause(betweenLooks);
    }
  }

  public static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramFailure("interrupted", e);
    }
  }
}

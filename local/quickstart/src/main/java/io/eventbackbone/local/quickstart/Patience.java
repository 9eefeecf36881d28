package io.eventbackbone.local.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for the children and for what they do, no longer than they live. */
record Patience(Children children) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /**
   * Looks again and again until it is so.
   *
   * @param missing says what is still missing when time is up
   */
  void until(BooleanSupplier isSo, Duration limit, Supplier<String> missing) {
    Instant deadline = Instant.now().plus(limit);
    while (!isSo.getAsBoolean()) {
      children.assertAlive();
      if (Instant.now().isAfter(deadline)) {
        throw new QuickstartFailure("after %d s: %s".formatted(limit.toSeconds(), missing.get()));
      }
      pause(BETWEEN_LOOKS);
    }
  }

  void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("interrupted", e);
    }
  }
}

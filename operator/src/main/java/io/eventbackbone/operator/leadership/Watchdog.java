package io.eventbackbone.operator.leadership;

import java.time.Duration;

/**
 * Ends the process when its term has run out. It calls nothing that can hang, and so works while
 * connections, AWS and the election itself do.
 */
final class Watchdog implements Runnable {

  /** How late it notices a suspension of the machine, which sleep does not count. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final Term term;
  private final Runnable halt;

  /**
   * @param halt ends the process, and does not return
   */
  Watchdog(Term term, Runnable halt) {
    this.term = term;
    this.halt = halt;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(LOOK_INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    if (term.left().filter(left -> left.compareTo(Duration.ZERO) <= 0).isPresent()) {
      halt.run();
    }
  }
}

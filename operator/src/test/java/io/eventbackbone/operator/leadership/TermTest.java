package io.eventbackbone.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long a replica may write, and when the watchdog ends it. */
class TermTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final FakeClock clock = new FakeClock();
  private final Term term = new Term(DEADLINE, clock);
  private final AtomicInteger halts = new AtomicInteger();
  private final Watchdog watchdog = new Watchdog(term, halts::incrementAndGet);

  @Test
  void aReplicaThatNeverHeldTheLeaseWritesNothingAndLives() {
    clock.pass(Duration.ofDays(1));
    assertFenced();
    assertLives();
  }

  @Test
  void itWritesUntilTheDeadlineAfterItBeganToRenew() {
    Moment begun = clock.get();
    clock.pass(Duration.ofSeconds(4)); // until the API server's answer
    term.renew(begun);
    clock.pass(Duration.ofSeconds(6).minus(MOMENT));
    assertOpen();
    assertLives();
    clock.pass(MOMENT);
    assertFenced();
    assertHalted();
  }

  @Test
  void eachRenewalBeginsTheTermAnew() {
    term.renew(clock.get());
    clock.pass(DEADLINE.minus(MOMENT));
    term.renew(clock.get());
    clock.pass(DEADLINE.minus(MOMENT));
    assertOpen();
    assertLives();
  }

  /** An answer that comes after a SIGSTOP, say. */
  @Test
  void aRenewalThatIsAnsweredTooLateIsNone() {
    Moment begun = clock.get();
    clock.pass(Duration.ofMinutes(1));
    term.renew(begun);
    assertFenced();
    assertHalted();
  }

  @Test
  void theTimeInWhichTheMachineWasSuspendedCounts() {
    term.renew(clock.get());
    clock.setWallClockAhead(DEADLINE);
    assertFenced();
    assertHalted();
  }

  @Test
  void aWallClockThatIsSetBackGivesNoTime() {
    term.renew(clock.get());
    clock.setWallClockAhead(Duration.ofHours(-1));
    clock.passMonotonic(DEADLINE);
    assertFenced();
    assertHalted();
  }

  @Test
  void aReplicaThatGivesTheLeaseBackWritesNothingAndEndsInPeace() {
    term.renew(clock.get());
    term.end();
    assertFenced();
    clock.pass(DEADLINE);
    assertLives();
  }

  private void assertOpen() {
    assertThatNoException().isThrownBy(term::check);
  }

  private void assertFenced() {
    assertThatThrownBy(term::check).isInstanceOf(NotLeaderException.class);
  }

  private void assertLives() {
    watchdog.look();
    assertThat(halts).hasValue(0);
  }

  private void assertHalted() {
    watchdog.look();
    assertThat(halts).hasValue(1);
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.reconcile.apply.Reschedule.Recheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RescheduleTest {

  /** java-operator-sdk takes no negative delay, and would not look again at all. */
  @Test
  void aCheckThatIsOverdueComesAtOnce() {
    assertThat(new Recheck(Duration.ofMillis(-5)).after()).isZero();
  }
}

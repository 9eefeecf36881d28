package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.reconcile.Reconciled.Next.Recheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconciledTest {

  /** java-operator-sdk takes no negative delay, and would not look again at all. */
  @Test
  void aCheckThatIsOverdueComesAtOnce() {
    assertThat(new Recheck(Duration.ofMillis(-5)).after()).isZero();
  }
}

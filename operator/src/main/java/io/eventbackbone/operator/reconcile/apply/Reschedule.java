package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.operator.aws.failure.AwsFailure;
import java.time.Duration;
import java.util.stream.Stream;

/** When to reconcile an object again, besides when something changes. */
public sealed interface Reschedule {

  /**
   * After a while, to find changes that others made in AWS. At once if the time is over, since
   * applying took longer.
   */
  record Recheck(Duration after) implements Reschedule {
    public Recheck {
      after = after.isNegative() ? Duration.ZERO : after;
    }
  }

  /** Soon, and then less and less often: AWS failed in a way that passes. */
  record RetrySoon(String why) implements Reschedule {}

  /** At once: the new status opens the next step. */
  record Again() implements Reschedule {}

  /** Only when something changes. */
  record OnChange() implements Reschedule {}

  /** Of two schedules the earlier one. */
  static Reschedule sooner(Reschedule one, Reschedule other) {
    if (one instanceof Recheck first && other instanceof Recheck second) {
      return first.after().compareTo(second.after()) <= 0 ? one : other;
    }
    return Stream.of(one, other)
        .filter(it -> it instanceof Again || it instanceof RetrySoon)
        .findFirst()
        .orElse(one instanceof OnChange ? other : one);
  }

  static Reschedule after(AwsFailure failure, Duration recheck) {
    return switch (failure.recovery()) {
      case RETRY -> new RetrySoon(failure.message());
      case AFTER_A_CHANGE -> new Recheck(recheck);
    };
  }
}

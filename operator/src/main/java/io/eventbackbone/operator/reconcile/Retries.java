package io.eventbackbone.operator.reconcile;

import io.eventbackbone.core.model.Admissions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to reconcile an object again after an expected failure that passes. The times are those of
 * java-operator-sdk's own retry, which needs a thrown exception and logs its stack trace at each
 * try.
 */
final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private final Retry schedule;

  /** By the descriptions of the objects. */
  private final Map<String, RetryExecution> failing = new ConcurrentHashMap<>();

  Retries(Retry schedule) {
    this.schedule = schedule;
  }

  /**
   * The time until the next try, longer from try to try. The caller reports the first failure. This
   * logs the second, the fourth, the eighth and so on.
   *
   * @param why the cause of this failure
   */
  Duration next(HasMetadata object, String why) {
    String name = Admissions.describe(object);
    RetryExecution tries = failing.computeIfAbsent(name, it -> schedule.initExecution());
    Duration delay = Duration.ofMillis(tries.nextDelay().orElseThrow());
    int count = tries.getAttemptCount();
    if (count > 1 && Integer.bitCount(count) == 1) {
      LOG.warn("{}: failed {} times, next try in {} s: {}", name, count, delay.toSeconds(), why);
    }
    return delay;
  }

  /** Whether the object did not fail the last time. */
  boolean isFirst(HasMetadata object) {
    return !failing.containsKey(Admissions.describe(object));
  }

  /** The object succeeded or is gone. Its next failure counts as the first. */
  void end(HasMetadata object) {
    failing.remove(Admissions.describe(object));
  }
}

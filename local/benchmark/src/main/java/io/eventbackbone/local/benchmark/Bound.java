package io.eventbackbone.local.benchmark;

/**
 * The time that nobody can do it in less than: the larger of two.
 *
 * <ul>
 *   <li>By rate: the fewest writes in the backbone's account that EventBridge's control plane
 *       takes, ÷ its 50 a second. Service accounts have that limit each for themselves, and come to
 *       a few calls; SQS and CloudWatch Logs limit none of it more.
 *   <li>By latency: all of the fewest writes × the latency of a call ÷ how many the operator has
 *       under way at once, a thread of java-operator-sdk each.
 * </ul>
 *
 * Reads do not count: a better operator does without them. Neither does the start of the limit's
 * token bucket, which is full: AWS documents no burst.
 *
 * @param byRate seconds
 * @param byLatency seconds
 */
record Bound(double byRate, double byLatency) {

  /** EventBridge quotas: all control-plane APIs of an account and Region, not adjustable. */
  static final int CALLS_PER_SECOND = 50;

  static final int LATENCY_MILLIS = 20;

  /** Reconciliations at once of a controller: java-operator-sdk's default. */
  private static final int CONCURRENCY = 50;

  private static final double MILLIS_PER_SECOND = 1000;

  static Bound of(long rateLimitedWrites, long writes) {
    return new Bound(
        (double) rateLimitedWrites / CALLS_PER_SECOND,
        writes * LATENCY_MILLIS / MILLIS_PER_SECOND / CONCURRENCY);
  }

  double seconds() {
    return Math.max(byRate, byLatency);
  }
}

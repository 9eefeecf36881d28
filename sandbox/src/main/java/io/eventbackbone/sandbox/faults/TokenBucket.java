package io.eventbackbone.sandbox.faults;

/** A rate limit. The bucket holds the tokens of one second, starts full, and fills evenly. */
final class TokenBucket {

  private static final double MILLIS_PER_SECOND = 1000;

  private final int perSecond;
  private double tokens;
  private long filledAt;

  /**
   * Full.
   *
   * @param now milliseconds, by the clock that is told at each taking
   */
  TokenBucket(int perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.filledAt = now;
  }

  /** Takes a token, if there is one. */
  synchronized boolean take(long now) {
    tokens = Math.min(perSecond, tokens + (now - filledAt) * perSecond / MILLIS_PER_SECOND);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}

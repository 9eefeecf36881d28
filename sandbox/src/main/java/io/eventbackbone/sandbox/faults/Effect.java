package io.eventbackbone.sandbox.faults;

import java.time.Duration;

/** The effect of a fault on a call. */
public sealed interface Effect {

  /** Refusals that nothing is done before, by the code that the service has for them. */
  enum Refusal implements Effect {
    /** HTTP 400, ThrottlingException; of SQS RequestThrottled. */
    THROTTLING,
    /** HTTP 500, InternalException; of SQS InternalError, of Logs ServiceUnavailableException. */
    SERVER_ERROR,
    /** HTTP 400, AccessDeniedException. */
    ACCESS_DENIED,
    /** HTTP 400, ExpiredTokenException. */
    EXPIRED_TOKEN,
    /** HTTP 400, ConcurrentModificationException; of Logs OperationAbortedException. */
    CONCURRENT_MODIFICATION
  }

  /** The fate of the connection of a call. */
  enum Connection implements Effect {
    /** The connection is cut before the call does anything. */
    RESET,
    /** The call does its work, and the connection is cut before the answer. */
    ANSWER_LOST
  }

  /** The call waits, then is done. */
  record Latency(Duration duration) implements Effect {}

  /**
   * Calls of one account and Region that are more than so many a second are throttled. PutEvents is
   * never: the rates of EventBridge's control plane and of its data plane are quotas apart.
   */
  record RateLimit(int perSecond) implements Effect {

    public RateLimit {
      if (perSecond < 1) {
        throw new IllegalArgumentException("perSecond is 1 or more, not " + perSecond);
      }
    }
  }

  /**
   * The first entry of PutTargets, RemoveTargets or PutEvents fails, the others are done. Other
   * operations are not struck.
   */
  record FailedEntry() implements Effect {}

  /**
   * Eventually consistent reads: for a while after any write, a read gets the answer that the same
   * read got before that write, if there was one.
   */
  record StaleReads(Duration duration) implements Effect {}
}

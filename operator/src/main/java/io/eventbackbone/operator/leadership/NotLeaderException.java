package io.eventbackbone.operator.leadership;

/** The {@link Fence} stopped a request. The request was not sent. */
public final class NotLeaderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotLeaderException() {
    super("this replica sends nothing: it does not hold the Lease, or could not renew it in time");
  }
}

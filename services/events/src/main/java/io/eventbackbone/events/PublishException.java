package io.eventbackbone.events;

/** Events that the bus did not accept; the message names them and why. */
public final class PublishException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PublishException(String message) {
    super(message);
  }

  /** Of a request that failed as a whole, whatever events were in it. */
  PublishException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the request failed, and not certain events. */
  boolean isOfTheRequest() {
    return getCause() != null;
  }
}

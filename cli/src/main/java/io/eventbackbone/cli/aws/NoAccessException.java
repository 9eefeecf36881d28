package io.eventbackbone.cli.aws;

/** Why the caller does not get into an account. The message is for people. */
public final class NoAccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoAccessException(String message) {
    super(message);
  }

  NoAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}

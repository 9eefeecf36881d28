package io.eventbackbone.cli;

/** Why a question can't be asked. The message is for people: what is wrong, and what to do. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.eventbackbone.cli;

/** Why a question can't be asked. The message is for people: what is wrong, and what to do. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}

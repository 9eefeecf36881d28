package io.eventbackbone.cli.page;

/** A question that can't be asked. The message is for people. */
final class QuestionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QuestionException(String message) {
    super(message);
  }

  QuestionException(String message, Throwable cause) {
    super(message, cause);
  }
}

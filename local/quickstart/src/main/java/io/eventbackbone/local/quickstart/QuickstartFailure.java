package io.eventbackbone.local.quickstart;

/** The quickstart can't go on; the message tells a person what is wrong and where to look. */
final class QuickstartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QuickstartFailure(String message) {
    super(message);
  }

  QuickstartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.eventbackbone.local.launcher;

/** A program can't go on. The message tells a person what is wrong and where to look. */
public final class ProgramFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ProgramFailure(String message) {
    super(message);
  }

  public ProgramFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

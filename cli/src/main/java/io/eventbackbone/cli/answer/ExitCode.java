package io.eventbackbone.cli.answer;

/** What a verb ends with, whatever it prints. */
public enum ExitCode {
  /** Yes; nothing differs; all is well. */
  YES(0),
  /** No; something differs; something is wrong. */
  NO(1),
  /** The question could not be asked: the command line, a file, the cluster or AWS is at fault. */
  ERROR(2),
  /** The caller may not see what the answer depends on. */
  CANNOT_TELL(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}

package io.eventbackbone.cli.answer;

import java.util.List;

/**
 * Whether event types in manifests are in order.
 *
 * @param checked how many there are
 */
public record TypeCheck(List<String> unseen, int checked, List<Problem> problems)
    implements Answer {

  public TypeCheck {
    unseen = List.copyOf(unseen);
    problems = List.copyOf(problems);
  }

  /**
   * A mistake in an event type, with its remedy.
   *
   * @param object {@code EventType orders/order-created}
   */
  public record Problem(String object, Code code, String message) {}

  @Override
  public ExitCode exitCode() {
    return problems.isEmpty() ? ExitCode.YES : ExitCode.NO;
  }
}

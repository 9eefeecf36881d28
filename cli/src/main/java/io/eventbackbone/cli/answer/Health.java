package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Whether all custom resources are as they should be.
 *
 * @param total how many there are
 * @param ready how many of them have no problem
 */
public record Health(List<String> unseen, int total, int ready, List<Problem> problems)
    implements Answer {

  public Health {
    unseen = List.copyOf(unseen);
    problems = List.copyOf(problems);
  }

  /**
   * What is wrong with an object, and what to do.
   *
   * @param object {@code EventSubscription orders/deliveries}
   * @param reason of the condition that says it; empty: no condition does
   * @param since when the condition changed, RFC 3339
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Problem(
      String object, Code code, Optional<String> reason, String message, Optional<String> since) {}

  @Override
  public ExitCode exitCode() {
    if (!problems.isEmpty()) {
      return ExitCode.NO;
    }
    return total == 0 && partial() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}

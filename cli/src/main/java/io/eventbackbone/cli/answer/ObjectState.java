package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The conditions that the operator wrote into the status of one object.
 *
 * @param object {@code EventSubscription orders/deliveries}
 * @param conditions in the order of the status
 */
public record ObjectState(List<String> unseen, String object, List<StatusCondition> conditions)
    implements Answer {

  public ObjectState {
    unseen = List.copyOf(unseen);
    conditions = List.copyOf(conditions);
  }

  /**
   * A condition.
   *
   * @param status {@code True}, {@code False} or {@code Unknown}
   * @param since when the status changed, RFC 3339
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record StatusCondition(
      String type, String status, String reason, String message, Optional<String> since) {}

  @Override
  public ExitCode exitCode() {
    return ExitCode.YES;
  }
}

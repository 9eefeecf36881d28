package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A replay of archived events to a subscription.
 *
 * @param subscription {@code namespace/name} of the subscription that receives the events
 * @param replay {@code namespace/name} of the EventReplay
 * @param from time of the first event, RFC 3339
 * @param to time after the last event, RFC 3339
 * @param dryRun whether the command only counted
 * @param events that the filter matches in the window, by the bus's audit log; empty: the command
 *     did not count, or the caller may not read the log
 * @param phase the phase of the EventReplay when the command ended; empty: the operator has not set
 *     one
 * @param lastReplayedTime time of the event that was last replayed
 * @param code of the reason why events were not replayed
 * @param message the reason, for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Replay(
    List<String> unseen,
    String subscription,
    String replay,
    String from,
    String to,
    @JsonProperty boolean dryRun,
    Optional<Long> events,
    Optional<String> phase,
    Optional<String> lastReplayedTime,
    Optional<Code> code,
    Optional<String> message)
    implements Answer {

  public Replay {
    unseen = List.copyOf(unseen);
  }

  @Override
  public ExitCode exitCode() {
    if (code.isPresent()) {
      return ExitCode.NO;
    }
    return dryRun && events.isEmpty() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}

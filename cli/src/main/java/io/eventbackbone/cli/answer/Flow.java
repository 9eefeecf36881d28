package io.eventbackbone.cli.answer;

import java.util.List;

/**
 * The newest events of an audit log, of the last hour at most.
 *
 * @param log the log group, with its account; empty: there is no log that the caller may read
 * @param events the newest first, without their payloads
 */
public record Flow(List<String> unseen, String log, List<FlowingEvent> events) implements Answer {

  public Flow {
    unseen = List.copyOf(unseen);
    events = List.copyOf(events);
  }

  @Override
  public ExitCode exitCode() {
    return events.isEmpty() && partial() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}

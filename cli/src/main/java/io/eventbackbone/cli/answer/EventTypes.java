package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** The event types that there are. */
public record EventTypes(List<String> unseen, List<Listed> types) implements Answer {

  public EventTypes {
    unseen = List.copyOf(unseen);
    types = List.copyOf(types);
  }

  /**
   * An event type.
   *
   * @param name {@code namespace/name}
   * @param bus of the producer, {@code namespace/name}
   * @param versions names, oldest first
   * @param ready status of the condition Ready; empty: the operator has not looked at it yet
   * @param receivers how many subscriptions can get it, as the operator counts; likewise
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Listed(
      String name,
      String detailType,
      String bus,
      List<String> versions,
      String compatibility,
      boolean deprecated,
      Optional<String> ready,
      Optional<Integer> receivers) {
    public Listed {
      versions = List.copyOf(versions);
    }
  }

  @Override
  public ExitCode exitCode() {
    return types.isEmpty() && partial() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}

package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Which subscriptions receive an event.
 *
 * @param detailType of the event; empty: it has none that is known
 * @param from the bus of the service that publishes it, {@code namespace/name}, if one was named
 * @param receivers those that receive it first; a subscription that several routes bring it to has
 *     an entry for each
 * @param extent whether all that the question is about are among the receivers
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Receivers(
    List<String> unseen,
    Optional<String> detailType,
    Optional<String> from,
    List<Receiver> receivers,
    @JsonIgnore Extent extent)
    implements Answer {

  /** Whether the subscriptions that were asked about could be listed. */
  public enum Extent {
    EVERY_SUBSCRIPTION,
    THOSE_SEEN
  }

  public Receivers {
    unseen = List.copyOf(unseen);
    receivers = List.copyOf(receivers);
  }

  /** How many subscriptions receive it. */
  @JsonIgnore
  public long receiving() {
    return receivers.stream()
        .filter(it -> it.verdict().receives())
        .map(Receiver::subscription)
        .distinct()
        .count();
  }

  @Override
  public ExitCode exitCode() {
    if (receiving() > 0) {
      return ExitCode.YES;
    }
    boolean isOpen =
        extent == Extent.THOSE_SEEN
            || receivers.stream().anyMatch(it -> it.verdict() == Verdict.UNKNOWN);
    return isOpen ? ExitCode.CANNOT_TELL : ExitCode.NO;
  }
}

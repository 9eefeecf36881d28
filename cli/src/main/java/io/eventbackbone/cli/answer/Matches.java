package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The names that contain a text.
 *
 * @param matches event types first, then accounts, then objects
 * @param more how many more there are
 */
public record Matches(List<String> unseen, List<Match> matches, int more) implements Answer {

  public Matches {
    unseen = List.copyOf(unseen);
    matches = List.copyOf(matches);
  }

  /** What a name names. */
  public enum MatchType {
    @JsonProperty("EventType")
    EVENT_TYPE,
    @JsonProperty("Account")
    ACCOUNT,
    @JsonProperty("EventBackbone")
    BACKBONE,
    @JsonProperty("EventRoute")
    ROUTE,
    @JsonProperty("ServiceAccountBus")
    BUS,
    @JsonProperty("EventSubscription")
    SUBSCRIPTION
  }

  /**
   * One of them.
   *
   * @param name the detail type, the account's number, or {@code namespace/name}
   */
  public record Match(MatchType type, String name) {}

  @Override
  public ExitCode exitCode() {
    if (!matches.isEmpty()) {
      return ExitCode.YES;
    }
    return partial() ? ExitCode.CANNOT_TELL : ExitCode.NO;
  }
}

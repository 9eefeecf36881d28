package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Home;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A replay of an archive onto the bus it came from.
 *
 * @param filterArns rules that get the replayed events; empty for all rules
 * @param lastReplayed time of the last event sent
 */
public record Replay(
    Home home,
    String name,
    Archive archive,
    Optional<String> description,
    Instant eventStart,
    Instant eventEnd,
    Set<String> filterArns,
    State state,
    Instant started,
    Optional<Instant> ended,
    Optional<Instant> lastReplayed) {

  public enum State {
    STARTING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  public String arn() {
    return home.arn("events", "replay/" + name);
  }

  public boolean isActive() {
    return state == State.STARTING || state == State.RUNNING;
  }

  public boolean isFor(Rule rule) {
    return filterArns.isEmpty() || filterArns.contains(rule.arn());
  }

  public Replay running(Instant lastEvent) {
    return with(State.RUNNING, Optional.empty(), Optional.of(lastEvent));
  }

  public Replay cancelling() {
    return with(State.CANCELLING, Optional.empty(), lastReplayed);
  }

  public Replay ended(State end, Instant now) {
    return with(end, Optional.of(now), lastReplayed);
  }

  private Replay with(State newState, Optional<Instant> end, Optional<Instant> last) {
    return new Replay(
        home,
        name,
        archive,
        description,
        eventStart,
        eventEnd,
        filterArns,
        newState,
        started,
        end,
        last);
  }
}

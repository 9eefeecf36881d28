package io.eventbackbone.sandbox.eventbridge;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A replay of an archive onto the bus it came from.
 *
 * @param filterArns rules it is for; empty for all
 * @param lastReplayed time of the last event sent
 */
record Replay(
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

  enum State {
    STARTING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  String arn() {
    return home.arn("replay/" + name);
  }

  boolean isActive() {
    return state == State.STARTING || state == State.RUNNING;
  }

  boolean isFor(Rule rule) {
    return filterArns.isEmpty() || filterArns.contains(rule.arn());
  }

  Replay running(Instant lastEvent) {
    return with(State.RUNNING, Optional.empty(), Optional.of(lastEvent));
  }

  Replay ended(State end, Instant now) {
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

package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A subscription, and what it gets of an event by one route; or why it gets nothing by any.
 *
 * @param subscription {@code namespace/name}
 * @param bus the subscription's, {@code namespace/name}; empty: it is not known
 * @param route {@code namespace/name}; empty: no route brings the event
 * @param conditions that the event must meet, each for people: {@code detail.data.country = "DE"}
 * @param code of the reason, unless the verdict is Always
 * @param message the reason, for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Receiver(
    String subscription,
    String bus,
    Optional<String> route,
    Verdict verdict,
    List<String> conditions,
    Optional<Code> code,
    Optional<String> message) {

  public Receiver {
    conditions = List.copyOf(conditions);
  }
}

package io.eventbackbone.core.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.pattern.Filters;
import java.util.List;
import java.util.Optional;

/**
 * The proof that no route can bring a subscription an event.
 *
 * @param message for people: why, and what would have to change
 */
public record NothingRouted(String message) {

  /** The proof for a bus that no route reaches. */
  static NothingRouted unreached(String bus) {
    return new NothingRouted(
        "no EventRoute reaches %s: create an EventRoute whose spec.to selects the bus, or label the bus so that spec.to.busSelector of a route selects it"
            .formatted(bus));
  }

  /**
   * The proof from the routes that reach a bus. Empty: one of them may bring an event.
   *
   * @param clauses at least one
   * @param filter conditions of the subscription's filter
   */
  static Optional<NothingRouted> of(
      Receiver receiver, List<RouteClause> clauses, ObjectNode filter) {
    List<String> obstacles =
        clauses.stream().flatMap(clause -> obstacle(receiver, clause, filter).stream()).toList();
    return obstacles.size() < clauses.size()
        ? Optional.empty()
        : Optional.of(new NothingRouted(Abbreviation.ofSentences(obstacles)));
  }

  private static Optional<String> obstacle(
      Receiver receiver, RouteClause clause, ObjectNode filter) {
    Optional<SenderClause> senders =
        SenderClause.of(clause.senderMatch(), clause.producers(), receiver);
    if (senders.isEmpty()) {
      return Optional.of(
          "EventRoute %s has no producer besides the bus's own services: let its spec.from select another bus"
              .formatted(clause.route()));
    }
    Alternative routed = new Alternative(senders.get(), Filters.conditions(clause.filter()));
    return routed.narrowedTo(filter).isPresent()
        ? Optional.empty()
        : Optional.of(
            "EventRoute %s and the filter of the subscription have no event in common: change spec.filter of one of them"
                .formatted(clause.route()));
  }
}

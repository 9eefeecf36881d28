package io.eventbackbone.core.routing;

import io.eventbackbone.core.pattern.EventPattern;
import java.util.List;

/** The rule that forwards the routed events to a bus. */
public sealed interface Forwarding {

  /**
   * One rule, so that an event arrives once even if several routes forward it.
   *
   * @param routes the routes that contribute, as {@code namespace/name}, sorted
   */
  record Rule(EventPattern pattern, List<String> routes) implements Forwarding {
    public Rule {
      routes = List.copyOf(routes);
    }
  }

  /**
   * No rule. No route reaches the bus, or the routes have no producer besides the bus's own
   * services, or no subscription needs their events.
   */
  record Nothing() implements Forwarding {}

  /**
   * EventBridge would refuse the pattern.
   *
   * @param message for people: the routes, the limit, and the remedy
   * @param routes the routes at fault, as {@code namespace/name}, sorted
   */
  record Refused(String message, List<String> routes) implements Forwarding {
    public Refused {
      routes = List.copyOf(routes);
    }
  }
}

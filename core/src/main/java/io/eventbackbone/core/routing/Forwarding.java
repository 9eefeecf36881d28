package io.eventbackbone.core.routing;

import io.eventbackbone.core.pattern.EventPattern;
import java.util.List;

/** What all routes that reach a bus come to, and what is asked for of it. */
public sealed interface Forwarding {

  /**
   * One rule, so that an event arrives once however many routes carry it.
   *
   * @param routes that bring something to it, as {@code namespace/name}, sorted
   */
  record Rule(EventPattern pattern, List<String> routes) implements Forwarding {
    public Rule {
      routes = List.copyOf(routes);
    }
  }

  /**
   * No rule: no route reaches the bus, or none that has a producer besides the bus's own, or none
   * that brings what is asked for.
   */
  record Nothing() implements Forwarding {}

  /**
   * No pattern that EventBridge would take.
   *
   * @param message names the routes, the limit, and what to do
   * @param routes those at fault, as {@code namespace/name}, sorted
   */
  record Refused(String message, List<String> routes) implements Forwarding {
    public Refused {
      routes = List.copyOf(routes);
    }
  }
}

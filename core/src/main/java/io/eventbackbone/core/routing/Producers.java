package io.eventbackbone.core.routing;

import java.util.Set;

/** The producers whose events a route forwards. */
public sealed interface Producers {

  /** Everyone who may publish to the global bus. */
  record Everyone() implements Producers {}

  /** The listed producers. */
  record Only(Set<Producer> producers) implements Producers {
    public Only {
      producers = Set.copyOf(producers);
    }
  }
}

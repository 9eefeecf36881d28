package io.eventbackbone.core.routing;

import java.util.Set;

/** Whose events a route carries. */
public sealed interface Producers {

  /** Whoever may publish to the global bus. */
  record Everyone() implements Producers {}

  /** These. */
  record Only(Set<Producer> producers) implements Producers {
    public Only {
      producers = Set.copyOf(producers);
    }
  }
}

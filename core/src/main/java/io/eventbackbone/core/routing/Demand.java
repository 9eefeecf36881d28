package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventFilter;
import java.util.List;

/** The part of the routed events that a bus needs. */
public sealed interface Demand {

  /** All routed events. */
  record Everything() implements Demand {}

  /**
   * The events that pass one of the filters. Without a filter: no events.
   *
   * @param filters valid event patterns
   */
  record AnyOf(List<EventFilter> filters) implements Demand {
    public AnyOf {
      filters = List.copyOf(filters);
    }
  }
}

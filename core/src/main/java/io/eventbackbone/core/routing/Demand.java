package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventFilter;
import java.util.List;

/** What a bus is to be sent of all that the routes let through. */
public sealed interface Demand {

  /** All of it. */
  record Everything() implements Demand {}

  /**
   * What one of the filters lets pass; without a filter, nothing.
   *
   * @param filters that EventBridge takes
   */
  record AnyOf(List<EventFilter> filters) implements Demand {
    public AnyOf {
      filters = List.copyOf(filters);
    }
  }
}

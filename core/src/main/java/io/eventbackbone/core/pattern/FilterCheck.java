package io.eventbackbone.core.pattern;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions;
import io.eventbackbone.api.v1alpha1.EventFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks the filter of a subscription. */
public interface FilterCheck {

  /**
   * Whether a subscription may have the filter.
   *
   * @param quota of its bus's account
   */
  FilterVerdict check(EventFilter filter, Conventions conventions, PatternQuota quota);

  /**
   * A check that remembers all verdicts, because event-ruler takes long to compile a pattern. Use
   * it for a question about a fixed set of objects, from one thread.
   */
  static FilterCheck remembering() {
    record Asked(EventFilter filter, Conventions conventions, PatternQuota quota) {}
    Map<Asked, FilterVerdict> verdicts = new ConcurrentHashMap<>();
    return (filter, conventions, quota) ->
        verdicts.computeIfAbsent(
            new Asked(filter, conventions, quota),
            asked -> Filters.check(filter, conventions, quota));
  }
}

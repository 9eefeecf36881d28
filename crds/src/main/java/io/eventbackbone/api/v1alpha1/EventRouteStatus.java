package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** The buses that a route reaches, and its conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventRouteStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("Buses that the route reaches.") ReachedBuses buses,
    @JsonPropertyDescription(
            "Accepted, Programmed and Ready. Ready is the summary. Reconciling or"
                + " Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  /** The buses that a route reaches. */
  public record ReachedBuses(
      @JsonPropertyDescription("Number of buses that the route reaches.") int total,
      @JsonPropertyDescription("Number of these buses that have their forwarding rule.")
          int programmed,
      @JsonPropertyDescription("First hundred of these buses, as namespace/name.")
          List<String> names) {

    public ReachedBuses {
      names = names == null ? List.of() : List.copyOf(names);
    }
  }

  public EventRouteStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  static EventRouteStatus unknown() {
    return new EventRouteStatus(null, null, List.of());
  }
}

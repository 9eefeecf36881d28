package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Which buses a route reaches. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventRouteStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions speak of.")
        Long observedGeneration,
    @JsonPropertyDescription("Buses that the route reaches.") ReachedBuses buses,
    @JsonPropertyDescription(
            "Accepted, Programmed and Ready, which is the summary of the others;"
                + " Reconciling or Stalled while it is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  /** The buses that a route reaches. */
  public record ReachedBuses(
      @JsonPropertyDescription("How many buses the route reaches.") int total,
      @JsonPropertyDescription("How many of them have their forwarding rule.") int programmed,
      @JsonPropertyDescription("The first hundred of them, as namespace/name.")
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

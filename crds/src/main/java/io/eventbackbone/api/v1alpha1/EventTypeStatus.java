package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** The receivers of an event type, and its conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventTypeStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("EventSubscriptions that can get events of this type.")
        Receivers receivers,
    @JsonPropertyDescription(
            "Accepted, Compatible and Ready. Ready is the summary. Reconciling or"
                + " Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  /** The subscriptions that can get events of a type. */
  public record Receivers(
      @JsonPropertyDescription("Number of these EventSubscriptions.") int total,
      @JsonPropertyDescription("First hundred of these EventSubscriptions, as namespace/name.")
          List<String> names) {

    public Receivers {
      names = names == null ? List.of() : List.copyOf(names);
    }
  }

  public EventTypeStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  static EventTypeStatus unknown() {
    return new EventTypeStatus(null, null, List.of());
  }
}

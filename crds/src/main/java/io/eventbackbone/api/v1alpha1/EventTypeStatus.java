package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** The receivers of an event type, and its conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventTypeStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("EventSubscriptions that can get events of this type.")
        Receivers receivers,
    @JsonPropertyDescription(
            "ARN of the schema in EventBridge Schemas that the operator has made, or is about to"
                + " make.")
        String schemaArn,
    @JsonPropertyDescription(
            "Accepted, Compatible, Published and Ready. Ready is the summary of the others but"
                + " Published. Reconciling or Stalled while the object is not Ready.")
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

  /** The schema that the registry may have. Empty: the operator has made none. */
  public Optional<String> publishedSchema() {
    return Optional.ofNullable(schemaArn);
  }

  static EventTypeStatus unknown() {
    return new EventTypeStatus(null, null, null, List.of());
  }
}

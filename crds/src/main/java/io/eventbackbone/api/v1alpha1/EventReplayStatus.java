package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** How far a replay is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventReplayStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Pending until AWS has taken the replay; then Running; at the end Completed, Failed or"
                + " Cancelled.")
        Phase phase,
    @JsonPropertyDescription("ARN of the replay. Its name is the replay-name of replayed events.")
        String replayArn,
    @JsonPropertyDescription("Time of the event that was last replayed.") String lastReplayedTime,
    @JsonPropertyDescription("When the replay began.") String startTime,
    @JsonPropertyDescription("When the replay ended.") String completionTime,
    @JsonPropertyDescription(
            "Accepted, Programmed and Ready. Ready is the summary: true once the replay has"
                + " completed. Reconciling or Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  /** The stages of a replay. */
  public enum Phase {
    @JsonProperty("Pending")
    PENDING,
    @JsonProperty("Running")
    RUNNING,
    @JsonProperty("Completed")
    COMPLETED,
    @JsonProperty("Failed")
    FAILED,
    @JsonProperty("Cancelled")
    CANCELLED;

    /** Whether nothing comes after it. */
    public boolean isFinal() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
  }

  public EventReplayStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Whether the replay has ended. */
  public boolean hasFinished() {
    return phase != null && phase.isFinal();
  }

  /** The ARN of the replay, if it was started. */
  public Optional<String> startedReplay() {
    return Optional.ofNullable(replayArn);
  }

  /** When the replay ended, if it has. */
  public Optional<String> completion() {
    return Optional.ofNullable(completionTime);
  }

  /** A builder that begins with these values. */
  public EventReplayStatusBuilder toBuilder() {
    return EventReplayStatusBuilder.builder(this);
  }

  static EventReplayStatus unknown() {
    return EventReplayStatusBuilder.builder().build();
  }
}

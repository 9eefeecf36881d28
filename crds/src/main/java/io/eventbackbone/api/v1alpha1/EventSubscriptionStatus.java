package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** The subscription's AWS resources, and the Secret that a workload binds to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("excludedSender") // of former versions
public record EventSubscriptionStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("Secret to bind to (Service Binding for Kubernetes).")
        LocalReference binding,
    @JsonPropertyDescription("ARN of the rule on the local bus.") String ruleArn,
    @JsonPropertyDescription("URL of the queue.") String queueUrl,
    @JsonPropertyDescription("ARN of the queue.") String queueArn,
    @JsonPropertyDescription("URL of the consumer's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("Messages at the last check for drift.") MessageCounts messages,
    @JsonPropertyDescription("Changes that Observe would make.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync, Delivering and Ready. Ready is the summary of all but"
                + " Delivering. Reconciling or Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public EventSubscriptionStatus {
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The messages when they were last counted. Empty: they were not counted yet. */
  public Optional<MessageCounts> countedMessages() {
    return Optional.ofNullable(messages);
  }

  /** A builder that begins with these values. */
  public EventSubscriptionStatusBuilder toBuilder() {
    return EventSubscriptionStatusBuilder.builder(this);
  }

  static EventSubscriptionStatus unknown() {
    return EventSubscriptionStatusBuilder.builder().build();
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What was made of a subscription, and the Secret that a workload binds to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("excludedSender") // of former versions
public record EventSubscriptionStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions speak of.")
        Long observedGeneration,
    @JsonPropertyDescription("The Secret to bind to (Service Binding for Kubernetes).")
        LocalReference binding,
    @JsonPropertyDescription("ARN of the rule on the local bus.") String ruleArn,
    @JsonPropertyDescription("URL of the queue.") String queueUrl,
    @JsonPropertyDescription("ARN of the queue.") String queueArn,
    @JsonPropertyDescription("URL of the consumer's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("What Observe would change.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync and Ready, which is the summary of the others;"
                + " Reconciling or Stalled while it is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public EventSubscriptionStatus {
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** To make another that differs in some. */
  public EventSubscriptionStatusBuilder toBuilder() {
    return EventSubscriptionStatusBuilder.builder(this);
  }

  static EventSubscriptionStatus unknown() {
    return EventSubscriptionStatusBuilder.builder().build();
  }
}

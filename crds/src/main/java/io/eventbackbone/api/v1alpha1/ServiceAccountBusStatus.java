package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** What was made of a local bus, and what reaches it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("excludedSender") // of former versions
public record ServiceAccountBusStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions speak of.")
        Long observedGeneration,
    @JsonPropertyDescription("Source that the account's services publish with.") String identifier,
    @JsonPropertyDescription("Number of the bus's account.") String accountId,
    @JsonPropertyDescription("ARN of the local bus.") String busArn,
    @JsonPropertyDescription("ARN of the rule on the global bus that forwards to it.")
        String forwardingRuleArn,
    @JsonPropertyDescription("Characters of the pattern of that rule.") Integer patternCharacters,
    @JsonPropertyDescription("URL of the bus's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("Log group of the audit log.") String logGroupName,
    @JsonPropertyDescription(
            "Log group of the bus's own log, which stays when the log is switched off.")
        String busLogGroupName,
    @JsonPropertyDescription("The customer's key that the operator gave the bus.")
        String kmsKeyIdentifier,
    @JsonPropertyDescription("Names of the EventRoutes that reach the bus.") List<String> routes,
    @JsonPropertyDescription(
            "Names of the EventRoutes whose wildcards the bus's rule on the global bus has.")
        List<String> wildcardRoutes,
    @JsonPropertyDescription("EventSubscriptions of the bus.") Totals subscriptions,
    @JsonPropertyDescription("What Observe would change.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync and Ready, which is the summary of the others;"
                + " Reconciling or Stalled while it is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public ServiceAccountBusStatus {
    routes = routes == null ? List.of() : List.copyOf(routes);
    wildcardRoutes = wildcardRoutes == null ? List.of() : List.copyOf(wildcardRoutes);
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Characters of the pattern of the bus's rule on the global bus; empty without one. */
  public Optional<Integer> ownPatternCharacters() {
    return Optional.ofNullable(patternCharacters);
  }

  /** To make another that differs in some. */
  public ServiceAccountBusStatusBuilder toBuilder() {
    return ServiceAccountBusStatusBuilder.builder(this);
  }

  static ServiceAccountBusStatus unknown() {
    return ServiceAccountBusStatusBuilder.builder().build();
  }
}

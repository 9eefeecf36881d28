package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** The bus's AWS resources, and the routes that reach it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("excludedSender") // of former versions
public record ServiceAccountBusStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("Source that the account's services publish with.") String identifier,
    @JsonPropertyDescription("Account number of the bus.") String accountId,
    @JsonPropertyDescription("ARN of the local bus.") String busArn,
    @JsonPropertyDescription("ARN of the rule on the global bus that forwards to this bus.")
        String forwardingRuleArn,
    @JsonPropertyDescription("Characters of the pattern of that rule.") Integer patternCharacters,
    @JsonPropertyDescription("URL of the bus's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("ARN of the bus's archive, if there is one.") String archiveArn,
    @JsonPropertyDescription("Log group of the audit log.") String logGroupName,
    @JsonPropertyDescription(
            "Log group of the bus's own log. It stays when the log is switched off.")
        String busLogGroupName,
    @JsonPropertyDescription("Customer's key that the operator gave the bus.")
        String kmsKeyIdentifier,
    @JsonPropertyDescription("Names of the EventRoutes that reach the bus.") List<String> routes,
    @JsonPropertyDescription(
            "Names of the EventRoutes whose wildcards are in the bus's rule on the"
                + " global bus.")
        List<String> wildcardRoutes,
    @JsonPropertyDescription("EventSubscriptions of the bus.") Totals subscriptions,
    @JsonPropertyDescription("Messages of the bus's subscriptions, and undelivered events.")
        MessageTotals messages,
    @JsonPropertyDescription("Changes that Observe would make.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync and Ready. Ready is the summary."
                + " Reconciling or Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public ServiceAccountBusStatus {
    routes = routes == null ? List.of() : List.copyOf(routes);
    wildcardRoutes = wildcardRoutes == null ? List.of() : List.copyOf(wildcardRoutes);
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Characters of the pattern of the bus's rule on the global bus. Empty: no rule. */
  public Optional<Integer> ownPatternCharacters() {
    return Optional.ofNullable(patternCharacters);
  }

  /** Messages of the bus's subscriptions, and events that its rules could not deliver. */
  public MessageTotals messageTotals() {
    return messages == null ? MessageTotals.NONE : messages;
  }

  /** A builder that begins with these values. */
  public ServiceAccountBusStatusBuilder toBuilder() {
    return ServiceAccountBusStatusBuilder.builder(this);
  }

  static ServiceAccountBusStatus unknown() {
    return ServiceAccountBusStatusBuilder.builder().build();
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** What was made of the global bus, and how full it is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("packs") // of former versions
public record EventBackboneStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions speak of.")
        Long observedGeneration,
    @JsonPropertyDescription("ARN of the global bus.") String busArn,
    @JsonPropertyDescription("URL of the bus's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("Log group of the audit log.") String logGroupName,
    @JsonPropertyDescription(
            "Log group of the bus's own log, which stays when the log is switched off.")
        String busLogGroupName,
    @JsonPropertyDescription("The customer's key that the operator gave the bus.")
        String kmsKeyIdentifier,
    @JsonPropertyDescription("ARN of the discoverer of schemas, as long as there is one.")
        String discovererArn,
    @JsonPropertyDescription("ServiceAccountBuses that joined.") Totals buses,
    @JsonPropertyDescription("Rules on the global bus, of the quota.") Usage rules,
    @JsonPropertyDescription(
            "Rules with wildcards on the global bus, if there are any, of the thirty that AWS allows"
                + " a bus.")
        Usage wildcardRules,
    @JsonPropertyDescription(
            "How many of the rules on the global bus nothing of this backbone asks for, when they"
                + " were last listed: rules of others, or of a former version.")
        Integer othersRules,
    @JsonPropertyDescription("Characters of the global bus's policy, of the quota.")
        Usage policyBytes,
    @JsonPropertyDescription(
            "Characters of the longest pattern of a rule that forwards to local buses, of the"
                + " quota.")
        Usage patternCharacters,
    @JsonPropertyDescription("Who may publish, in mode Accounts.") PublisherTotals publishers,
    @JsonPropertyDescription("What Observe would change.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync and Ready, which is the summary of the others;"
                + " Reconciling or Stalled while it is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public EventBackboneStatus {
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** How many of the rules nothing of the backbone asks for; empty where there are none. */
  public Optional<Integer> rulesOfOthers() {
    return Optional.ofNullable(othersRules);
  }

  /** To make another that differs in some. */
  public EventBackboneStatusBuilder toBuilder() {
    return EventBackboneStatusBuilder.builder(this);
  }

  static EventBackboneStatus unknown() {
    return EventBackboneStatusBuilder.builder().build();
  }
}

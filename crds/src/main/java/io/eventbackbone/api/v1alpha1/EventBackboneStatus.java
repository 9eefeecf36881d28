package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** The global bus in AWS, and how full it is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("packs") // of former versions
public record EventBackboneStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("ARN of the global bus.") String busArn,
    @JsonPropertyDescription("URL of the bus's dead-letter queue.") String deadLetterQueueUrl,
    @JsonPropertyDescription("Log group of the audit log.") String logGroupName,
    @JsonPropertyDescription(
            "Log group of the bus's own log. It stays when the log is switched off.")
        String busLogGroupName,
    @JsonPropertyDescription("Customer's key that the operator gave the bus.")
        String kmsKeyIdentifier,
    @JsonPropertyDescription("ARN of the discoverer of schemas, if there is one.")
        String discovererArn,
    @JsonPropertyDescription(
            "ARN of the registry of EventBridge Schemas that the operator has made, or is about to"
                + " make.")
        String schemaRegistryArn,
    @JsonPropertyDescription("ServiceAccountBuses that joined.") Totals buses,
    @JsonPropertyDescription("Rules on the global bus, and their quota.") Usage rules,
    @JsonPropertyDescription(
            "Rules with wildcards on the global bus, if there are any. AWS allows a"
                + " bus thirty.")
        Usage wildcardRules,
    @JsonPropertyDescription(
            "Rules on the global bus that nothing of this backbone asks for, when"
                + " the operator last listed them: foreign rules, or rules of a former"
                + " version.")
        Integer othersRules,
    @JsonPropertyDescription("Characters of the global bus's policy, and their quota.")
        Usage policyCharacters,
    @JsonPropertyDescription(
            "Characters of the longest pattern of a rule that forwards to local"
                + " buses, and their quota.")
        Usage patternCharacters,
    @JsonPropertyDescription("Accounts that may publish, in mode Accounts.")
        PublisherTotals publishers,
    @JsonPropertyDescription("Messages of all subscriptions, and undelivered events of all buses.")
        MessageTotals messages,
    @JsonPropertyDescription(
            "Events in the global bus's dead-letter queue, which could not be forwarded to local"
                + " buses.")
        Long undelivered,
    @JsonPropertyDescription("Changes that Observe would make.") List<PlannedChange> plan,
    @JsonPropertyDescription("Hash of the AWS state that was last applied.") String appliedHash,
    @JsonPropertyDescription(
            "Accepted, Programmed, InSync and Ready. Ready is the summary."
                + " Reconciling or Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public EventBackboneStatus {
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Rules that nothing of the backbone asks for. Empty: there are none. */
  public Optional<Integer> rulesOfOthers() {
    return Optional.ofNullable(othersRules);
  }

  /** The registry that AWS may have. Empty: the operator has made none. */
  public Optional<String> schemaRegistry() {
    return Optional.ofNullable(schemaRegistryArn);
  }

  /** Messages of all subscriptions, and events that no rule could deliver. */
  public MessageTotals messageTotals() {
    return messages == null ? MessageTotals.NONE : messages;
  }

  /** Events that could not be forwarded to local buses. */
  public long unforwarded() {
    return undelivered == null ? 0 : undelivered;
  }

  /** A builder that begins with these values. */
  public EventBackboneStatusBuilder toBuilder() {
    return EventBackboneStatusBuilder.builder(this);
  }

  static EventBackboneStatus unknown() {
    return EventBackboneStatusBuilder.builder().build();
  }
}

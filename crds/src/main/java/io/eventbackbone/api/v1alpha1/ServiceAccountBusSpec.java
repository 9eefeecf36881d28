package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Optional;

/** A local bus: its backbone, its account, and its name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "has(self.identifier) == has(oldSelf.identifier)"
            + " && (!has(self.identifier) || self.identifier == oldSelf.identifier)",
    message =
        "identifier is immutable: delete the bus and its subscriptions, and create them again")
@ValidationRule(
    value =
        "has(self.busName) == has(oldSelf.busName)"
            + " && (!has(self.busName) || self.busName == oldSelf.busName)",
    message = "busName is immutable: delete the bus and its subscriptions, and create them again")
@ValidationRule(value = LogRules.AUDIT_GROUP_STAYS, message = LogRules.AUDIT_GROUP_STAYS_MESSAGE)
@ValidationRule(
    value = LogRules.BUS_LOG_GROUP_STAYS,
    message = LogRules.BUS_LOG_GROUP_STAYS_MESSAGE)
public record ServiceAccountBusSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "backboneRef is immutable: delete the bus and its subscriptions, and create them again")
        @JsonPropertyDescription(
            "EventBackbone to join. Its allowedBuses must admit this bus's namespace.")
        NamespacedReference backboneRef,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "accountRef is immutable: delete the bus and its subscriptions, and create them again")
        @JsonPropertyDescription(
            "AwsAccount of the local bus. Its allowedNamespaces must admit this namespace.")
        LocalReference accountRef,
    @Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 56)
        @JsonPropertyDescription(
            "Source that the account's services publish with, unique in the backbone. Default:"
                + " metadata.name.")
        String identifier,
    @Pattern("^[A-Za-z0-9._-]+$")
        @Size(min = 1, max = 256)
        @ValidationRule(
            value = "self != 'default'",
            message = "the default bus is every account's own: choose another busName")
        @JsonPropertyDescription("Name of the local bus. Default: local-bus-<identifier>.")
        String busName,
    @JsonPropertyDescription(
            "Log of every event of the local bus. Default: the backbone's setting.")
        AuditOverride audit,
    @JsonPropertyDescription(
            "Log of what EventBridge does with each event of the local bus."
                + " Default: the backbone's setting.")
        LoggingOverride logging,
    @JsonPropertyDescription("Dead-letter queue of the local bus. Default: the backbone's setting.")
        DeadLetterOverride deadLetter,
    @JsonPropertyDescription("Archive of the local bus's events, for replays.") Archive archive,
    @JsonPropertyDescription(
            "Encryption of the local bus at rest. Default: the backbone's setting.")
        Encryption encryption,
    @Size(max = 20)
        @ValidationRule(value = TagRules.KEYS, message = TagRules.KEYS_MESSAGE)
        @ValidationRule(value = TagRules.TOGETHER, message = TagRules.TOGETHER_MESSAGE)
        @JsonPropertyDescription(
            "Tags of every resource that the operator makes for the bus and its"
                + " subscriptions, besides the backbone's tags. If both name a key, the"
                + " bus's value counts.")
        Map<String, @Pattern(TagRules.VALUE) @Size(max = TagRules.LONGEST_VALUE) String> tags,
    @JsonPropertyDescription(
            "What happens to the AWS resources when the object is deleted. Default:"
                + " the backbone's policy.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Namespaces whose EventSubscriptions may use this bus. Default: the bus's own.")
        AllowedReferents allowedSubscriptions) {

  /** Settings that differ from the backbone's audit. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AuditOverride(
      @JsonPropertyDescription("Whether events are logged.") Boolean enabled,
      @Pattern(LogRules.GROUP_NAME)
          @Size(min = 1, max = LogRules.LONGEST_GROUP_NAME)
          @JsonPropertyDescription(
              "Log group. It can't be added or changed later. Default: /aws/events/<busName>.")
          String logGroupName,
      @ValidationRule(value = LogRules.RETENTION, message = LogRules.RETENTION_MESSAGE)
          @JsonPropertyDescription(
              "Days that log events are kept. Default: the backbone's days, if it"
                  + " names any; otherwise the log group's present days, and 7 for a new log"
                  + " group.")
          Integer retentionDays) {

    /** These settings; the backbone's fill the gaps. */
    public Audit over(Audit backbone) {
      return new Audit(
          Optional.ofNullable(enabled).orElse(backbone.enabled()),
          logGroupName,
          Optional.ofNullable(retentionDays).or(backbone::retention).orElse(null));
    }
  }

  /** Settings that differ from the backbone's logging. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LoggingOverride(
      @JsonPropertyDescription(
              "Error logs each failed delivery and its cause. Info also logs incoming"
                  + " events and deliveries. Trace logs every step. None logs nothing. AWS"
                  + " bills each record.")
          Logging.Level level,
      @JsonPropertyDescription(
              "Full puts the events themselves, and what targets are sent, into the"
                  + " log. None leaves them out.")
          Logging.IncludeDetail includeDetail,
      @Pattern(LogRules.GROUP_NAME)
          @Size(min = 1, max = LogRules.LONGEST_GROUP_NAME)
          @JsonPropertyDescription(
              "Log group. It can't be added or changed later. Default:"
                  + " /aws/vendedlogs/events/event-bus/<busName>.")
          String logGroupName,
      @ValidationRule(value = LogRules.RETENTION, message = LogRules.RETENTION_MESSAGE)
          @JsonPropertyDescription(
              "Days that records are kept. Default: the backbone's days, if it names"
                  + " any; otherwise the log group's present days, and 7 for a new log"
                  + " group.")
          Integer retentionDays) {

    /** These settings; the backbone's fill the gaps. */
    public Logging over(Logging backbone) {
      return new Logging(
          Optional.ofNullable(level).or(backbone::askedLevel).orElse(null),
          Optional.ofNullable(includeDetail).orElse(backbone.includeDetail()),
          logGroupName,
          Optional.ofNullable(retentionDays).or(backbone::retention).orElse(null));
    }
  }

  /** Settings that differ from the backbone's dead-letter queue. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeadLetterOverride(
      @JsonPropertyDescription("Whether there is a dead-letter queue.") Boolean enabled) {

    /** This setting, or else the backbone's. */
    public EventBackboneSpec.DeadLetter over(EventBackboneSpec.DeadLetter backbone) {
      return enabled == null ? backbone : new EventBackboneSpec.DeadLetter(enabled);
    }
  }

  /** An archive of events of the local bus, and who may replay it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Archive(
      @Default("false") @JsonPropertyDescription("Whether events are archived.") Boolean enabled,
      @Default("30")
          @Min(0)
          @Max(36500)
          @JsonPropertyDescription("Days that events are kept. 0 keeps them for ever.")
          Integer retentionDays,
      @SchemaFrom(type = Object.class)
          @PreserveUnknownFields
          @JsonPropertyDescription(
              "EventBridge event pattern of the events to archive, as a JSON object."
                  + " At most 100 levels of objects and lists. Default: all events.")
          ObjectNode pattern,
      @JsonPropertyDescription(
              "Namespaces whose EventReplays may replay the archive. Default: the bus's own.")
          AllowedReferents allowedReplays) {

    public Archive {
      allowedReplays = allowedReplays == null ? AllowedReferents.sameNamespace() : allowedReplays;
    }

    /** What is archived, in the form that all buses have. */
    public EventBackboneSpec.Archive settings() {
      return new EventBackboneSpec.Archive(enabled, retentionDays, pattern);
    }
  }

  public ServiceAccountBusSpec {
    audit = audit == null ? new AuditOverride(null, null, null) : audit;
    logging = logging == null ? new LoggingOverride(null, null, null, null) : logging;
    deadLetter = deadLetter == null ? new DeadLetterOverride(null) : deadLetter;
    archive = archive == null ? new Archive(null, null, null, null) : archive;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
    encryption = encryption == null ? new Encryption(null) : encryption;
    allowedSubscriptions =
        allowedSubscriptions == null ? AllowedReferents.sameNamespace() : allowedSubscriptions;
  }

  /** The identifier, or else the given name of the object. */
  public String identifierOr(String metadataName) {
    return Optional.ofNullable(identifier).orElse(metadataName);
  }

  /** The bus name in the spec. Empty: the name made from the identifier. */
  public Optional<String> requestedBusName() {
    return Optional.ofNullable(busName);
  }

  /** The deletion policy in the spec. Empty: the backbone's. */
  public Optional<DeletionPolicy> ownDeletionPolicy() {
    return Optional.ofNullable(deletionPolicy);
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The global bus, its members and publishers, and the stores of its events. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!(has(self.schemaDiscovery) && self.schemaDiscovery.enabled && has(self.encryption) &&"
            + " has(self.encryption.kmsKeyIdentifier))",
    message =
        "EventBridge discovers no schemas on a bus with a customer's key: choose schemaDiscovery or"
            + " encryption.kmsKeyIdentifier")
@ValidationRule(value = LogRules.AUDIT_GROUP_STAYS, message = LogRules.AUDIT_GROUP_STAYS_MESSAGE)
@ValidationRule(
    value = LogRules.BUS_LOG_GROUP_STAYS,
    message = LogRules.BUS_LOG_GROUP_STAYS_MESSAGE)
@JsonIgnoreProperties("fanOut") // of former versions
public record EventBackboneSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "accountRef is immutable: create another EventBackbone in the other account")
        @JsonPropertyDescription("AwsAccount of the global bus.")
        LocalReference accountRef,
    @Required
        @Pattern("^[a-z]{2}(-[a-z]+)+-[0-9]+$")
        @Size(max = 32)
        @ValidationRule(
            value = "self == oldSelf",
            message = "region is immutable: create another EventBackbone in the other Region")
        @JsonPropertyDescription("AWS Region of the global bus and of every local bus.")
        String region,
    @Default(EventBackboneSpec.DEFAULT_BUS_NAME)
        @Pattern("^[A-Za-z0-9._-]+$")
        @Size(min = 1, max = 256)
        @ValidationRule(
            value = "self == oldSelf",
            message = "busName is immutable: create another EventBackbone for the other bus")
        @ValidationRule(
            value = "self != 'default'",
            message = "the default bus is every account's own: choose another busName")
        @JsonPropertyDescription("Name of the global bus.")
        String busName,
    @Pattern("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$")
        @JsonPropertyDescription(
            "Role that EventBridge assumes to put events on local buses. Default: role"
                + " event-backbone-forwarding of the backbone's account.")
        String forwardingRoleArn,
    @JsonPropertyDescription(
            "Namespaces whose ServiceAccountBuses may join. Default: the backbone's own.")
        AllowedReferents allowedBuses,
    @JsonPropertyDescription("Accounts that may put events on the global bus.")
        Publishers publishers,
    @Default("All")
        @JsonPropertyDescription(
            "All forwards everything that the routes let through. Subscribed"
                + " forwards only what the EventSubscriptions of the local bus ask for."
                + " Subscriptions receive the same events either way.")
        ForwardingMode forwarding,
    @JsonPropertyDescription("Log of every event of the bus, in CloudWatch Logs.") Audit audit,
    @JsonPropertyDescription(
            "Log of what EventBridge does with each event of the bus, in CloudWatch"
                + " Logs, for example why an event never came. Default: the bus's present"
                + " log; a new bus logs nothing.")
        Logging logging,
    @JsonPropertyDescription("Archive of the bus's events, for replays.") Archive archive,
    @JsonPropertyDescription(
            "Discovery of the schemas of the bus's events. A bus with a customer's"
                + " key can't have it.")
        SchemaDiscovery schemaDiscovery,
    @JsonPropertyDescription(
            "Publishes the schemas of the backbone's EventTypes to EventBridge Schemas, in a"
                + " registry of the backbone's account. Default: nothing is published.")
        SchemaRegistry schemaRegistry,
    @JsonPropertyDescription(
            "One SQS queue for events that the bus's rules can't deliver, set on"
                + " each of their targets.")
        DeadLetter deadLetter,
    @JsonPropertyDescription(
            "Encryption of the bus at rest. Default: the bus's present key; a new"
                + " bus has the key that AWS owns.")
        Encryption encryption,
    @Size(max = 20)
        @ValidationRule(value = TagRules.KEYS, message = TagRules.KEYS_MESSAGE)
        @ValidationRule(value = TagRules.TOGETHER, message = TagRules.TOGETHER_MESSAGE)
        @JsonPropertyDescription(
            "Tags of every resource that the operator makes for the backbone, its"
                + " buses and their subscriptions.")
        Map<String, @Pattern(TagRules.VALUE) @Size(max = TagRules.LONGEST_VALUE) String> tags,
    @JsonPropertyDescription("Rules for the filters of routes and subscriptions.")
        Conventions conventions,
    @Default("Manage")
        @JsonPropertyDescription(
            "Manage changes AWS. Observe only writes the planned changes into"
                + " status. Applies to the backbone and all its buses and subscriptions.")
        ManagementPolicy managementPolicy,
    @Default("Retain")
        @JsonPropertyDescription(
            "What happens to the AWS resources when their object is deleted. Retain"
                + " keeps them, marked as released, and an object of the same kind,"
                + " namespace and name takes them back. Delete deletes them.")
        DeletionPolicy deletionPolicy,
    @Default("Fail")
        @JsonPropertyDescription(
            "What to do with a resource of a wanted name that this operator did not"
                + " make, or that another object released. Adopt takes it over. Fail"
                + " reports the conflict.")
        AdoptionPolicy adoptionPolicy,
    @Default("10m")
        @Pattern("^([0-9]+(h|m|s))+$")
        @Size(max = 32)
        @ValidationRule(
            value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
            message = "driftCheckInterval must be between 1s and 24h")
        @JsonPropertyDescription(
            "How often the operator compares AWS with the wanted state, for example"
                + " 90s, 10m or 1h.")
        String driftCheckInterval) {

  public static final String DEFAULT_BUS_NAME = "global-bus";

  /** Accounts that may put events on the global bus. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "(self.mode == 'Organization') == has(self.organizationId)",
      message = "mode Organization needs organizationId, and only that mode takes one")
  @ValidationRule(
      value = "!(self.mode == 'Organization' && self.bindSources)",
      message = "bindSources needs mode Accounts: an organization's accounts have no identifiers")
  public record Publishers(
      @Default("Accounts")
          @JsonPropertyDescription(
              "Accounts admits exactly the accounts of the buses that joined."
                  + " Organization admits every account of an AWS Organization.")
          Mode mode,
      @Pattern("^o-[a-z0-9]{10,32}$")
          @JsonPropertyDescription("Id of the organization, for example o-a1b2c3d4e5.")
          String organizationId,
      @Default("false")
          @JsonPropertyDescription(
              "Whether an account may publish only with the identifiers of its own"
                  + " buses as Source. Every account then takes a statement of its own in"
                  + " the bus's policy, and about 30 statements fit. Services that share an"
                  + " account can use each other's Source.")
          Boolean bindSources) {

    /** How publishers are chosen. */
    public enum Mode {
      @JsonProperty("Accounts")
      ACCOUNTS,
      @JsonProperty("Organization")
      ORGANIZATION
    }

    public Publishers {
      mode = mode == null ? Mode.ACCOUNTS : mode;
      bindSources = bindSources != null && bindSources;
    }

    /** The admitted organization. Empty: only the accounts of joined buses are admitted. */
    public Optional<String> organization() {
      return mode == Mode.ORGANIZATION ? Optional.ofNullable(organizationId) : Optional.empty();
    }
  }

  /** Which of the routed events the global bus forwards to a local bus. */
  public enum ForwardingMode {
    @JsonProperty("All")
    ALL,
    @JsonProperty("Subscribed")
    SUBSCRIBED
  }

  /** An archive of events of the global bus. */
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
          ObjectNode pattern) {

    public Archive {
      enabled = enabled != null && enabled;
      retentionDays = retentionDays == null ? Integer.valueOf(30) : retentionDays;
    }

    /** The pattern of the events to archive. Empty: all events. */
    public Optional<ObjectNode> archived() {
      return Optional.ofNullable(pattern);
    }
  }

  /** Discovery of the schemas of the global bus's events. */
  public record SchemaDiscovery(
      @Default("false")
          @JsonPropertyDescription(
              "Whether EventBridge writes the schemas of the bus's events into the"
                  + " account's registry discovered-schemas. The schemas stay when you"
                  + " switch this off.")
          Boolean enabled) {

    public SchemaDiscovery {
      enabled = enabled != null && enabled;
    }
  }

  /** The registry of EventBridge Schemas that gets the schemas of the backbone's EventTypes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SchemaRegistry(
      @Required
          @JsonPropertyDescription(
              "Format of the schemas, as EventBridge Schemas names it. Each describes the whole"
                  + " event, as the schemas do that EventBridge discovers.")
          SchemaType schemaType) {

    /** The formats of EventBridge Schemas. */
    public enum SchemaType {
      @JsonProperty("OpenApi3")
      OPEN_API_3,
      @JsonProperty("JSONSchemaDraft4")
      JSON_SCHEMA_DRAFT_4
    }
  }

  /** The queue for events that a rule's target can't accept. */
  public record DeadLetter(
      @Default("true") @JsonPropertyDescription("Whether there is a dead-letter queue.")
          Boolean enabled) {

    public DeadLetter {
      enabled = enabled == null || enabled;
    }
  }

  /** Rules for the filters of routes and subscriptions. */
  public record Conventions(
      @Default(Conventions.ENTITY_DOT_ACTION)
          @Size(min = 1, max = 256)
          @JsonPropertyDescription(
              "Regular expression that every detail type in a filter must match as a whole.")
          String detailTypeFormat,
      @Default("Warn") @JsonPropertyDescription("Whether a filter's pattern may match on source.")
          ValidationAction matchOnSource,
      @Default("Allow")
          @JsonPropertyDescription(
              "Whether a subscription's filter may name a detail type that no EventType of the"
                  + " backbone has; and whether a service that enforces contracts may publish one"
                  + " that no EventType of its bus has.")
          ValidationAction unknownTypes) {

    /** The answer to a filter that breaks a convention. */
    public enum ValidationAction {
      @JsonProperty("Allow")
      ALLOW,
      @JsonProperty("Warn")
      WARN,
      @JsonProperty("Refuse")
      REFUSE
    }

    private static final String ENTITY_DOT_ACTION = "^[A-Z][A-Za-z0-9]*\\.[A-Z][A-Za-z0-9]*$";

    public Conventions {
      detailTypeFormat = detailTypeFormat == null ? ENTITY_DOT_ACTION : detailTypeFormat;
      matchOnSource = matchOnSource == null ? ValidationAction.WARN : matchOnSource;
      unknownTypes = unknownTypes == null ? ValidationAction.ALLOW : unknownTypes;
    }
  }

  /** Whether the operator changes AWS or only reports the changes. */
  public enum ManagementPolicy {
    @JsonProperty("Manage")
    MANAGE,
    @JsonProperty("Observe")
    OBSERVE
  }

  /** How to treat a foreign resource of a wanted name. */
  public enum AdoptionPolicy {
    @JsonProperty("Adopt")
    ADOPT,
    @JsonProperty("Fail")
    FAIL
  }

  public EventBackboneSpec {
    busName = busName == null ? DEFAULT_BUS_NAME : busName;
    allowedBuses = allowedBuses == null ? AllowedReferents.sameNamespace() : allowedBuses;
    publishers = publishers == null ? new Publishers(null, null, null) : publishers;
    forwarding = forwarding == null ? ForwardingMode.ALL : forwarding;
    audit = audit == null ? new Audit(null, null, null) : audit;
    logging = logging == null ? new Logging(null, null, null, null) : logging;
    archive = archive == null ? new Archive(null, null, null) : archive;
    schemaDiscovery = schemaDiscovery == null ? new SchemaDiscovery(null) : schemaDiscovery;
    deadLetter = deadLetter == null ? new DeadLetter(null) : deadLetter;
    encryption = encryption == null ? new Encryption(null) : encryption;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
    conventions = conventions == null ? new Conventions(null, null, null) : conventions;
    managementPolicy = managementPolicy == null ? ManagementPolicy.MANAGE : managementPolicy;
    deletionPolicy = deletionPolicy == null ? DeletionPolicy.RETAIN : deletionPolicy;
    adoptionPolicy = adoptionPolicy == null ? AdoptionPolicy.FAIL : adoptionPolicy;
    driftCheckInterval = driftCheckInterval == null ? "10m" : driftCheckInterval;
  }

  /** The format of the published schemas. Empty: nothing is published. */
  public Optional<SchemaRegistry.SchemaType> publishedSchemas() {
    return Optional.ofNullable(schemaRegistry).map(SchemaRegistry::schemaType);
  }

  /** The forwarding role in the spec. Empty: the role of the default name. */
  public Optional<String> forwardingRole() {
    return Optional.ofNullable(forwardingRoleArn);
  }

  /** {@link #driftCheckInterval} as a duration. */
  public Duration driftCheckPeriod() {
    return Durations.parse(driftCheckInterval);
  }
}

package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.LogConfig.LogType;
import java.util.Comparator;

/**
 * The identity of an AWS resource. The operator knows it before it creates the resource, so it
 * stores no state besides the custom resources and AWS. Keys sort in the order of creation.
 */
public sealed interface ResourceKey extends Comparable<ResourceKey> {

  /**
   * The kinds of AWS resources, declared in the order of creation; deletion goes backwards. Events
   * flow before the operator sets up their logs: the bus works even where CloudWatch Logs refuses.
   */
  enum Type {
    QUEUE("Queue"),
    EVENT_BUS("EventBus"),
    BUS_POLICY("EventBusPolicy"),
    ARCHIVE("Archive"),
    RULE("Rule"),
    LOG_GROUP("LogGroup"),
    LOG_RESOURCE_POLICY("LogResourcePolicy"),
    LOG_RULE("Rule"),
    DISCOVERER("Discoverer"),
    BUS_LOG_GROUP("LogGroup"),
    DELIVERY_DESTINATION("DeliveryDestination"),
    DELIVERY_SOURCE("DeliverySource"),
    DELIVERY("Delivery"),
    SCHEMA_REGISTRY("Registry"),
    SCHEMA("Schema");

    private final String title;

    Type(String title) {
      this.title = title;
    }

    /** The name in plans, Events and messages. */
    public String title() {
      return title;
    }

    /** TagResource of EventBridge takes rules and buses only (EventBridge API Reference). */
    public boolean isTaggable() {
      return switch (this) {
        case QUEUE,
            LOG_GROUP,
            EVENT_BUS,
            RULE,
            LOG_RULE,
            DISCOVERER,
            BUS_LOG_GROUP,
            DELIVERY_DESTINATION,
            DELIVERY_SOURCE,
            DELIVERY,
            SCHEMA_REGISTRY,
            SCHEMA ->
            true;
        case LOG_RESOURCE_POLICY, BUS_POLICY, ARCHIVE -> false;
      };
    }

    /** Whether the resource names its owner: in its tags, or an archive in its description. */
    public boolean isMarked() {
      return isTaggable() || this == ARCHIVE;
    }

    /** Whether deleting the resource deletes events or messages. */
    public boolean holdsData() {
      return switch (this) {
        case QUEUE, ARCHIVE, LOG_GROUP, BUS_LOG_GROUP -> true;
        case LOG_RESOURCE_POLICY,
            EVENT_BUS,
            BUS_POLICY,
            RULE,
            LOG_RULE,
            DISCOVERER,
            DELIVERY_DESTINATION,
            DELIVERY_SOURCE,
            DELIVERY,
            SCHEMA_REGISTRY,
            SCHEMA ->
            false;
      };
    }

    /** Whether the resource serves the log of a bus alone; the bus's log level is raised first. */
    public boolean isOfBusLog() {
      return switch (this) {
        case BUS_LOG_GROUP, DELIVERY_DESTINATION, DELIVERY_SOURCE, DELIVERY -> true;
        case QUEUE,
            LOG_GROUP,
            LOG_RESOURCE_POLICY,
            EVENT_BUS,
            BUS_POLICY,
            ARCHIVE,
            RULE,
            LOG_RULE,
            DISCOVERER,
            SCHEMA_REGISTRY,
            SCHEMA ->
            false;
      };
    }
  }

  Comparator<ResourceKey> CREATION_ORDER =
      Comparator.comparing(ResourceKey::type)
          .thenComparing(ResourceKey::scope)
          .thenComparing(ResourceKey::qualifiedName);

  AccountScope scope();

  /** The name in its service. */
  String name();

  default Type type() {
    return switch (this) {
      case QueueKey queue -> Type.QUEUE;
      case EventBusKey bus -> Type.EVENT_BUS;
      case BusPolicyKey policy -> Type.BUS_POLICY;
      case ArchiveKey archive -> Type.ARCHIVE;
      case RuleKey rule -> Names.isLogRule(rule.name()) ? Type.LOG_RULE : Type.RULE;
      case LogGroupKey group ->
          switch (group.content()) {
            case EVENTS -> Type.LOG_GROUP;
            case BUS_LOG -> Type.BUS_LOG_GROUP;
          };
      case LogResourcePolicyKey policy -> Type.LOG_RESOURCE_POLICY;
      case DiscovererKey discoverer -> Type.DISCOVERER;
      case DeliveryDestinationKey destination -> Type.DELIVERY_DESTINATION;
      case DeliverySourceKey source -> Type.DELIVERY_SOURCE;
      case DeliveryKey delivery -> Type.DELIVERY;
      case SchemaRegistryKey registry -> Type.SCHEMA_REGISTRY;
      case SchemaKey schema -> Type.SCHEMA;
    };
  }

  /** The ARN of the resource, or of the resource that it is attached to. */
  default String arn() {
    return switch (this) {
      case QueueKey queue -> scope().arn("sqs", name());
      case EventBusKey bus -> scope().arn("events", "event-bus/" + name());
      case ArchiveKey archive -> scope().arn("events", "archive/" + name());
      case RuleKey rule -> scope().arn("events", "rule/" + qualifiedName());
      case LogGroupKey group -> scope().arn("logs", "log-group:" + name());
      case LogResourcePolicyKey policy -> scope().arn("logs", "resource-policy:" + name());
      case DeliveryDestinationKey destination ->
          scope().arn("logs", "delivery-destination:" + name());
      case DeliverySourceKey source -> scope().arn("logs", "delivery-source:" + name());
      case SchemaRegistryKey registry -> scope().arn("schemas", "registry/" + name());
      case SchemaKey schema -> scope().arn("schemas", "schema/" + qualifiedName());
      case Attached attached -> attached.attachedTo().arn();
    };
  }

  /** The name that is unique in account, Region and type. */
  default String qualifiedName() {
    return name();
  }

  /** For people: {@code Rule global-bus/globalToOrders in account 111111111111}. */
  default String describe() {
    return "%s %s in account %s".formatted(type().title(), qualifiedName(), scope().accountId());
  }

  @Override
  default int compareTo(ResourceKey other) {
    return CREATION_ORDER.compare(this, other);
  }

  /**
   * The identity of a resource that AWS gives no name. The operator identifies it by the resource
   * that it is attached to, and uses the name and the ARN of that resource.
   */
  sealed interface Attached extends ResourceKey {
    ResourceKey attachedTo();

    @Override
    default AccountScope scope() {
      return attachedTo().scope();
    }

    @Override
    default String name() {
      return attachedTo().name();
    }
  }

  /** An SQS queue. */
  record QueueKey(AccountScope scope, String name) implements ResourceKey {}

  /** An event bus. */
  record EventBusKey(AccountScope scope, String name) implements ResourceKey {
    public BusPolicyKey policy() {
      return new BusPolicyKey(this);
    }

    public RuleKey rule(String ruleName) {
      return new RuleKey(this, ruleName);
    }

    public DiscovererKey discoverer() {
      return new DiscovererKey(this);
    }

    /** Where CloudWatch Logs delivers the log of the bus to. */
    public DeliveryDestinationKey logDestination() {
      return new DeliveryDestinationKey(scope, Names.deliveryDestination(name));
    }

    /** What delivers the log's records of one type. */
    public DeliverySourceKey logSource(LogType type) {
      return new DeliverySourceKey(scope, Names.deliverySource(name, type));
    }
  }

  /** The policy of an event bus. */
  record BusPolicyKey(EventBusKey bus) implements Attached {
    @Override
    public ResourceKey attachedTo() {
      return bus;
    }
  }

  /** An archive of EventBridge. */
  record ArchiveKey(AccountScope scope, String name) implements ResourceKey {}

  /** A rule on a bus. */
  record RuleKey(EventBusKey bus, String name) implements ResourceKey {
    @Override
    public AccountScope scope() {
      return bus.scope();
    }

    @Override
    public String qualifiedName() {
      return bus.name() + "/" + name;
    }
  }

  /** A log group of CloudWatch Logs. */
  record LogGroupKey(AccountScope scope, String name, Content content) implements ResourceKey {
    /** What a log group is for; one that serves both is for events. */
    public enum Content {
      EVENTS,
      BUS_LOG
    }
  }

  /** A resource policy of CloudWatch Logs. */
  record LogResourcePolicyKey(AccountScope scope, String name) implements ResourceKey {}

  /** The discoverer of a bus: AWS chooses its id, and a bus has one at most. */
  record DiscovererKey(EventBusKey bus) implements Attached {
    @Override
    public ResourceKey attachedTo() {
      return bus;
    }
  }

  /** A delivery destination of CloudWatch Logs. */
  record DeliveryDestinationKey(AccountScope scope, String name) implements ResourceKey {}

  /** A delivery source of CloudWatch Logs. */
  record DeliverySourceKey(AccountScope scope, String name) implements ResourceKey {
    public DeliveryKey delivery() {
      return new DeliveryKey(this);
    }
  }

  /** The delivery of a source: AWS chooses its id, and a source has one to log groups at most. */
  record DeliveryKey(DeliverySourceKey source) implements Attached {
    @Override
    public ResourceKey attachedTo() {
      return source;
    }
  }

  /** A registry of EventBridge Schemas. */
  record SchemaRegistryKey(AccountScope scope, String name) implements ResourceKey {
    public SchemaKey schema(String schemaName) {
      return new SchemaKey(this, schemaName);
    }
  }

  /** A schema in a registry. */
  record SchemaKey(SchemaRegistryKey registry, String name) implements ResourceKey {
    @Override
    public AccountScope scope() {
      return registry.scope();
    }

    @Override
    public String qualifiedName() {
      return registry.name() + "/" + name;
    }
  }
}

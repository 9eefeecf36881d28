package io.eventbackbone.core.resource;

import java.util.Comparator;

/**
 * What names an AWS resource: its name is known before it is made, so that no state needs to be
 * kept besides the custom resources and AWS itself.
 *
 * @param name as the service knows it; of a rule {@code <bus>/<rule>}, of a bus policy and of a
 *     discoverer the bus, of a delivery its source
 */
public record ResourceKey(Type type, AccountScope scope, String name)
    implements Comparable<ResourceKey> {

  /**
   * Kinds of AWS resources, in the order in which they are made; deletion goes backwards. Events
   * flow before they are logged: where CloudWatch Logs refuses, the bus does its work.
   */
  public enum Type {
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
    DELIVERY("Delivery");

    private final String title;

    Type(String title) {
      this.title = title;
    }

    /** How plans, Events and messages call it. */
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
            DELIVERY ->
            true;
        case LOG_RESOURCE_POLICY, BUS_POLICY, ARCHIVE -> false;
      };
    }

    /** Whether it says itself whose it is: by its tags, or an archive by its description. */
    public boolean isMarked() {
      return isTaggable() || this == ARCHIVE;
    }

    /** Whether events or messages are in it, which go when it is deleted. */
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
            DELIVERY ->
            false;
      };
    }

    /** Whether it is there for a bus's own log, and made after the bus was told to write one. */
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
            DISCOVERER ->
            false;
      };
    }
  }

  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::type)
          .thenComparing(ResourceKey::scope)
          .thenComparing(ResourceKey::name);

  public static ResourceKey rule(AccountScope scope, String bus, String rule) {
    Type type = Names.isLogRule(rule) ? Type.LOG_RULE : Type.RULE;
    return new ResourceKey(type, scope, bus + "/" + rule);
  }

  /** ARN of the resource; of policies, discoverers and deliveries, of what they are attached to. */
  public String arn() {
    return switch (type) {
      case QUEUE -> scope.arn("sqs", name);
      case LOG_GROUP, BUS_LOG_GROUP -> scope.arn("logs", "log-group:" + name);
      case LOG_RESOURCE_POLICY -> scope.arn("logs", "resource-policy:" + name);
      case EVENT_BUS, BUS_POLICY, DISCOVERER -> scope.arn("events", "event-bus/" + name);
      case ARCHIVE -> scope.arn("events", "archive/" + name);
      case DELIVERY_DESTINATION -> scope.arn("logs", "delivery-destination:" + name);
      case DELIVERY_SOURCE, DELIVERY -> scope.arn("logs", "delivery-source:" + name);
      case RULE, LOG_RULE -> scope.arn("events", "rule/" + name);
    };
  }

  /** For people: {@code Rule global-bus/globalToOrders in account 111111111111}. */
  public String describe() {
    return "%s %s in account %s".formatted(type.title(), name, scope.accountId());
  }

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }
}

package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reason of a "no". A code keeps its meaning: no other reason ever gets it, and no version
 * drops it. A test writes docs/codes.md from this list.
 */
public enum Code {
  NO_ROUTE(
      101,
      "No route reaches the bus of the subscription.",
      "Write an EventRoute whose spec.to selects the bus, or give the bus labels that a "
          + "route selects."),
  ECHO(
      102,
      "The bus belongs to the service that sends the event. A bus never receives the events "
          + "of its own service.",
      "Change nothing. If several services share an account, set senderMatch: Source on the "
          + "route."),
  SENDER_NOT_SELECTED(
      103,
      "The route forwards the events of selected producers, and the sender is not one of "
          + "them.",
      "Give the sender's ServiceAccountBus labels that spec.from.busSelector of the route "
          + "selects."),
  ROUTE_FILTER(
      104,
      "No route that reaches the bus has a filter that matches the event.",
      "Widen spec.filter of a route, or write another route."),
  SUBSCRIPTION_FILTER(
      105,
      "The filter of the subscription does not match the event.",
      "Change spec.filter of the subscription, or change the event. The message names the "
          + "fields."),
  CONTRADICTING_FILTERS(
      106,
      "No event can match both the filter of the route and the filter of the subscription.",
      "Change one of the two filters."),
  SUSPENDED(
      107, "The subscription is suspended, so its rule is disabled.", "Set spec.suspend to false."),
  NOT_ACCEPTED(
      108,
      "The operator does not accept an object: the subscription, its bus, or the object "
          + "that the message names.",
      "Read the reason in the message, or in the object's condition Accepted."),
  EARLIER_RULE(
      109,
      "AWS has the rule of an earlier spec, because no rule can express the present spec of "
          + "the subscription or of a route.",
      "Correct what the condition Ready of the subscription and of the bus names."),
  PUBLISHER_NOT_ADMITTED(
      110,
      "The sender may not publish to the global bus, because the operator does not accept "
          + "its ServiceAccountBus.",
      "Read the reason in the message, or in the bus's condition Accepted."),
  CONDITIONS(
      111,
      "The subscription receives the event if its content meets the conditions.",
      "To decide the conditions, ask with --event and an event."),
  NOT_VISIBLE(
      112,
      "You may not see the objects that decide.",
      "Ask the platform to bind the Role event-backbone-insight to you, or let the platform "
          + "ask."),
  TOLD_BY_TYPE(
      113,
      "An EventType names the subscription among its receivers. You may not see the subscription.",
      "Ask the owner of the subscription for its filter."),

  NOT_LOGGED(
      201,
      "The global audit log does not have the event.",
      "Ask with a longer --since. If PutEvents answered the service with an error, ask with "
          + "why --from and the service's bus."),
  LOG_NOT_VISIBLE(
      202,
      "An audit log that decides is off, or you may not read it.",
      "Switch the log on, or ask with credentials that may read it (--profile, "
          + "--assume-role)."),
  PUBLISH_DENIED(
      203,
      "The policy of the global bus does not let the account publish with this Source.",
      "See whether the ServiceAccountBus and the EventBackbone are Ready. With "
          + "publishers.bindSources, a service may publish with the identifier of its own bus "
          + "alone."),
  RULE_MISSING(
      204,
      "AWS does not have the rule.",
      "See whether the operator runs. It creates the rule at its next drift check."),
  RULE_DISABLED(
      205,
      "Somebody disabled the rule in AWS.",
      "See whether the operator runs. It enables the rule at its next drift check."),
  RULE_WITHOUT_TARGET(
      206,
      "The rule has no target.",
      "See whether the operator runs. It adds the target at its next drift check."),
  RULE_DIFFERS(
      207,
      "The rule in AWS has another pattern than the specs ask for.",
      "See whether the operator runs, and read what its drift check reports."),
  FORWARDING_DENIED(
      208,
      "The policy of the local bus does not let the global bus put events on it.",
      "See whether the operator runs. It writes the policy at its next drift check."),
  FORWARDING_FAILED(
      209,
      "EventBridge could not forward the event, and put it into the dead-letter queue of "
          + "the global bus.",
      "Mend the cause that EventBridge gives in the message. Then let the service publish "
          + "the event again."),
  NOT_IN_LOCAL_LOG(
      210,
      "The rule matches the event, but the audit log of the local bus does not have it.",
      "Wait a minute and ask again: a log may be late."),
  QUEUE_MISSING(
      211,
      "AWS does not have the queue.",
      "See whether the operator runs. It creates the queue at its next drift check."),
  QUEUE_NOT_VISIBLE(
      212,
      "You may not read the queue's attributes.",
      "Ask with credentials of the queue's account that allow sqs:GetQueueAttributes."),
  QUEUE_DENIES(
      213,
      "The policy of the queue does not let the rule send to it.",
      "See whether the operator runs. It writes the policy at its next drift check. Then "
          + "send the lost events again: kubectl backbone redrive NAMESPACE/SUBSCRIPTION "
          + "--delivery."),
  UNDELIVERED(
      214,
      "The dead-letter queue of the local bus has events that a rule could not deliver.",
      "Send them again: kubectl backbone redrive NAMESPACE/SUBSCRIPTION --delivery."),
  NOT_CONSUMED(
      215,
      "Messages wait in the queue, and no consumer has received one.",
      "See whether the consumer runs, and whether it reads this queue."),
  CONSUMER_FAILED(
      216,
      "The dead-letter queue of the consumer has messages that the consumer could not " + "handle.",
      "Mend the consumer. Then move them back: kubectl backbone redrive "
          + "NAMESPACE/SUBSCRIPTION."),

  UNREADABLE(
      401,
      "The operator and this command can't read the spec of the object.",
      "Correct the field that the message names, or use a newer version of this command."),
  NOT_RECONCILED(
      402,
      "The operator has not yet reconciled the object, or the object's latest change.",
      "Wait a moment. If that does not help, see whether the operator runs, and whether it "
          + "watches the namespace."),
  NOT_READY(
      403,
      "The condition Ready of the object is not True.",
      "Do what the message says. docs/operations.md explains the reason."),
  NOT_DELIVERING(
      404,
      "A dead-letter queue has events of the subscription, or events wait for too long.",
      "Mend the cause. Then move dead letters back with kubectl backbone redrive."),
  NOT_PUBLISHED(
      405,
      "EventBridge Schemas does not have the latest version of the schema of the EventType.",
      "Do what the message says. docs/contracts.md explains publication. The contract holds all "
          + "the same."),

  NOT_MOVED(
      501,
      "SQS did not move some dead letters.",
      "Mend the cause that SQS gives in the message, and run the command again. The "
          + "dead-letter queue has the rest of the messages."),

  TYPE_REFUSED(
      601,
      "The EventType would not be accepted.",
      "The message has the place in the schema, or the other EventType, and what to do."),
  INCOMPATIBLE(
      602,
      "A version of the schema breaks the compatibility that the EventType promises.",
      "The message has a document that one version accepts and another refuses. Change the new"
          + " version, or spec.compatibility."),
  PROPERTY_IN_USE(
      603,
      "A property goes or changes its type although the filter of a subscription names it.",
      "Keep the property, or agree with the owner of the subscription and name the property in the"
          + " annotation eventbackbone.io/drop-properties."),
  VERSION_CHANGED(
      604,
      "A version that the cluster has would get another schema.",
      "A listed version never changes: list the new schema as another version."),
  UNKNOWN_TYPE(
      605,
      "Events of the detail type flow, and no EventType has it.",
      "Let the producer write an EventType, or stop publishing the events."),
  CONTRACT_BROKEN(
      606,
      "Events flow that no version of their EventType accepts.",
      "Correct the producer at the places that the message names, or list a version that accepts the"
          + " events. EVENT_CONTRACTS=enforce keeps such events from being sent."),

  REPLAY_REFUSED(
      701,
      "The operator refuses the replay.",
      "Do what the message says. A refused replay has replayed nothing."),
  REPLAY_ENDED(
      702,
      "The replay failed or was cancelled before its end.",
      "Create another EventReplay that begins at the time of the event that was last replayed.");

  private final int number;
  private final String meaning;
  private final String remedy;

  Code(int number, String meaning, String remedy) {
    this.number = number;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** The code in answers: {@code EB101}. */
  @JsonValue
  public String text() {
    return "EB" + number;
  }

  /** The reason, in sentences. */
  String meaning() {
    return meaning;
  }

  /** The remedy, in sentences. */
  public String remedy() {
    return remedy;
  }

  /** The name of the code for people: {@code NoRoute}. */
  public String title() {
    return Pattern.compile("_")
        .splitAsStream(name())
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}

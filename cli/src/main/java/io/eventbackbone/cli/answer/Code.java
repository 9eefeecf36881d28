package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why an answer is no. The codes are stable: one is never used for another reason, nor taken away.
 * docs/codes.md is made of this list.
 */
public enum Code {
  NO_ROUTE(
      101,
      "No route reaches the bus of the subscription.",
      "Write an EventRoute whose spec.to selects the bus, or label the bus so that a route does."),
  ECHO(
      102,
      "The service that sends the event is the bus's own: what a service sends never comes back to"
          + " it.",
      "Nothing is wrong. Where several services share an account, set senderMatch: Source on the"
          + " route."),
  SENDER_NOT_SELECTED(
      103,
      "The route carries the events of selected producers, and the sender is none of them.",
      "Label the sender's ServiceAccountBus so that spec.from.busSelector of the route selects it."),
  ROUTE_FILTER(
      104,
      "The filter of each route that reaches the bus lets the event not pass.",
      "Widen spec.filter of a route, or write another route."),
  SUBSCRIPTION_FILTER(
      105,
      "The filter of the subscription does not match the event.",
      "Change spec.filter of the subscription, or the event: the message names the fields."),
  CONTRADICTING_FILTERS(
      106,
      "The filters of route and subscription have no event in common.",
      "Change one of the two."),
  SUSPENDED(
      107, "The subscription is suspended: its rule is disabled.", "Set spec.suspend to false."),
  NOT_ACCEPTED(
      108,
      "The subscription, or its bus, is not accepted.",
      "The message has the reason; so has the condition Accepted."),
  EARLIER_RULE(
      109,
      "The rule of the subscription, or of its bus, is an earlier one: the present spec can't be"
          + " put into a rule.",
      "Correct what the condition Ready of subscription and bus complains about."),
  PUBLISHER_NOT_ADMITTED(
      110,
      "The sender may not publish to the global bus, since its ServiceAccountBus is not accepted.",
      "The message has the reason; so has the bus's condition Accepted."),
  CONDITIONS(
      111,
      "Whether the event comes depends on what is in it.",
      "Ask with --event and an event to have the conditions decided."),
  NOT_VISIBLE(
      112,
      "You may not see what decides.",
      "Ask the platform to bind the Role event-backbone-insight to you, or ask the platform."),
  TOLD_BY_TYPE(
      113,
      "An EventType names the subscription among its receivers. You may not see the subscription.",
      "Ask the owner of the subscription for its filter."),

  NOT_LOGGED(
      201,
      "The global audit log does not have the event.",
      "Ask with a longer --since. If the service got an error from PutEvents, ask why --from its bus."),
  LOG_NOT_VISIBLE(
      202,
      "An audit log that decides is off, or you may not read it.",
      "Switch the log on, or ask with credentials that may read it (--profile, --assume-role)."),
  PUBLISH_DENIED(
      203,
      "The policy of the global bus does not let the account publish with this Source.",
      "See whether the ServiceAccountBus and the EventBackbone are Ready. With publishers.bindSources"
          + " a service may publish with the identifier of its own bus alone."),
  RULE_MISSING(
      204,
      "The rule is not in AWS.",
      "See whether the operator runs; it makes the rule at its next drift check."),
  RULE_DISABLED(
      205,
      "Somebody disabled the rule in AWS.",
      "See whether the operator runs; it enables the rule at its next drift check."),
  RULE_WITHOUT_TARGET(
      206,
      "The rule has no target.",
      "See whether the operator runs; it sets the target at its next drift check."),
  RULE_DIFFERS(
      207,
      "The rule in AWS has another pattern than the specs ask for.",
      "See whether the operator runs, and what its drift check reports."),
  FORWARDING_DENIED(
      208,
      "The policy of the local bus does not let the global bus put events on it.",
      "See whether the operator runs; it writes the policy at its next drift check."),
  FORWARDING_FAILED(
      209,
      "EventBridge could not forward the event, and put it into the global bus's dead-letter queue.",
      "The message has EventBridge's reason. The platform sends such events again once it is mended."),
  NOT_IN_LOCAL_LOG(
      210,
      "The event should be on the local bus, but its audit log does not have it.",
      "Wait a moment and ask again: a log may be late by a minute."),
  QUEUE_MISSING(
      211,
      "The queue is not in AWS.",
      "See whether the operator runs; it makes the queue at its next drift check."),
  QUEUE_NOT_VISIBLE(
      212,
      "You may not look at the queue.",
      "Ask with credentials of the account that may (sqs:GetQueueAttributes)."),
  QUEUE_DENIES(
      213,
      "The policy of the queue does not let the rule send to it.",
      "See whether the operator runs; then kubectl backbone redrive --delivery sends what was lost."),
  UNDELIVERED(
      214,
      "The dead-letter queue of the local bus has events that a rule could not deliver.",
      "kubectl backbone redrive NAMESPACE/SUBSCRIPTION --delivery sends them again."),
  NOT_CONSUMED(
      215,
      "Messages wait in the queue, and nobody handles one.",
      "See whether the consumer runs, and whether it reads this queue."),
  CONSUMER_FAILED(
      216,
      "The consumer's dead-letter queue has messages that it could not handle.",
      "Mend the consumer, then kubectl backbone redrive NAMESPACE/SUBSCRIPTION."),

  UNREADABLE(
      401,
      "The spec of the object can't be read.",
      "Correct the field that the message names, or use a newer version of this command."),
  NOT_RECONCILED(
      402,
      "The operator has not looked at the object, or at its latest change.",
      "Wait a moment; if that does not help, see whether the operator runs, and whether it watches the"
          + " namespace."),
  NOT_READY(
      403,
      "The condition Ready of the object is not True.",
      "The message says what to do; docs/operations.md explains the reason."),
  NOT_DELIVERING(
      404,
      "Events of the subscription are in a dead-letter queue, or wait for too long.",
      "kubectl backbone redrive moves them back, once the cause is mended."),

  NOT_MOVED(
      501,
      "Some dead letters were not moved.",
      "The message has SQS's reason. Mend it and run the command again: what was moved is gone from the"
          + " dead-letter queue."),

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
      "A listed version never changes: list the new schema as another version.");

  private final int number;
  private final String meaning;
  private final String remedy;

  Code(int number, String meaning, String remedy) {
    this.number = number;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** As it stands in answers: {@code EB101}. */
  @JsonValue
  public String text() {
    return "EB" + number;
  }

  /** What it says, a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What to do, a sentence. */
  public String remedy() {
    return remedy;
  }

  /** For people: {@code NoRoute}. */
  public String title() {
    return Pattern.compile("_")
        .splitAsStream(name())
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}

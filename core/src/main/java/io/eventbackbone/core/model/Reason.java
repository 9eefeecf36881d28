package io.eventbackbone.core.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The reasons of conditions. docs/operations.md explains each one. */
public enum Reason {
  ACCEPTED(Outlook.CURRENT, "The spec is valid and every reference is admitted by both sides."),
  REFERENCE_NOT_FOUND(Outlook.RECONCILING, "An object that the spec refers to does not exist."),
  REFERENCE_NOT_ALLOWED(
      Outlook.STALLED, "An object that the spec refers to does not admit this namespace."),
  REFERENCE_REFUSED(
      Outlook.RECONCILING, "An object that the spec refers to is itself not accepted."),
  ACCOUNT_ID_CONFLICT(Outlook.STALLED, "An older AwsAccount has the same account number."),
  IDENTIFIER_CONFLICT(Outlook.STALLED, "An older bus of the backbone has this identifier."),
  INVALID_IDENTIFIER(
      Outlook.STALLED, "EventBridge refuses events with the bus's identifier as Source."),
  INVALID_SELECTOR(Outlook.STALLED, "A label selector is invalid or empty, and selects nothing."),
  INVALID_FILTER(
      Outlook.STALLED,
      "A filter is not a valid event pattern, or breaks the backbone's conventions."),
  DETAIL_TYPE_CONFLICT(Outlook.STALLED, "An older EventType of the backbone has this detail type."),
  INVALID_DETAIL_TYPE(Outlook.STALLED, "The detail type breaks the conventions of the backbone."),
  INVALID_SCHEMA(Outlook.STALLED, "A schema is not one of the subset that the operator reads."),
  UNKNOWN_DETAIL_TYPE(
      Outlook.RECONCILING,
      "A filter names a detail type without an EventType, and the backbone refuses these."),
  INVALID_WINDOW(
      Outlook.STALLED, "The window of a replay is reversed, or was in the future at its creation."),
  NOT_ARCHIVED(
      Outlook.STALLED, "The bus has no archive, or had none in the whole window of the replay."),
  SUBSCRIPTION_SUSPENDED(
      Outlook.RECONCILING, "The subscription of a replay is suspended, and would receive nothing."),
  UNREADABLE(
      Outlook.STALLED,
      "This version of the operator can't read the spec; the object admits nobody and selects"
          + " nothing, and AWS stays as it is."),

  CREDENTIALS_VALID(Outlook.CURRENT, "The role was assumed and is in the account."),
  NO_AWS_IDENTITY(Outlook.STALLED, "The operator has no AWS credentials of its own."),
  ROLE_NOT_ASSUMABLE(Outlook.STALLED, "The role could not be assumed."),
  WRONG_ACCOUNT(Outlook.STALLED, "The credentials belong to another account."),

  COMPATIBLE(Outlook.CURRENT, "The versions of the schema get along, as the spec asks."),
  INCOMPATIBLE(
      Outlook.STALLED, "A version of the schema breaks the compatibility that the spec asks for."),
  PROPERTY_IN_USE(
      Outlook.CURRENT,
      "A property went or changed its type although filters of subscriptions name it."),

  PUBLISHED(Outlook.CURRENT, "The schema registry has the latest version of the schema."),

  PROGRAMMED(Outlook.CURRENT, "AWS has what the spec asks for."),
  ACCOUNT_NOT_READY(Outlook.RECONCILING, "The operator has no access to an account that it needs."),
  BACKBONE_NOT_READY(
      Outlook.RECONCILING,
      "The operator has not created the global bus, its policy or its registry of schemas yet."),
  BUS_NOT_READY(Outlook.RECONCILING, "The operator has not created the local bus yet."),
  ROUTE_REFUSED(
      Outlook.RECONCILING,
      "A route that reaches the bus is not accepted; its rule stays as it was."),
  PATTERN_TOO_LARGE(
      Outlook.STALLED,
      "A filter, or the one rule of all routes that reach a bus, needs a longer pattern than AWS"
          + " allows the account."),
  RESOURCE_CONFLICT(
      Outlook.STALLED, "A resource of a wanted name exists and belongs to another owner."),
  ACCESS_DENIED(Outlook.STALLED, "AWS denied a call."),
  QUOTA_EXCEEDED(Outlook.STALLED, "A quota of the account is exhausted."),
  QUOTA_NEARLY_EXCEEDED(Outlook.CURRENT, "A quota of the account is almost exhausted."),
  BINDING_REFUSED(
      Outlook.STALLED,
      "The API server refused the Secret that workloads bind to, or the ConfigMap with their"
          + " contracts."),
  REGION_NOT_FOUND(
      Outlook.STALLED, "AWS has no Region of the name: the host of its endpoint can't be found."),
  AWS_REFUSED(Outlook.STALLED, "AWS refused a call as invalid."),
  AWS_UNAVAILABLE(
      Outlook.RECONCILING, "AWS is unreachable, throttles or fails; the operator retries."),
  OPERATOR_FAILED(Outlook.RECONCILING, "Unexpected error; the operator retries."),
  OBSERVING(
      Outlook.STALLED, "managementPolicy is Observe: status has the plan, and AWS stays as it is."),
  WITHDRAWN(Outlook.STALLED, "The admission was withdrawn, and access ended with it."),

  IN_SYNC(Outlook.CURRENT, "The last check found what is wanted."),
  DRIFT_REPAIRED(
      Outlook.CURRENT, "The last check found changes made by others, and repaired them."),
  TAKEN_BACK(
      Outlook.CURRENT,
      "The operator took back resources that a deleted object of the same name had released."),
  DRIFTED(Outlook.STALLED, "The last check found differences; Observe leaves them alone."),
  NOT_CHECKED(Outlook.RECONCILING, "The operator could not compare AWS with the spec."),

  NOTHING_ROUTED(
      Outlook.RECONCILING, "No route can bring the subscription an event: its queue stays empty."),

  DELIVERING(
      Outlook.CURRENT,
      "No dead-letter queue holds messages, and no message is known to wait for too long."),
  DEAD_LETTERS(Outlook.CURRENT, "The consumer's dead-letter queue holds messages."),
  UNDELIVERED(
      Outlook.CURRENT,
      "The dead-letter queue of the local bus holds events that a rule could not deliver."),
  BACKLOG(Outlook.CURRENT, "The oldest message waits in the queue for too long."),

  RECEIVER_NOT_READY(
      Outlook.RECONCILING, "AWS does not have the rule yet that is to receive the replay."),
  REPLAYS_EXHAUSTED(
      Outlook.RECONCILING,
      "AWS runs no more replays in the account at once; the operator tries again."),
  REPLAYING(Outlook.RECONCILING, "AWS replays the events."),
  REPLAYED(Outlook.CURRENT, "AWS has replayed the events."),
  REPLAY_FAILED(Outlook.STALLED, "The replay failed in AWS."),
  REPLAY_CANCELLED(Outlook.STALLED, "The replay was cancelled before its end."),

  READY(Outlook.CURRENT, "Everything is as the spec says."),
  DELETION_BLOCKED(
      Outlook.RECONCILING, "The object is being deleted and waits for what depends on it."),
  RULE_STAYS_ENABLED(
      Outlook.CURRENT,
      "The subscription was deleted, and its rule, which was kept, goes on to fill its queue."),
  ABANDONED(
      Outlook.CURRENT,
      "The object was deleted, and what it has in AWS was left there, as its annotation asked.");

  /** What happens next to an object, in the words of kstatus. */
  public enum Outlook {
    /** The object is as its spec says. */
    CURRENT,
    /** The object gets there by itself: with another object, or when AWS answers. */
    RECONCILING,
    /** Nothing changes before a person changes the object, what it refers to, or AWS. */
    STALLED
  }

  private final Outlook outlook;
  private final String explanation;

  Reason(Outlook outlook, String explanation) {
    this.outlook = outlook;
    this.explanation = explanation;
  }

  public Outlook outlook() {
    return outlook;
  }

  public String explanation() {
    return explanation;
  }

  /** The text in conditions: {@code ReferenceNotFound}. */
  public String text() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }
}

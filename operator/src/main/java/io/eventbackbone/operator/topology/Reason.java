package io.eventbackbone.operator.topology;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a condition is what it is: a closed list, which docs/operations.md explains one by one. */
public enum Reason {
  ACCEPTED("The spec is valid and every reference is admitted by both sides."),
  REFERENCE_NOT_FOUND("An object that the spec refers to does not exist."),
  REFERENCE_NOT_ALLOWED("An object that the spec refers to does not admit this namespace."),
  REFERENCE_REFUSED("An object that the spec refers to is itself not accepted."),
  ACCOUNT_ID_CONFLICT("Another AwsAccount, created earlier, has the same account number."),
  IDENTIFIER_CONFLICT("Another bus of the backbone, created earlier, has this identifier."),
  INVALID_FILTER("A filter is no valid event pattern, or breaks the backbone's conventions."),

  CREDENTIALS_VALID("The role was assumed and is in the account."),
  ROLE_NOT_ASSUMABLE("The role could not be assumed."),
  WRONG_ACCOUNT("The credentials are another account's."),

  PROGRAMMED("AWS has what the spec asks for."),
  NOT_ROUTED("No route reaches the bus, so nothing is forwarded to it."),
  ACCOUNT_NOT_READY("The operator can't get into an account that it needs."),
  BACKBONE_NOT_READY("The global bus is not there yet."),
  BUS_NOT_READY("The local bus is not there yet."),
  ROUTE_REFUSED("A route that reaches the bus is not accepted; its rule stays as it was."),
  PATTERN_TOO_LARGE("The routes that reach the bus don't fit into one rule."),
  RESOURCE_CONFLICT("A resource of a wanted name exists and is not this object's."),
  ACCESS_DENIED("AWS denied a call."),
  QUOTA_EXCEEDED("A quota of the account is used up."),
  AWS_REFUSED("AWS refused a call as invalid."),
  AWS_UNAVAILABLE("AWS could not be reached, throttled or failed; the operator tries again."),
  OBSERVING("managementPolicy is Observe: the plan is in status, and nothing is changed."),
  WITHDRAWN("Admission was withdrawn, and with it access."),

  IN_SYNC("The last check found what is wanted."),
  DRIFT_REPAIRED("The last check found changes made by others, and repaired them."),
  DRIFTED("The last check found differences, which Observe leaves alone."),
  NOT_CHECKED("AWS could not be compared with what is wanted."),

  READY("Everything is as the spec says."),
  DELETION_BLOCKED("The object is being deleted and waits for what depends on it.");

  private final String explanation;

  Reason(String explanation) {
    this.explanation = explanation;
  }

  public String explanation() {
    return explanation;
  }

  /** As it stands in conditions: {@code ReferenceNotFound}. */
  public String text() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }
}

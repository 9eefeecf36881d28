package io.eventbackbone.sandbox.errors;

import java.util.Locale;
import java.util.regex.Pattern;

/** EventBridge's refusals, worded as recorded from AWS where a recording was found. */
public final class EventBridgeErrors implements ServiceErrors {

  public static final EventBridgeErrors EVENTBRIDGE = new EventBridgeErrors();

  private static final Pattern MEMBER_NAME = Pattern.compile("(?<=^|\\.)[A-Z]");

  private EventBridgeErrors() {}

  @Override
  public AwsException missing(String member) {
    return violation("null", member, "not be null");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return violation("'" + value + "'", member, constraint);
  }

  private static AwsException violation(String value, String member, String constraint) {
    return validation(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, inLowerCase(member), constraint));
  }

  /** AWS writes {@code targets.1.member.id}. */
  private static String inLowerCase(String member) {
    return MEMBER_NAME
        .matcher(member)
        .replaceAll(letter -> letter.group().toLowerCase(Locale.ROOT));
  }

  @Override
  public AwsException wrongType(String member, String expected) {
    return ServiceErrors.super.wrongType(inLowerCase(member), expected);
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return validation("The sandbox does not implement %s of %s.".formatted(member, operation));
  }

  public static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }

  public static AwsException invalidToken() {
    return validation("Parameter NextToken is not valid.");
  }

  public static AwsException invalidPattern(String reason) {
    return AwsException.badRequest(
        "InvalidEventPatternException", "Event pattern is not valid. Reason: " + reason);
  }

  /** AWS fails on a few patterns that its own check accepts. */
  public static AwsException internalFailure() {
    return new AwsException(500, "InternalFailure", "");
  }

  public static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  public static AwsException noSuchBus(String name) {
    return notFound("Event bus " + name + " does not exist.");
  }

  public static AwsException alreadyExists(String message) {
    return AwsException.badRequest("ResourceAlreadyExistsException", message);
  }

  public static AwsException limitExceeded() {
    return AwsException.badRequest(
        "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  }

  public static AwsException policyTooLong() {
    return AwsException.badRequest(
        "PolicyLengthExceededException", "Policy size would be larger than the maximum allowed.");
  }

  public static AwsException illegalStatus(String message) {
    return AwsException.badRequest("IllegalStatusException", message);
  }

  public static AwsException managedRule(String rule, String service) {
    return AwsException.badRequest(
        "ManagedRuleException", "Rule " + rule + " is managed by " + service + ".");
  }
}

package io.eventbackbone.sandbox.errors;

/** CloudWatch Logs' refusals, worded as recorded from AWS where a recording was found. */
public final class LogsErrors implements ServiceErrors {

  public static final LogsErrors LOGS = new LogsErrors();

  private LogsErrors() {}

  public static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return invalidParameter(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, member, constraint));
  }

  @Override
  public AwsException missing(String member) {
    return invalidParameter(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must not"
                .formatted(member)
            + " be null");
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return invalidParameter(
        "The sandbox does not implement '%s' of %s.".formatted(member, operation));
  }

  @Override
  public AwsException serverError(String message) {
    return new AwsException(500, "ServiceUnavailableException", message);
  }

  @Override
  public AwsException concurrentModification(String message) {
    return AwsException.badRequest("OperationAbortedException", message);
  }

  public static AwsException invalidToken() {
    return invalidParameter("The specified nextToken is invalid.");
  }

  public static AwsException tooManyTags(int limit) {
    return AwsException.badRequest(
        "TooManyTagsException", "A resource has at most " + limit + " tags.");
  }

  public static AwsException noLogGroup() {
    return notFound("The specified log group does not exist.");
  }

  public static AwsException noLogStream() {
    return notFound("The specified log stream does not exist.");
  }

  public static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  public static AwsException alreadyExists(String what) {
    return AwsException.badRequest(
        "ResourceAlreadyExistsException", "The specified " + what + " already exists");
  }

  public static AwsException limitExceeded() {
    return AwsException.badRequest("LimitExceededException", "Resource limit exceeded.");
  }

  /** The operations on deliveries say this where others say InvalidParameterException. */
  public static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }

  public static AwsException conflict(String message) {
    return AwsException.badRequest("ConflictException", message);
  }
}

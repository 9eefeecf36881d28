package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.AwsException;

/** CloudWatch Logs' refusals, worded as recorded from AWS where a recording was found. */
final class LogsErrors {

  private LogsErrors() {}

  static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  static AwsException invalidValue(String member, Object value, String constraint) {
    return invalidParameter(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, member, constraint));
  }

  static AwsException missing(String member) {
    return invalidParameter(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must not"
                .formatted(member)
            + " be null");
  }

  static AwsException noLogGroup() {
    return notFound("The specified log group does not exist.");
  }

  static AwsException noLogStream() {
    return notFound("The specified log stream does not exist.");
  }

  static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  static AwsException alreadyExists(String what) {
    return AwsException.badRequest(
        "ResourceAlreadyExistsException", "The specified " + what + " already exists");
  }

  static AwsException limitExceeded() {
    return AwsException.badRequest("LimitExceededException", "Resource limit exceeded.");
  }

  /** What the operations on deliveries say, where others say InvalidParameterException. */
  static AwsException invalid(String message) {
    return AwsException.badRequest("ValidationException", message);
  }

  static AwsException conflict(String message) {
    return AwsException.badRequest("ConflictException", message);
  }

  static AwsException notImplemented(String what) {
    return AwsException.badRequest(
        "UnknownOperationException", "The sandbox does not implement " + what + ".");
  }
}

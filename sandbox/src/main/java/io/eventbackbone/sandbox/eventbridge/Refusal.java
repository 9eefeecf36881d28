package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.AwsException;

/** The refusals of EventBridge that more than one operation gives, in AWS's words. */
final class Refusal {

  private Refusal() {}

  static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }

  static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  static AwsException alreadyExists(String message) {
    return AwsException.badRequest("ResourceAlreadyExistsException", message);
  }

  static AwsException limitExceeded() {
    return AwsException.badRequest(
        "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  }

  static AwsException illegalStatus(String message) {
    return AwsException.badRequest("IllegalStatusException", message);
  }

  static AwsException noSuchBus(String name) {
    return notFound("Event bus " + name + " does not exist.");
  }
}

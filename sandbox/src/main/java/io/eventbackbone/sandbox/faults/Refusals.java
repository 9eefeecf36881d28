package io.eventbackbone.sandbox.faults;

import io.eventbackbone.sandbox.AwsException;

/**
 * Refusals by the codes of the services' API References ("Common errors", and each operation's).
 */
final class Refusals {

  private static final String SQS = "sqs";
  private static final String LOGS = "logs";

  private Refusals() {}

  static AwsException of(Effect.Refusal refusal, String service) {
    return switch (refusal) {
      case THROTTLING ->
          AwsException.badRequest(
              service.equals(SQS) ? "RequestThrottled" : "ThrottlingException", "Rate exceeded");
      case SERVER_ERROR ->
          new AwsException(500, serverError(service), "an internal error, by a fault");
      case ACCESS_DENIED ->
          AwsException.badRequest("AccessDeniedException", "not authorized, by a fault");
      case EXPIRED_TOKEN ->
          AwsException.badRequest(
              "ExpiredTokenException", "The security token included in the request is expired");
      case CONCURRENT_MODIFICATION ->
          AwsException.badRequest(
              service.equals(LOGS)
                  ? "OperationAbortedException"
                  : "ConcurrentModificationException",
              "changed by somebody else at the same time, by a fault");
    };
  }

  private static String serverError(String service) {
    return switch (service) {
      case SQS -> "InternalError";
      case LOGS -> "ServiceUnavailableException";
      default -> "InternalException";
    };
  }
}

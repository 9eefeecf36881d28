package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.AwsException;
import java.util.Map;

/**
 * SQS's errors under the codes of its JSON protocol, without the {@code com.amazonaws.sqs#} that
 * the protocol puts in front of them.
 *
 * <p>Codes and wording were recorded from AWS by public projects; where no recording was found, the
 * code is the one of the API model.
 */
public final class SqsErrors {

  /** JSON code to query code, where they differ. */
  private static final Map<String, String> QUERY_CODES =
      Map.ofEntries(
          Map.entry("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"),
          Map.entry("QueueNameExists", "QueueAlreadyExists"),
          Map.entry("QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently"),
          Map.entry("PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"),
          Map.entry("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"),
          Map.entry(
              "TooManyEntriesInBatchRequest",
              "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
          Map.entry("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"),
          Map.entry("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"),
          Map.entry("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId"),
          Map.entry("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation"),
          Map.entry("InvalidParameterValueException", "InvalidParameterValue"),
          Map.entry("MissingRequiredParameterException", "MissingParameter"),
          Map.entry("UnrecognizedClientException", "InvalidClientTokenId"),
          Map.entry("AccessDeniedException", "AccessDenied"));

  private SqsErrors() {}

  /**
   * The code of the former query protocol. A query answer has it as its error code; a JSON answer
   * has it in the header {@code x-amzn-query-error} as {@code <code>;Sender}, and clients that
   * predate the JSON protocol go by that one.
   *
   * @param code of the JSON protocol
   */
  public static String queryCode(String code) {
    return QUERY_CODES.getOrDefault(code, code);
  }

  static AwsException queueDoesNotExist() {
    return AwsException.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }

  static AwsException queueNameExists(String attribute) {
    return AwsException.badRequest(
        "QueueNameExists",
        "A queue already exists with the same name and a different value for attribute "
            + attribute);
  }

  static AwsException unknownAttribute(String name) {
    return invalidAttributeName("Unknown Attribute " + name + ".");
  }

  static AwsException invalidAttributeName(String message) {
    return AwsException.badRequest("InvalidAttributeName", message);
  }

  static AwsException invalidAttributeValue(String attribute, String reason) {
    return AwsException.badRequest(
        "InvalidAttributeValue",
        "Invalid value for the parameter %s. Reason: %s".formatted(attribute, reason));
  }

  static AwsException missingParameter(String name) {
    return AwsException.badRequest(
        "MissingRequiredParameterException",
        "The request must contain the parameter " + name + ".");
  }

  static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterValueException", message);
  }

  static AwsException invalidParameter(String name, Object value, String reason) {
    return invalidParameter(
        "Value %s for parameter %s is invalid. Reason: %s".formatted(value, name, reason));
  }

  static AwsException invalidReceiptHandle(String handle) {
    return AwsException.badRequest(
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static AwsException notImplemented(String operation) {
    return AwsException.badRequest(
        "UnsupportedOperation", "The sandbox does not implement sqs:" + operation + ".");
  }
}

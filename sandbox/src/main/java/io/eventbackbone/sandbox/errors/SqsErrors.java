package io.eventbackbone.sandbox.errors;

import java.util.Map;
import java.util.Optional;

/**
 * SQS's refusals under the codes of its JSON protocol, without the {@code com.amazonaws.sqs#} that
 * the protocol puts in front of them. Codes and wording were recorded from AWS by public projects;
 * where no recording was found, the code is that of the API model.
 */
public final class SqsErrors implements ServiceErrors {

  public static final SqsErrors SQS = new SqsErrors();

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

  /** Failure reasons of message move tasks. */
  public static final String NON_EXISTENT_QUEUE = "AWS.SimpleQueueService.NonExistentQueue";

  public static final String NO_MESSAGE_SOURCE = "CouldNotDetermineMessageSource";

  private SqsErrors() {}

  /**
   * The code of the former Query protocol. A Query answer has it as its error code; a JSON answer
   * has it in the header {@code x-amzn-query-error}, which clients read that predate the JSON
   * protocol.
   */
  @Override
  public String queryCode(String code) {
    return QUERY_CODES.getOrDefault(code, code);
  }

  @Override
  public Optional<String> queryCompatibleNamespace() {
    return Optional.of("com.amazonaws.sqs");
  }

  @Override
  public AwsException missing(String member) {
    return AwsException.badRequest(
        "MissingRequiredParameterException",
        "The request must contain the parameter " + lastName(member) + ".");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return invalidParameter(lastName(member), value, "Must " + constraint + ".");
  }

  @Override
  public AwsException outOfRange(String member, String value, int min, int max) {
    return invalidParameter(
        lastName(member), value, "Must be between %d and %d, if provided.".formatted(min, max));
  }

  /** SQS names a member of a batch entry without the entry. */
  private static String lastName(String member) {
    return member.substring(member.lastIndexOf('.') + 1);
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return invalidParameter(
        "The sandbox does not implement %s of %s.".formatted(member, operation));
  }

  @Override
  public String unknownOperationCode() {
    return "UnsupportedOperation";
  }

  @Override
  public AwsException throttled() {
    return AwsException.badRequest("RequestThrottled", "Rate exceeded");
  }

  @Override
  public AwsException serverError(String message) {
    return new AwsException(500, "InternalError", message);
  }

  public static AwsException queueDoesNotExist() {
    return AwsException.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }

  public static AwsException queueNameExists(String attribute) {
    return AwsException.badRequest(
        "QueueNameExists",
        "A queue already exists with the same name and a different value for attribute "
            + attribute);
  }

  public static AwsException unknownAttribute(String name) {
    return invalidAttributeName("Unknown Attribute " + name + ".");
  }

  public static AwsException invalidAttributeName(String message) {
    return AwsException.badRequest("InvalidAttributeName", message);
  }

  public static AwsException invalidAttributeValue(String attribute, String reason) {
    return AwsException.badRequest(
        "InvalidAttributeValue",
        "Invalid value for the parameter %s. Reason: %s".formatted(attribute, reason));
  }

  public static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterValueException", message);
  }

  public static AwsException invalidParameter(String name, Object value, String reason) {
    return invalidParameter(
        "Value %s for parameter %s is invalid. Reason: %s".formatted(value, name, reason));
  }

  public static AwsException invalidReceiptHandle(String handle) {
    return AwsException.badRequest(
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  public static AwsException invalidAddress(String url) {
    return new AwsException(
        404, "InvalidAddress", "The address " + url + " is not valid for this endpoint.");
  }

  public static AwsException invalidContents() {
    return AwsException.badRequest(
        "InvalidMessageContents", "The message contains characters outside the allowed set.");
  }

  public static AwsException batchTooLong(int limit, int size) {
    return AwsException.badRequest(
        "BatchRequestTooLong",
        "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
            .formatted(limit, size));
  }

  public static AwsException emptyBatch(String operation) {
    return AwsException.badRequest(
        "EmptyBatchRequest",
        "There should be at least one %sRequestEntry in the request.".formatted(operation));
  }

  public static AwsException tooManyEntries(int limit, int entries) {
    return AwsException.badRequest(
        "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are %d. You have sent %d."
            .formatted(limit, entries));
  }

  public static AwsException invalidEntryId() {
    return AwsException.badRequest(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
            + " It can be at most 80 letters long.");
  }

  public static AwsException repeatedEntryId(String id) {
    return AwsException.badRequest("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
  }

  public static AwsException noSuchResource(String member) {
    return new AwsException(
        404,
        "ResourceNotFoundException",
        "The resource that you specified for the %s parameter doesn't exist.".formatted(member));
  }

  public static AwsException notADeadLetterQueue() {
    return invalidParameter("Source queue must be configured as a Dead Letter Queue.");
  }

  public static AwsException moveTaskIsRunning() {
    return invalidParameter(
        "There is already a task running. Only one active task is allowed for a source queue arn at"
            + " a given time.");
  }

  public static AwsException noSuchMoveTask() {
    return new AwsException(404, "ResourceNotFoundException", "Task does not exist.");
  }

  public static AwsException moveTaskIsOver() {
    return AwsException.badRequest(
        "UnsupportedOperation", "Only a running message move task can be cancelled.");
  }

  public static AwsException overLimit(int actions, int limit) {
    return new AwsException(
        403,
        "OverLimit",
        "%d Actions were found, maximum allowed is %d.".formatted(actions, limit));
  }

  public static AwsException invalidPrincipal(String account) {
    return invalidParameter(
        "Value [\"%s\"] for parameter PrincipalId is invalid. Reason: Unable to verify."
            .formatted(account));
  }

  public static AwsException invalidAction(String action) {
    return invalidParameter(
        "Value SQS:%s for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action."
            .formatted(action));
  }

  public static AwsException purgeInProgress(String queue) {
    return new AwsException(
        403,
        "PurgeQueueInProgress",
        "Only one PurgeQueue operation on %s is allowed every 60 seconds.".formatted(queue));
  }
}

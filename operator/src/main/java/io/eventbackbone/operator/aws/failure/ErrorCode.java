package io.eventbackbone.operator.aws.failure;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An error code of AWS, independent of the protocol. AWS's protocols spell one code in many ways
 * ("Receive errors" of the Smithy specification, "AWS JSON 1.0 protocol" and "AWS query-compatible
 * trait"): with the namespace of the API model ({@code com.amazonaws.sqs#}) or of the query
 * protocol ({@code AWS.SimpleQueueService.}), with the party at fault ({@code ;Sender}), with an
 * address ({@code :http://…}), with or without {@code Exception}, and under another name.
 *
 * @param name the code without these additions; empty: the answer has no code, for instance because
 *     a proxy sent it
 */
public record ErrorCode(String name) {

  private static final String SUFFIX = "Exception";

  /** Name in the query protocol → name in the API model. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "NonExistentQueue", "QueueDoesNotExist",
          "QueueAlreadyExists", "QueueNameExists",
          "InvalidClientTokenId", "UnrecognizedClient");

  public static final ErrorCode NO_SUCH_QUEUE = new ErrorCode("QueueDoesNotExist");
  static final ErrorCode NOT_FOUND = new ErrorCode("ResourceNotFound");
  static final ErrorCode CONFLICT = new ErrorCode("Conflict");
  public static final ErrorCode VALIDATION = new ErrorCode("Validation");

  /** The code of an answer. */
  public static ErrorCode of(AwsServiceException exception) {
    return of(spelling(exception));
  }

  /** The spelling of the answer, for people; empty if the answer has no code. */
  static String spelling(AwsServiceException exception) {
    return Optional.ofNullable(exception.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }

  static ErrorCode of(String spelling) {
    String code = upTo(';', upTo(':', spelling)).trim();
    String local = code.substring(1 + Math.max(code.lastIndexOf('#'), code.lastIndexOf('.')));
    String name =
        local.endsWith(SUFFIX) ? local.substring(0, local.length() - SUFFIX.length()) : local;
    return new ErrorCode(OTHER_NAMES.getOrDefault(name, name));
  }

  private static String upTo(char end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}

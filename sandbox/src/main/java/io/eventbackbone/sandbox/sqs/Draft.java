package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message on its way into a queue.
 *
 * @param traceHeader the one system attribute that senders set: {@code AWSTraceHeader}
 * @param delay for this message instead of the queue's
 */
record Draft(
    String body,
    MessageAttributes attributes,
    Optional<String> traceHeader,
    Optional<String> groupId,
    Optional<String> deduplicationId,
    Optional<Duration> delay,
    String senderId) {

  /** Characters outside XML 1.0: SQS API Reference, SendMessage. */
  private static final Pattern FORBIDDEN_CHARACTER =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  static boolean hasForbiddenCharacter(String text) {
    return FORBIDDEN_CHARACTER.matcher(text).find();
  }

  /** Bytes that count against MaximumMessageSize and a batch's limit. */
  int size() {
    return body.getBytes(StandardCharsets.UTF_8).length + attributes.size();
  }

  /** Refuses a message that is too long for the queue. */
  void requireShort(QueueAttributes queue) {
    if (size() > queue.maximumMessageSize()) {
      throw SqsErrors.invalidParameter(
          "One or more parameters are invalid. Reason: Message must be shorter than %d bytes."
              .formatted(queue.maximumMessageSize()));
    }
  }

  /** Refuses a message that a queue of this type does not take. */
  void requireFitting(QueueAttributes queue) {
    if (queue.fifo()) {
      requireFifo(queue);
    } else if (deduplicationId.isPresent()) {
      throw notForThisType("MessageDeduplicationId", deduplicationId.get());
    }
  }

  private void requireFifo(QueueAttributes queue) {
    if (groupId.isEmpty()) {
      throw SqsErrors.SQS.missing("MessageGroupId");
    }
    if (deduplicationId.isEmpty() && !queue.contentBasedDeduplication()) {
      throw SqsErrors.invalidParameter(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    if (delay.filter(given -> !given.isZero()).isPresent()) {
      throw notForThisType("DelaySeconds", delay.get().toSeconds());
    }
  }

  private static AwsException notForThisType(String parameter, Object value) {
    return SqsErrors.invalidParameter(
        parameter, value, "The request include parameter that is not valid for this queue type.");
  }
}

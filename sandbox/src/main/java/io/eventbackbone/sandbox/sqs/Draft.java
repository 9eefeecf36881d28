package io.eventbackbone.sandbox.sqs;

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
}

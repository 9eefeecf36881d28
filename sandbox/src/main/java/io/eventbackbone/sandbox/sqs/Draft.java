package io.eventbackbone.sandbox.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

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

  /** Bytes that count against MaximumMessageSize and a batch's limit. */
  int size() {
    return body.getBytes(StandardCharsets.UTF_8).length + attributes.size();
  }
}

package io.eventbackbone.sandbox.api;

import java.util.Map;
import java.util.Optional;

/** Where EventBridge delivers to when a rule's target is not a bus: SQS and CloudWatch Logs. */
public interface EventTarget {

  /**
   * One event on its way to a target.
   *
   * @param targetArn queue or log group
   * @param ruleArn the rule that matched; {@code aws:SourceArn} of the access
   * @param body what the target receives
   * @param messageGroupId of FIFO queues
   * @param attributes SQS message attributes, those of a dead letter for instance
   */
  record Delivery(
      String targetArn,
      String ruleArn,
      String body,
      Optional<String> messageGroupId,
      Map<String, String> attributes) {}

  /** What became of a delivery. */
  sealed interface Result {
    record Delivered() implements Result {}

    /**
     * The target refused it.
     *
     * @param errorCode as in a dead letter's ERROR_CODE: {@code NO_PERMISSIONS}, {@code
     *     NO_RESOURCE}, {@code THROTTLING}…
     */
    record Failed(String errorCode, String message, Retry retry) implements Result {}
  }

  /** Permission and missing-resource errors skip retries (EventBridge User Guide, rule DLQ). */
  enum Retry {
    WORTHWHILE,
    POINTLESS
  }

  /** Delivers as {@code events.amazonaws.com}, subject to the target's policy. */
  Result deliver(Delivery delivery);
}

package io.eventbackbone.sandbox.api;

import io.eventbackbone.sandbox.access.Principal;
import java.util.Map;
import java.util.Optional;

/** Where EventBridge delivers to when a rule's target is not a bus: SQS and CloudWatch Logs. */
public interface EventTarget {

  /**
   * One event on its way to a target.
   *
   * @param targetArn queue or log group
   * @param ruleArn the rule that matched; {@code aws:SourceArn} of the access
   * @param body of the message that the target receives
   * @param sender EventBridge itself, or the session of the target's role
   * @param messageGroupId of FIFO queues
   * @param traceHeader of AWS X-Ray
   * @param attributes SQS message attributes, those of a dead letter for instance
   */
  record Delivery(
      String targetArn,
      String ruleArn,
      String body,
      Principal sender,
      Optional<String> messageGroupId,
      Optional<String> traceHeader,
      Map<String, String> attributes) {

    /** EventBridge as the sender. */
    public static final Principal EVENTBRIDGE = new Principal.Service("events.amazonaws.com");

    /** A body that EventBridge sends, and nothing else. */
    public static Delivery of(String targetArn, String ruleArn, String body) {
      return new Delivery(
          targetArn, ruleArn, body, EVENTBRIDGE, Optional.empty(), Optional.empty(), Map.of());
    }

    /** This one as a message of a FIFO queue. */
    public Delivery inGroup(Optional<String> group) {
      return new Delivery(targetArn, ruleArn, body, sender, group, traceHeader, attributes);
    }

    public Delivery from(Principal other) {
      return new Delivery(targetArn, ruleArn, body, other, messageGroupId, traceHeader, attributes);
    }

    public Delivery traced(Optional<String> header) {
      return new Delivery(targetArn, ruleArn, body, sender, messageGroupId, header, attributes);
    }

    public Delivery with(Map<String, String> others) {
      return new Delivery(targetArn, ruleArn, body, sender, messageGroupId, traceHeader, others);
    }
  }

  /** The outcome of a delivery. */
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

  /** Delivers as the sender, subject to the target's policy. */
  Result deliver(Delivery delivery);
}

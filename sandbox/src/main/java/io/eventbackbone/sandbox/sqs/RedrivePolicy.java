package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;

/**
 * When a queue gives a message up, and to whom.
 *
 * @param maxReceiveCount receives after which the next one moves the message; 1 to 1000
 */
record RedrivePolicy(QueueId deadLetterQueue, int maxReceiveCount) {

  static final String ATTRIBUTE = "RedrivePolicy";

  /** Reads the attribute's JSON; the count may be a number or a string of digits. */
  static RedrivePolicy parse(String json) {
    JsonNode policy =
        Json.parseObject(json)
            .orElseThrow(() -> invalid(json, "Redrive policy is not a valid JSON map."));
    String target = mandatory(policy, "deadLetterTargetArn", json);
    String count = mandatory(policy, "maxReceiveCount", json);
    QueueId deadLetterQueue =
        QueueId.ofArn(target)
            .orElseThrow(() -> invalid(json, "Invalid value for deadLetterTargetArn."));
    if (!count.matches("\\d{1,4}")
        || Integer.parseInt(count) < 1
        || Integer.parseInt(count) > 1000) {
      throw invalid(
          json,
          "Invalid value for maxReceiveCount: %s, valid values are from 1 to 1000 both inclusive."
              .formatted(count));
    }
    return new RedrivePolicy(deadLetterQueue, Integer.parseInt(count));
  }

  private static String mandatory(JsonNode policy, String member, String json) {
    if (!policy.hasNonNull(member)) {
      throw invalid(json, "Redrive policy does not contain mandatory attribute: " + member + ".");
    }
    return policy.get(member).asText();
  }

  static AwsException invalid(String json, String reason) {
    return SqsErrors.invalidParameter(ATTRIBUTE, json, reason);
  }
}

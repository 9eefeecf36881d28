package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.util.ArrayList;
import java.util.List;

/** Which queues may name a queue as their dead-letter queue. */
sealed interface RedriveAllowPolicy {

  String ATTRIBUTE = "RedriveAllowPolicy";
  int MAX_SOURCE_QUEUES = 10;

  boolean admits(QueueId source);

  /** The default, when the attribute is not set. */
  record AllowAll() implements RedriveAllowPolicy {
    @Override
    public boolean admits(QueueId source) {
      return true;
    }
  }

  record DenyAll() implements RedriveAllowPolicy {
    @Override
    public boolean admits(QueueId source) {
      return false;
    }
  }

  record ByQueue(List<String> sourceQueueArns) implements RedriveAllowPolicy {
    @Override
    public boolean admits(QueueId source) {
      return sourceQueueArns.contains(source.arn());
    }
  }

  static RedriveAllowPolicy parse(String json) {
    JsonNode policy = Json.parseObject(json).orElseThrow(() -> invalid("It is not a JSON map."));
    List<String> sources = new ArrayList<>();
    policy.path("sourceQueueArns").forEach(arn -> sources.add(arn.asText()));
    String permission = policy.path("redrivePermission").asText();
    if (permission.equals("byQueue") != !sources.isEmpty() || sources.size() > MAX_SOURCE_QUEUES) {
      throw invalid(
          "sourceQueueArns takes 1 to %d queues, with redrivePermission byQueue only."
              .formatted(MAX_SOURCE_QUEUES));
    }
    return switch (permission) {
      case "allowAll" -> new AllowAll();
      case "denyAll" -> new DenyAll();
      case "byQueue" -> new ByQueue(List.copyOf(sources));
      default -> throw invalid("redrivePermission is one of allowAll, denyAll, byQueue.");
    };
  }

  private static AwsException invalid(String reason) {
    return SqsErrors.invalidAttributeValue(ATTRIBUTE, reason);
  }
}

package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a rule delivers to, and how.
 *
 * @param parameters of services that the sandbox does not deliver to, by the members of Target
 */
public record Target(
    String id,
    String arn,
    Optional<String> roleArn,
    TargetInput input,
    Optional<String> deadLetterArn,
    Optional<RetryPolicy> retryPolicy,
    Optional<String> messageGroupId,
    Map<String, JsonNode> parameters) {

  /** EventBridge User Guide, "Retry policy and dead-letter queues": 24 hours and 185 times. */
  public record RetryPolicy(
      Optional<Integer> maximumRetryAttempts, Optional<Integer> maximumEventAgeInSeconds) {

    public static final RetryPolicy DEFAULT = new RetryPolicy(Optional.empty(), Optional.empty());

    public int attempts() {
      return maximumRetryAttempts.orElse(185);
    }

    public Duration eventAge() {
      return Duration.ofSeconds(maximumEventAgeInSeconds.orElse(86_400));
    }
  }

  /** The service that the ARN names: {@code sqs}, {@code logs}, {@code events}. */
  public String service() {
    return service(arn);
  }

  public String account() {
    return arn.split(":", 6)[4];
  }

  public static String service(String arn) {
    return arn.split(":", 6)[2];
  }

  public RetryPolicy retries() {
    return retryPolicy.orElse(RetryPolicy.DEFAULT);
  }

  public ObjectNode toJson() {
    ObjectNode output = Json.object();
    output.put("Id", id).put("Arn", arn);
    roleArn.ifPresent(role -> output.put("RoleArn", role));
    input.write(output);
    deadLetterArn.ifPresent(queue -> output.putObject("DeadLetterConfig").put("Arn", queue));
    retryPolicy.ifPresent(policy -> write(policy, output.putObject("RetryPolicy")));
    messageGroupId.ifPresent(
        group -> output.putObject("SqsParameters").put("MessageGroupId", group));
    output.setAll(parameters);
    return output;
  }

  private static void write(RetryPolicy policy, ObjectNode output) {
    policy
        .maximumRetryAttempts()
        .ifPresent(attempts -> output.put("MaximumRetryAttempts", attempts));
    policy
        .maximumEventAgeInSeconds()
        .ifPresent(seconds -> output.put("MaximumEventAgeInSeconds", seconds));
  }
}

package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.operator.aws.failure.AwsFailure.QuotaExceeded;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeResourcePoliciesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourcePolicy;

/** Resource policies of CloudWatch Logs. They belong to the account and can't be tagged. */
final class LogResourcePolicies {

  private final CloudWatchLogsClient logs;

  LogResourcePolicies(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  Optional<Observed> observe(LogResourcePolicyKey key) {
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      DescribeResourcePoliciesResponse answer =
          logs.describeResourcePolicies(it -> it.nextToken(token));
      for (ResourcePolicy policy : answer.resourcePolicies()) {
        if (policy.policyName().equals(key.name())) {
          return Optional.of(
              new Observed(
                  new LogResourcePolicy(key, StatementJson.document(policy.policyDocument())),
                  Map.of()));
        }
      }
      page = Optional.ofNullable(answer.nextToken());
    } while (page.isPresent());
    return Optional.empty();
  }

  void delete(LogResourcePolicyKey key) {
    try {
      logs.deleteResourcePolicy(it -> it.policyName(key.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }

  void put(LogResourcePolicy policy) {
    try {
      logs.putResourcePolicy(
          it -> it.policyName(policy.key().name()).policyDocument(policy.document().toString()));
    } catch (LimitExceededException full) {
      throw new AwsFailureException(
          new QuotaExceeded(
              "account %s has ten resource policies of CloudWatch Logs in %s, a limit that AWS does not raise: delete unused policies, or switch the logs of this bus off: set spec.audit.enabled to false and spec.logging.level to None"
                  .formatted(policy.key().scope().accountId(), policy.key().scope().region())),
          full);
    }
  }
}

package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.LogResourcePolicy;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.aws.failure.AwsFailure.QuotaExceeded;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeResourcePoliciesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourcePolicy;

/** Resource policies of CloudWatch Logs, which belong to the account and can't be tagged. */
public final class LogResourcePolicies implements ResourceApi {

  private final CloudWatchLogsClient logs;

  public LogResourcePolicies(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.LOG_RESOURCE_POLICY);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      DescribeResourcePoliciesResponse answer =
          logs.describeResourcePolicies(it -> it.nextToken(token));
      for (ResourcePolicy policy : answer.resourcePolicies()) {
        if (policy.policyName().equals(key.name())) {
          return Optional.of(
              new Observed(
                  new LogResourcePolicy(
                      key.scope(), key.name(), StatementJson.document(policy.policyDocument())),
                  Map.of()));
        }
      }
      page = Optional.ofNullable(answer.nextToken());
    } while (page.isPresent());
    return Optional.empty();
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    put((LogResourcePolicy) wanted);
  }

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    put((LogResourcePolicy) wanted);
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    // It can't be tagged; its name is its owner's.
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    // It can't be tagged; its name is its owner's.
  }

  @Override
  public void delete(AwsResource observed) {
    try {
      logs.deleteResourcePolicy(it -> it.policyName(observed.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }

  private void put(LogResourcePolicy policy) {
    try {
      logs.putResourcePolicy(
          it -> it.policyName(policy.name()).policyDocument(policy.document().toString()));
    } catch (LimitExceededException full) {
      throw new AwsFailureException(
          new QuotaExceeded(
              "account %s has the ten resource policies that CloudWatch Logs takes in %s, a limit that AWS does not raise: delete those that nothing needs, or do without this bus's log: set spec.audit.enabled to false and spec.logging.level to None"
                  .formatted(policy.scope().accountId(), policy.scope().region())),
          full);
    }
  }
}

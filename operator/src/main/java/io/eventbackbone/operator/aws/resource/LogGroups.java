package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Log groups of CloudWatch Logs with their retention. */
final class LogGroups {

  private final CloudWatchLogsClient logs;

  LogGroups(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  Optional<Observed> observe(LogGroupKey key, Lists lists) {
    return logs
        .describeLogGroupsPaginator(it -> it.logGroupNamePrefix(key.name()))
        .logGroups()
        .stream()
        .filter(group -> group.logGroupName().equals(key.name()))
        .findFirst()
        .map(group ->
            new Observed(
                new LogGroup(
                    key,
                    Optional.ofNullable(group.retentionInDays()),
                    Long.valueOf(0).equals(group.storedBytes())),
                lists.tags(key).orElseGet(() -> new LogTags(logs, key.arn()).read())));
  }

  void create(LogGroup logGroup, Map<String, String> tags) {
    logs.createLogGroup(it -> it.logGroupName(logGroup.key().name()).tags(tags));
    update(logGroup);
  }

  void update(LogGroup logGroup) {
    logGroup
        .retentionInDays()
        .ifPresent(days ->
            logs.putRetentionPolicy(
                it -> it.logGroupName(logGroup.key().name()).retentionInDays(days)));
  }

  void delete(LogGroupKey key) {
    try {
      logs.deleteLogGroup(it -> it.logGroupName(key.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

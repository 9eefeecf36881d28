package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs log groups with their retention. */
public final class LogGroups implements ResourceApi {

  private final CloudWatchLogsClient logs;

  public LogGroups(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.LOG_GROUP, ResourceKey.Type.BUS_LOG_GROUP);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    return logs
        .describeLogGroupsPaginator(it -> it.logGroupNamePrefix(key.name()))
        .logGroups()
        .stream()
        .filter(group -> group.logGroupName().equals(key.name()))
        .findFirst()
        .map(group ->
            new Observed(logGroup(key, group), lists.tags(key).orElseGet(() -> tags(key))));
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    logs.createLogGroup(it -> it.logGroupName(wanted.key().name()).tags(tags));
    retain((AwsResource.LogGroup) wanted);
  }

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    retain((AwsResource.LogGroup) wanted);
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    LogTags.put(logs, key.arn(), tags);
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    LogTags.remove(logs, key.arn(), tagKeys);
  }

  @Override
  public void delete(AwsResource observed) {
    try {
      logs.deleteLogGroup(it -> it.logGroupName(observed.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }

  private void retain(AwsResource.LogGroup group) {
    group
        .retentionInDays()
        .ifPresent(days ->
            logs.putRetentionPolicy(
                it -> it.logGroupName(group.key().name()).retentionInDays(days)));
  }

  private Map<String, String> tags(ResourceKey key) {
    return logs.listTagsForResource(it -> it.resourceArn(key.arn())).tags();
  }

  private static AwsResource.LogGroup logGroup(ResourceKey key, LogGroup group) {
    return new AwsResource.LogGroup(
        key,
        Optional.ofNullable(group.retentionInDays()),
        Long.valueOf(0).equals(group.storedBytes()));
  }
}

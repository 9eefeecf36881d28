package io.eventbackbone.operator.aws.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** Tags of what CloudWatch Logs has, by its ARN. */
final class LogTags {

  private LogTags() {}

  /**
   * The tags of a source, a destination or a delivery.
   *
   * @param told with the resource itself, which AWS documents but need not do: no tags tell nothing
   */
  static Map<String, String> of(CloudWatchLogsClient logs, String arn, Map<String, String> told) {
    return told.isEmpty() ? logs.listTagsForResource(it -> it.resourceArn(arn)).tags() : told;
  }

  static void put(CloudWatchLogsClient logs, String arn, Map<String, String> tags) {
    logs.tagResource(it -> it.resourceArn(arn).tags(tags));
  }

  static void remove(CloudWatchLogsClient logs, String arn, Set<String> tagKeys) {
    logs.untagResource(it -> it.resourceArn(arn).tagKeys(tagKeys));
  }
}

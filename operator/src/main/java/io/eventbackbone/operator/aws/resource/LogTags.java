package io.eventbackbone.operator.aws.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** The tags of a resource of CloudWatch Logs. */
record LogTags(CloudWatchLogsClient logs, String arn) implements ResourceTags {

  /**
   * The tags of a source, destination or delivery.
   *
   * @param described the tags in the description of the resource. AWS documents them but may leave
   *     them out, so a description without tags tells nothing
   */
  Map<String, String> or(Map<String, String> described) {
    return described.isEmpty() ? read() : described;
  }

  Map<String, String> read() {
    return logs.listTagsForResource(it -> it.resourceArn(arn)).tags();
  }

  @Override
  public void put(Map<String, String> tags) {
    logs.tagResource(it -> it.resourceArn(arn).tags(tags));
  }

  @Override
  public void remove(Set<String> keys) {
    logs.untagResource(it -> it.resourceArn(arn).tagKeys(keys));
  }
}

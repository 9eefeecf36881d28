package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliverySourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Delivery sources of CloudWatch Logs: the records of a bus's log that are delivered. */
final class DeliverySources {

  private final CloudWatchLogsClient logs;

  DeliverySources(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  Optional<Observed> observe(DeliverySourceKey key) {
    try {
      var described = logs.getDeliverySource(it -> it.name(key.name())).deliverySource();
      return Optional.of(
          new Observed(
              new DeliverySource(
                  key, String.join(",", described.resourceArns()), described.logType()),
              new LogTags(logs, key.arn()).or(described.tags())));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  void create(DeliverySource source, Map<String, String> tags) {
    logs.putDeliverySource(request(source).tags(tags).build());
  }

  /** AWS refuses to change a delivery source; its answer tells a person what to do. */
  void update(DeliverySource source) {
    logs.putDeliverySource(request(source).build());
  }

  private static PutDeliverySourceRequest.Builder request(DeliverySource source) {
    return PutDeliverySourceRequest.builder()
        .name(source.key().name())
        .resourceArn(source.resourceArn())
        .logType(source.logType());
  }

  void delete(DeliverySourceKey key) {
    try {
      logs.deleteDeliverySource(it -> it.name(key.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

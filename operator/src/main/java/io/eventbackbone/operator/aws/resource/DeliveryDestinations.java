package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Delivery destinations of CloudWatch Logs: the log group that a bus logs to. */
final class DeliveryDestinations {

  private final CloudWatchLogsClient logs;

  DeliveryDestinations(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  Optional<Observed> observe(DeliveryDestinationKey key) {
    try {
      var described = logs.getDeliveryDestination(it -> it.name(key.name())).deliveryDestination();
      return Optional.of(
          new Observed(
              new DeliveryDestination(
                  key, described.deliveryDestinationConfiguration().destinationResourceArn()),
              new LogTags(logs, key.arn()).or(described.tags())));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  void create(DeliveryDestination destination, Map<String, String> tags) {
    logs.putDeliveryDestination(request(destination).tags(tags).build());
  }

  /** AWS takes tags only at the creation. */
  void update(DeliveryDestination destination) {
    logs.putDeliveryDestination(request(destination).build());
  }

  private static PutDeliveryDestinationRequest.Builder request(DeliveryDestination destination) {
    return PutDeliveryDestinationRequest.builder()
        .name(destination.key().name())
        .deliveryDestinationConfiguration(
            to -> to.destinationResourceArn(destination.destinationResourceArn()));
  }

  void delete(DeliveryDestinationKey key) {
    try {
      logs.deleteDeliveryDestination(it -> it.name(key.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

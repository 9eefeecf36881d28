package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Delivery destinations of CloudWatch Logs: the log group that a bus logs to. */
public final class DeliveryDestinations implements ResourceApi {

  private final CloudWatchLogsClient logs;

  public DeliveryDestinations(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.DELIVERY_DESTINATION);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    try {
      DeliveryDestination destination =
          logs.getDeliveryDestination(it -> it.name(key.name())).deliveryDestination();
      return Optional.of(
          new Observed(
              new AwsResource.DeliveryDestination(
                  key.scope(),
                  key.name(),
                  destination.deliveryDestinationConfiguration().destinationResourceArn()),
              LogTags.of(logs, key.arn(), destination.tags())));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    put((AwsResource.DeliveryDestination) wanted, tags);
  }

  /** Tags are taken at creation alone. */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    put((AwsResource.DeliveryDestination) wanted, null);
  }

  private void put(AwsResource.DeliveryDestination destination, Map<String, String> tags) {
    logs.putDeliveryDestination(it ->
        it.name(destination.name())
            .deliveryDestinationConfiguration(
                to -> to.destinationResourceArn(destination.destinationResourceArn()))
            .tags(tags));
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
      logs.deleteDeliveryDestination(it -> it.name(observed.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Delivery sources of CloudWatch Logs: what of a bus is delivered. */
public final class DeliverySources implements ResourceApi {

  private final CloudWatchLogsClient logs;

  public DeliverySources(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.DELIVERY_SOURCE);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    try {
      DeliverySource source = logs.getDeliverySource(it -> it.name(key.name())).deliverySource();
      return Optional.of(
          new Observed(
              new AwsResource.DeliverySource(
                  key.scope(),
                  key.name(),
                  String.join(",", source.resourceArns()),
                  source.logType()),
              LogTags.of(logs, key.arn(), source.tags())));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    AwsResource.DeliverySource source = (AwsResource.DeliverySource) wanted;
    logs.putDeliverySource(it ->
        it.name(source.name())
            .resourceArn(source.resourceArn())
            .logType(source.logType())
            .tags(tags));
  }

  /** AWS refuses to change one: what it says tells what to do. */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    AwsResource.DeliverySource source = (AwsResource.DeliverySource) wanted;
    logs.putDeliverySource(
        it -> it.name(source.name()).resourceArn(source.resourceArn()).logType(source.logType()));
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
      logs.deleteDeliverySource(it -> it.name(observed.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}

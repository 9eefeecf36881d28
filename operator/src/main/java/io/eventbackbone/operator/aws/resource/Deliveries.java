package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestinationType;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Deliveries of CloudWatch Logs to log groups, which are listed by their sources: ids are AWS's.
 */
public final class Deliveries implements ResourceApi {

  private final CloudWatchLogsClient logs;
  private final Map<ResourceKey, Delivery> known = new ConcurrentHashMap<>();

  public Deliveries(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.DELIVERY);
  }

  /** One list tells of all; each time anew, since others may have changed what there is. */
  @Override
  public Map<ResourceKey, Observed> observe(Collection<ResourceKey> keys, Lists lists) {
    Map<String, Delivery> bySource =
        logs.describeDeliveriesPaginator(it -> {}).deliveries().stream()
            .filter(it -> it.deliveryDestinationType() == DeliveryDestinationType.CWL)
            .collect(Collectors.toMap(Delivery::deliverySourceName, it -> it, (a, b) -> a));
    Map<ResourceKey, Observed> found = new HashMap<>();
    for (ResourceKey key : keys) {
      Delivery delivery = bySource.get(key.name());
      if (delivery == null) {
        known.remove(key);
      } else {
        known.put(key, delivery);
        found.put(key, observed(key, delivery));
      }
    }
    return found;
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    return Optional.ofNullable(observe(List.of(key), lists).get(key));
  }

  private Observed observed(ResourceKey key, Delivery delivery) {
    return new Observed(
        new AwsResource.Delivery(key.scope(), key.name(), delivery.deliveryDestinationArn()),
        LogTags.of(logs, delivery.arn(), delivery.tags()));
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    AwsResource.Delivery delivery = (AwsResource.Delivery) wanted;
    known.put(
        wanted.key(),
        logs.createDelivery(it ->
                it.deliverySourceName(delivery.source())
                    .deliveryDestinationArn(delivery.destinationArn())
                    .tags(tags))
            .delivery());
  }

  /** A delivery can't be sent elsewhere: another one takes its place, with its tags. */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    String arn = known(wanted.key()).arn();
    Map<String, String> tags = logs.listTagsForResource(it -> it.resourceArn(arn)).tags();
    delete(observed);
    create(wanted, tags);
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    LogTags.put(logs, known(key).arn(), tags);
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    LogTags.remove(logs, known(key).arn(), tagKeys);
  }

  @Override
  public void delete(AwsResource observed) {
    try {
      String id = known(observed.key()).id();
      logs.deleteDelivery(it -> it.id(id));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
    known.remove(observed.key());
  }

  /** What was observed or made. */
  private Delivery known(ResourceKey key) {
    return Optional.ofNullable(known.get(key)).orElseThrow();
  }
}

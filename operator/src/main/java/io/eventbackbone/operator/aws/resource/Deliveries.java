package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.ResourceKey.DeliveryKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestinationType;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Deliveries of CloudWatch Logs to log groups. AWS chooses their ids, so their sources tell them.
 */
final class Deliveries {

  /** A delivery as CloudWatch Logs lists it. */
  record Listed(String id, String arn, String destinationArn, Map<String, String> tags) {

    static Listed of(software.amazon.awssdk.services.cloudwatchlogs.model.Delivery delivery) {
      return new Listed(
          delivery.id(), delivery.arn(), delivery.deliveryDestinationArn(), delivery.tags());
    }
  }

  private final CloudWatchLogsClient logs;
  private final Map<DeliveryKey, Listed> known = new ConcurrentHashMap<>();

  Deliveries(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  /** Every delivery of the account by its source. */
  Map<String, Listed> list() {
    return logs.describeDeliveriesPaginator(it -> {}).deliveries().stream()
        .filter(it -> it.deliveryDestinationType() == DeliveryDestinationType.CWL)
        .collect(Collectors.toMap(it -> it.deliverySourceName(), Listed::of, (a, b) -> a));
  }

  Optional<Observed> observe(DeliveryKey key, Map<String, Listed> bySource) {
    Optional<Listed> listed = Optional.ofNullable(bySource.get(key.name()));
    listed.ifPresentOrElse(it -> known.put(key, it), () -> known.remove(key));
    return listed.map(it ->
        new Observed(
            new Delivery(key, it.destinationArn()), new LogTags(logs, it.arn()).or(it.tags())));
  }

  void create(Delivery delivery, Map<String, String> tags) {
    known.put(
        delivery.key(),
        Listed.of(
            logs.createDelivery(it ->
                    it.deliverySourceName(delivery.key().name())
                        .deliveryDestinationArn(delivery.destinationArn())
                        .tags(tags))
                .delivery()));
  }

  /** AWS can't change the destination of a delivery: replace it, and keep its tags. */
  void update(Delivery delivery) {
    Map<String, String> tags = new LogTags(logs, arn(delivery.key())).read();
    delete(delivery.key());
    create(delivery, tags);
  }

  void delete(DeliveryKey key) {
    try {
      logs.deleteDelivery(it -> it.id(known(key).id()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
    known.remove(key);
  }

  String arn(DeliveryKey key) {
    return known(key).arn();
  }

  /** The delivery that this process observed or created last. */
  private Listed known(DeliveryKey key) {
    return Optional.ofNullable(known.get(key)).orElseThrow();
  }
}

package io.eventbackbone.operator.aws;

import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.AwsResource.EventBus;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Event buses without their policies. */
final class EventBuses implements ResourceApi {

  private final EventBridgeClient events;

  EventBuses(EventBridgeClient events) {
    this.events = events;
  }

  @Override
  public ResourceKey.Type type() {
    return ResourceKey.Type.EVENT_BUS;
  }

  @Override
  public Optional<Observed> observe(ResourceKey key) {
    try {
      DescribeEventBusResponse bus = events.describeEventBus(it -> it.name(key.name()));
      return Optional.of(
          new Observed(
              new EventBus(key.scope(), key.name(), Optional.ofNullable(bus.kmsKeyIdentifier())),
              EventBridgeTags.of(events, key)));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    EventBus bus = (EventBus) wanted;
    events.createEventBus(
        it ->
            it.name(bus.name())
                .kmsKeyIdentifier(bus.kmsKeyIdentifier().orElse(null))
                .tags(EventBridgeTags.list(tags)));
  }

  /** An empty text goes back to the key that AWS owns. */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    EventBus bus = (EventBus) wanted;
    events.updateEventBus(
        it -> it.name(bus.name()).kmsKeyIdentifier(bus.kmsKeyIdentifier().orElse("")));
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    EventBridgeTags.put(events, key, tags);
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    EventBridgeTags.remove(events, key, tagKeys);
  }

  /** Deleting a bus that is gone is no error of the API. */
  @Override
  public void delete(AwsResource observed) {
    events.deleteEventBus(it -> it.name(observed.key().name()));
  }
}

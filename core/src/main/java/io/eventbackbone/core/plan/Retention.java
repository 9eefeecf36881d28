package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.SchemaRegistry;
import java.util.Optional;

/**
 * How long a resource keeps its data.
 *
 * @param attribute the name in the AWS API, which also tells the unit
 */
record Retention(String attribute, int length) {

  private static final int FOREVER = Integer.MAX_VALUE;

  /** Empty: the resource holds no data. */
  static Optional<Retention> of(AwsResource resource) {
    return switch (resource) {
      case Queue queue -> of("messageRetentionSeconds", queue.messageRetentionSeconds());
      case LogGroup logGroup -> of("retentionInDays", logGroup.retentionInDays().orElse(FOREVER));
      case Archive archive ->
          of("retentionDays", archive.retentionDays() == 0 ? FOREVER : archive.retentionDays());
      case EventBus bus -> Optional.empty();
      case BusPolicy policy -> Optional.empty();
      case Rule rule -> Optional.empty();
      case LogResourcePolicy policy -> Optional.empty();
      case Discoverer discoverer -> Optional.empty();
      case DeliverySource source -> Optional.empty();
      case DeliveryDestination destination -> Optional.empty();
      case Delivery delivery -> Optional.empty();
      case SchemaRegistry registry -> Optional.empty();
      case SchemaRegistry.Schema schema -> Optional.empty();
    };
  }

  private static Optional<Retention> of(String attribute, int length) {
    return Optional.of(new Retention(attribute, length));
  }

  boolean isShorterThan(Retention other) {
    return length < other.length;
  }

  String text() {
    return length == FOREVER ? "for ever" : Integer.toString(length);
  }
}

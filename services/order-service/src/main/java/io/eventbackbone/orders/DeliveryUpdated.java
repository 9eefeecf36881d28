package io.eventbackbone.orders;

import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.IncomingEvent;
import io.eventbackbone.events.OutgoingEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Marks an order as delivered, and tells that it changed. */
final class DeliveryUpdated implements EventHandler {

  /** What delivery-service tells. */
  private record Delivery(String orderId, String deliveryId, Instant deliveredAt) {}

  private final Orders orders;
  private final EventPublisher publisher;
  private final Clock clock;

  DeliveryUpdated(Orders orders, EventPublisher publisher, Clock clock) {
    this.orders = orders;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Override
  public void handle(IncomingEvent event) {
    Delivery delivery = event.data(Delivery.class);
    Order order =
        orders
            .find(delivery.orderId())
            .orElseThrow(
                () -> new IllegalStateException("there is no order " + delivery.orderId()));
    Order delivered = order.delivered(delivery.deliveryId(), delivery.deliveredAt());
    publisher.publish(
        List.of(
            new OutgoingEvent(
                "Order.Updated",
                new EventEnvelope<>(
                    event.metadata().leadingTo("Order.Updated", clock.instant()), delivered))));
    orders.put(delivered);
  }
}

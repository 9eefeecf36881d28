package io.eventbackbone.orders;

import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.IncomingEvent;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.events.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** Marks an order as delivered, and tells that it changed. */
final class DeliveryUpdated implements EventHandler {

  /** What delivery-service tells. */
  private record Delivery(String orderId, String deliveryId, Instant deliveredAt) {}

  private final Clock clock;

  DeliveryUpdated(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void handle(IncomingEvent event, Transaction transaction) throws SQLException {
    Delivery delivery = event.data(Delivery.class);
    Orders orders = new Orders(transaction.connection());
    Order order =
        orders
            .lock(delivery.orderId())
            .orElseThrow(
                () -> new IllegalStateException("there is no order " + delivery.orderId()));
    Order delivered = order.delivered(delivery.deliveryId(), delivery.deliveredAt());
    orders.replace(delivered);
    transaction.publish(
        new OutgoingEvent(
            "Order.Updated",
            new EventEnvelope<>(
                event.metadata().leadingTo("Order.Updated", clock.instant()), delivered)));
  }
}

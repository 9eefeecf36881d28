package io.eventbackbone.orders;

import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.IncomingEvent;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.events.Transaction;
import io.eventbackbone.orders.contract.DeliveryUpdated;
import java.sql.SQLException;
import java.time.Clock;

/** Marks an order as delivered, and tells that it changed. */
final class DeliveryHandler implements EventHandler {

  private final Clock clock;

  DeliveryHandler(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void handle(IncomingEvent event, Transaction transaction) throws SQLException {
    DeliveryUpdated delivery = event.data(DeliveryUpdated.class);
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
                event.metadata().leadingTo("Order.Updated", clock.instant()),
                delivered.updated())));
  }
}

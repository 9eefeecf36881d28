package io.eventbackbone.deliveries;

import io.eventbackbone.deliveries.contract.DeliveryUpdated;
import io.eventbackbone.deliveries.contract.OrderCreated;
import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventMetadata;
import io.eventbackbone.events.IncomingEvent;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.events.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers an order, which takes a while, and tells that it is delivered. */
final class OrderHandler implements EventHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OrderHandler.class);

  private final Duration delay;
  private final Clock clock;

  OrderHandler(Duration delay, Clock clock) {
    this.delay = delay;
    this.clock = clock;
  }

  @Override
  public void handle(IncomingEvent event, Transaction transaction)
      throws InterruptedException, SQLException {
    OrderCreated order = event.data(OrderCreated.class);
    Thread.sleep(delay.toMillis());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DeliveryUpdated delivery =
        DeliveryUpdated.builder()
            .orderId(order.orderId())
            .deliveryId(deliveryId(order))
            .deliveredAt(now)
            .build();
    EventMetadata metadata = event.metadata().leadingTo("Delivery.Updated", now);
    transaction.publish(
        new OutgoingEvent("Delivery.Updated", new EventEnvelope<>(metadata, delivery)));
    LOG.info("order {} was delivered as {}", delivery.orderId(), delivery.deliveryId());
  }

  /** Nobody wants a second delivery because somebody looks into the past. */
  @Override
  public Replays replays() {
    return Replays.REFUSED;
  }

  /** An order is delivered once, however often its event comes. */
  private static String deliveryId(OrderCreated order) {
    return UUID.nameUUIDFromBytes(
            ("delivery of " + order.orderId()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}

package io.eventbackbone.orders;

import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventJson;
import io.eventbackbone.events.EventMetadata;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.events.PublishException;
import io.eventbackbone.orders.OrderRequest.InvalidOrderException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Orders over HTTP. An order exists when the bus has accepted that it was created. */
final class OrderApi {

  private static final Logger LOG = LoggerFactory.getLogger(OrderApi.class);
  private static final String CORRELATION_HEADER = "X-Correlation-Id";
  private static final String SANE_CORRELATION_ID = "[A-Za-z0-9._-]{1,128}";

  /** Version 00 of W3C Trace Context. */
  private static final String TRACEPARENT = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

  private final Orders orders;
  private final EventPublisher publisher;
  private final Clock clock;

  OrderApi(Orders orders, EventPublisher publisher, Clock clock) {
    this.orders = orders;
    this.publisher = publisher;
    this.clock = clock;
  }

  void routes(RoutesConfig routes) {
    routes.post("/orders", this::create);
    routes.get("/orders", http -> answer(http, HttpStatus.OK, orders.all()));
    routes.get("/orders/{id}", this::show);
    routes.exception(
        InvalidOrderException.class,
        (e, http) -> answer(http, HttpStatus.BAD_REQUEST, error(e.getMessage())));
    routes.exception(
        PublishException.class,
        (e, http) -> {
          LOG.error("an order was not taken: {}", e.getMessage());
          answer(
              http,
              HttpStatus.SERVICE_UNAVAILABLE,
              error("the order was not taken, since the event bus did not accept it; try again"));
        });
  }

  private void create(Context http) {
    OrderRequest request = OrderRequest.of(http.body());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    EventMetadata metadata = EventMetadata.first(correlationId(http), traceparent(http), now);
    Order order =
        new Order(
            UUID.randomUUID().toString(),
            request.customer(),
            request.items(),
            now,
            Order.State.CREATED,
            null,
            null);
    MDC.put("correlationId", metadata.correlationId());
    try {
      take(order, metadata);
    } finally {
      MDC.clear();
    }
    http.header("Location", "/orders/" + order.orderId());
    http.header(CORRELATION_HEADER, metadata.correlationId());
    answer(
        http,
        HttpStatus.CREATED,
        Map.of("orderId", order.orderId(), "createdAt", order.createdAt()));
  }

  /** Kept before it is published, since the delivery may be faster than the answer. */
  private void take(Order order, EventMetadata metadata) {
    orders.put(order);
    try {
      publisher.publish(
          List.of(new OutgoingEvent("Order.Created", new EventEnvelope<>(metadata, order))));
    } catch (PublishException e) {
      orders.remove(order);
      throw e;
    }
    LOG.info("order {} was taken", order.orderId());
  }

  private void show(Context http) {
    Optional<Order> order = orders.find(http.pathParam("id"));
    if (order.isPresent()) {
      answer(http, HttpStatus.OK, order.get());
    } else {
      answer(http, HttpStatus.NOT_FOUND, error("there is no order " + http.pathParam("id")));
    }
  }

  private static String correlationId(Context http) {
    return Optional.ofNullable(http.header(CORRELATION_HEADER))
        .filter(id -> id.matches(SANE_CORRELATION_ID))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static Optional<String> traceparent(Context http) {
    return Optional.ofNullable(http.header("traceparent"))
        .filter(value -> value.matches(TRACEPARENT));
  }

  private static Map<String, String> error(String reason) {
    return Map.of("error", reason);
  }

  private static void answer(Context http, HttpStatus status, Object body) {
    http.status(status)
        .contentType("application/json")
        .result(EventJson.MAPPER.valueToTree(body).toString());
  }
}

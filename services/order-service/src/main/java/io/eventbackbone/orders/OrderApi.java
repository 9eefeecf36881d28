package io.eventbackbone.orders;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventJson;
import io.eventbackbone.events.EventMetadata;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.events.PublishException;
import io.eventbackbone.http.Answer;
import io.eventbackbone.http.Request;
import io.eventbackbone.http.Route;
import io.eventbackbone.http.Workers;
import io.eventbackbone.orders.OrderRequest.InvalidOrderException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
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

  /** Threads that wait for the bus, and orders that wait for a thread. */
  private final Executor workers = Workers.of("orders", 32, 256);

  private final Orders orders;
  private final EventPublisher publisher;
  private final Clock clock;

  OrderApi(Orders orders, EventPublisher publisher, Clock clock) {
    this.orders = orders;
    this.publisher = publisher;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/orders", workers, this::create),
        Route.get("/orders", workers, request -> answer(HTTP_OK, orders.all())),
        Route.get("/orders/", workers, this::show));
  }

  private Answer create(Request http) {
    try {
      return create(http, OrderRequest.of(http.body()));
    } catch (InvalidOrderException e) {
      return answer(HTTP_BAD_REQUEST, error(e.getMessage()));
    } catch (PublishException e) {
      LOG.error("an order was not taken: {}", e.getMessage());
      return answer(
          HTTP_UNAVAILABLE,
          error("the order was not taken, since the event bus did not accept it; try again"));
    }
  }

  private Answer create(Request http, OrderRequest request) {
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
    Answer created =
        answer(HTTP_CREATED, Map.of("orderId", order.orderId(), "createdAt", order.createdAt()));
    return created.with(
        Map.of(
            "Location",
            "/orders/" + order.orderId(),
            CORRELATION_HEADER,
            metadata.correlationId()));
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

  private Answer show(Request http) {
    String id = http.lastSegment();
    return orders
        .find(id)
        .map(order -> answer(HTTP_OK, order))
        .orElseGet(() -> answer(HTTP_NOT_FOUND, error("there is no order " + id)));
  }

  private static String correlationId(Request http) {
    return http.header(CORRELATION_HEADER)
        .filter(id -> id.matches(SANE_CORRELATION_ID))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static Optional<String> traceparent(Request http) {
    return http.header("traceparent").filter(value -> value.matches(TRACEPARENT));
  }

  private static Map<String, String> error(String reason) {
    return Map.of("error", reason);
  }

  private static Answer answer(int status, Object body) {
    return Answer.json(status, EventJson.MAPPER.valueToTree(body).toString());
  }
}

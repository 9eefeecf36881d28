package io.eventbackbone.orders;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import io.eventbackbone.events.Database;
import io.eventbackbone.events.DatabaseException;
import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventJson;
import io.eventbackbone.events.EventMetadata;
import io.eventbackbone.events.OutgoingEvent;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Orders over HTTP. An order is taken when it is in the database, together with the event that
 * tells of it.
 */
final class OrderApi {

  private static final Logger LOG = LoggerFactory.getLogger(OrderApi.class);
  private static final int UNPROCESSABLE = 422;
  private static final String CORRELATION_HEADER = "X-Correlation-Id";
  private static final String SANE_CORRELATION_ID = "[A-Za-z0-9._-]{1,128}";

  /** Of the IETF's draft "The Idempotency-Key HTTP Header Field"; visible characters. */
  private static final String KEY_HEADER = "Idempotency-Key";

  private static final String SANE_KEY = "[!-~]{1,255}";

  /** Version 00 of W3C Trace Context. */
  private static final String TRACEPARENT = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

  /** Threads that wait for the database, and orders that wait for a thread. */
  private final Executor workers = Workers.of("orders", 32, 256);

  private final Database database;
  private final Clock clock;

  OrderApi(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/orders", workers, this::create),
        Route.get("/orders", workers, request -> reading(this::list)),
        Route.get("/orders/", workers, request -> reading(() -> show(request.lastSegment()))));
  }

  private Answer create(Request http) {
    try {
      return create(http, OrderRequest.of(http.body()));
    } catch (InvalidOrderException e) {
      return answer(HTTP_BAD_REQUEST, error(e.getMessage()));
    } catch (DatabaseException e) {
      LOG.error("an order was not taken: {}", e.getMessage());
      return answer(
          HTTP_UNAVAILABLE,
          error(
              "the database failed, so the order may not be taken; try again with the same "
                  + KEY_HEADER));
    }
  }

  private Answer create(Request http, OrderRequest request) {
    Optional<String> key = idempotencyKey(http);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    EventMetadata metadata = EventMetadata.first(correlationId(http), traceparent(http), now);
    MDC.put("correlationId", metadata.correlationId());
    try {
      Order order = taken(request.order(UUID.randomUUID().toString(), now), key, metadata);
      if (!request.isOf(order)) {
        return answer(
            UNPROCESSABLE,
            error("another order was taken with this %s; use a new one".formatted(KEY_HEADER)));
      }
      return answer(
              HTTP_CREATED, Map.of("orderId", order.orderId(), "createdAt", order.createdAt()))
          .with(
              Map.of(
                  "Location",
                  "/orders/" + order.orderId(),
                  CORRELATION_HEADER,
                  metadata.correlationId()));
    } finally {
      MDC.clear();
    }
  }

  /** The order, or the one that was taken with its key before. */
  private Order taken(Order order, Optional<String> key, EventMetadata metadata) {
    return database.transaction(transaction -> {
      Orders orders = new Orders(transaction.connection());
      if (orders.add(order, key)) {
        transaction.publish(
            new OutgoingEvent("Order.Created", new EventEnvelope<>(metadata, order.created())));
        LOG.info("order {} is taken", order.orderId());
        return order;
      }
      Order first = orders.ofKey(key.orElseThrow()).orElseThrow();
      LOG.info("order {} was taken before", first.orderId());
      return first;
    });
  }

  private Answer list() {
    return answer(
        HTTP_OK,
        database.transaction(transaction -> new Orders(transaction.connection()).latest()));
  }

  private Answer show(String id) {
    return database
        .transaction(transaction -> new Orders(transaction.connection()).find(id))
        .map(order -> answer(HTTP_OK, order))
        .orElseGet(() -> answer(HTTP_NOT_FOUND, error("there is no order " + id)));
  }

  private static Answer reading(Supplier<Answer> read) {
    try {
      return read.get();
    } catch (DatabaseException e) {
      LOG.error("orders were not read: {}", e.getMessage());
      return answer(HTTP_UNAVAILABLE, error("the database failed; try again"));
    }
  }

  private static Optional<String> idempotencyKey(Request http) {
    Optional<String> key = http.header(KEY_HEADER);
    if (key.filter(it -> !it.matches(SANE_KEY)).isPresent()) {
      throw new InvalidOrderException(
          KEY_HEADER + " must be 1 to 255 visible ASCII characters, such as a UUID");
    }
    return key;
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

package io.eventbackbone.orders;

import io.eventbackbone.events.BindingEnvironment;
import io.eventbackbone.events.EventClients;
import io.eventbackbone.events.EventConsumer;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.RecentEvents;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes orders, and follows their delivery. */
public final class OrderService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OrderService.class);
  private static final int REMEMBERED_EVENTS = 10_000;

  private final EventClients clients;
  private final EventConsumer consumer;
  private final Javalin web;

  /**
   * Starts the service.
   *
   * @param environment variables of the binding Secret, and PORT (default 8080)
   */
  public OrderService(Map<String, String> environment) {
    BindingEnvironment binding = BindingEnvironment.of(environment);
    clients = new EventClients();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    EventPublisher publisher = new EventPublisher(clients.eventBridge(), binding, metrics);
    Orders orders = new Orders();
    Clock clock = Clock.systemUTC();
    consumer =
        new EventConsumer(
            clients.sqs(),
            binding.queueUrl(),
            Map.of("Delivery.Updated", new DeliveryUpdated(orders, publisher, clock)),
            new RecentEvents(REMEMBERED_EVENTS),
            metrics);
    web =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  new OrderApi(orders, publisher, clock).routes(config.routes);
                  operations(config.routes, metrics);
                })
            .start(Integer.parseInt(Optional.ofNullable(environment.get("PORT")).orElse("8080")));
    consumer.start();
    LOG.info("order-service listens on port {}, and to {}", web.port(), binding.queueUrl());
  }

  public int port() {
    return web.port();
  }

  private void operations(RoutesConfig routes, PrometheusMeterRegistry metrics) {
    routes.get("/healthz", http -> http.result("ok"));
    routes.get(
        "/readyz",
        http ->
            http.status(consumer.isReceiving() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(consumer.isReceiving() ? "ok" : "does not receive events"));
    routes.get("/metrics", http -> http.result(metrics.scrape()));
  }

  /** Takes no more requests and events, and finishes what is in hand. */
  @Override
  public void close() {
    web.stop();
    consumer.close();
    clients.close();
  }

  public static void main(String[] arguments) {
    try {
      OrderService service = new OrderService(System.getenv());
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
    } catch (IllegalStateException e) {
      System.err.println("order-service: " + e.getMessage());
      System.exit(1);
    }
  }
}

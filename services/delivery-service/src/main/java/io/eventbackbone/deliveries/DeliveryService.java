package io.eventbackbone.deliveries;

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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what was ordered. */
public final class DeliveryService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryService.class);
  private static final int REMEMBERED_EVENTS = 10_000;

  private final EventClients clients;
  private final EventConsumer consumer;
  private final Javalin web;

  /**
   * Starts the service.
   *
   * @param environment variables of the binding Secret, PORT (default 8080) and DELIVERY_DELAY (ISO
   *     8601, default PT2S)
   */
  public DeliveryService(Map<String, String> environment) {
    BindingEnvironment binding = BindingEnvironment.of(environment);
    clients = new EventClients();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Duration delay =
        Duration.parse(Optional.ofNullable(environment.get("DELIVERY_DELAY")).orElse("PT2S"));
    EventPublisher publisher = new EventPublisher(clients.eventBridge(), binding, metrics);
    consumer =
        new EventConsumer(
            clients.sqs(),
            binding.queueUrl(),
            Map.of("Order.Created", new OrderCreated(publisher, delay, Clock.systemUTC())),
            new RecentEvents(REMEMBERED_EVENTS),
            metrics);
    web =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  operations(config.routes, metrics);
                })
            .start(Integer.parseInt(Optional.ofNullable(environment.get("PORT")).orElse("8080")));
    consumer.start();
    LOG.info("delivery-service listens on port {}, and to {}", web.port(), binding.queueUrl());
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
      DeliveryService service = new DeliveryService(System.getenv());
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
    } catch (IllegalStateException e) {
      System.err.println("delivery-service: " + e.getMessage());
      System.exit(1);
    }
  }
}

package io.eventbackbone.events;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a service on the backbone: it publishes, consumes, and tells how it is. */
public final class EventService implements AutoCloseable {

  /** What one service does that others do not. */
  public interface Role {

    /** What to do on events, by detail type. */
    Map<String, EventHandler> handlers(EventPublisher publisher);

    /** What to answer over HTTP, besides {@code /healthz}, {@code /readyz} and {@code /metrics}. */
    void routes(RoutesConfig routes, EventPublisher publisher);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventService.class);
  private static final int REMEMBERED_EVENTS = 10_000;
  private static final String DEFAULT_PORT = "8080";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EventClients clients;
  private final EventConsumer consumer;
  private final Javalin web;

  /**
   * Starts the service.
   *
   * @param environment variables of the binding Secret, and PORT (default 8080, 0 takes a free one)
   * @throws IllegalStateException when a variable is missing or wrong, or the port is in use
   */
  public EventService(String name, Role role, Map<String, String> environment) {
    BindingEnvironment binding = BindingEnvironment.of(environment);
    int port = port(environment);
    clients = new EventClients(binding.region());
    EventPublisher publisher = new EventPublisher(clients.eventBridge(), binding, metrics);
    consumer =
        new EventConsumer(
            clients.sqs(),
            binding.queueUrl(),
            role.handlers(publisher),
            new RecentEvents(REMEMBERED_EVENTS),
            metrics);
    web =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              role.routes(config.routes, publisher);
              operations(config.routes);
            });
    try {
      web.start(port);
    } catch (JavalinBindException e) {
      close();
      throw new IllegalStateException("PORT " + port + " cannot be listened on: is it in use?", e);
    }
    consumer.start();
    LOG.info("{} listens on port {}, and to {}", name, web.port(), binding.queueUrl());
  }

  /**
   * Runs the service until the process is told to end.
   *
   * @param role made from the environment; throws IllegalStateException when a variable is wrong
   */
  public static void run(String name, Function<Map<String, String>, Role> role) {
    Map<String, String> environment = System.getenv();
    try {
      EventService service = new EventService(name, role.apply(environment), environment);
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
    } catch (IllegalStateException e) {
      System.err.println(name + ": " + e.getMessage());
      System.exit(1);
    }
  }

  public int port() {
    return web.port();
  }

  private static int port(Map<String, String> environment) {
    String port = environment.getOrDefault("PORT", DEFAULT_PORT);
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("PORT must be a number, such as 8080, not " + port, e);
    }
  }

  private void operations(RoutesConfig routes) {
    routes.get("/healthz", http -> http.result("ok"));
    routes.get(
        "/readyz",
        http ->
            http.status(consumer.isReceiving() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(consumer.isReceiving() ? "ok" : "does not receive events"));
    routes.get("/metrics", http -> http.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
  }

  /** Takes no more requests and events, and finishes what is in hand. */
  @Override
  public void close() {
    web.stop();
    consumer.close();
    clients.close();
  }
}

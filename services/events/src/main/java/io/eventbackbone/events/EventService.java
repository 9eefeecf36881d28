package io.eventbackbone.events;

import io.eventbackbone.http.Answer;
import io.eventbackbone.http.HttpListener;
import io.eventbackbone.http.Limits;
import io.eventbackbone.http.Route;
import io.eventbackbone.http.Workers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a service on the backbone: it publishes, consumes, and tells how it is. */
public final class EventService implements AutoCloseable {

  /** What one service does that others do not. */
  public interface Role {

    /** What to do on events, by detail type. */
    Map<String, EventHandler> handlers();

    /** What to answer over HTTP, besides {@code /healthz}, {@code /readyz} and {@code /metrics}. */
    List<Route> routes(Database database);

    /**
     * SQL statements that make the tables of the service where they are missing, for PostgreSQL and
     * for H2.
     */
    List<String> tables();
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventService.class);
  private static final int LONGEST_BODY = 64 * 1024;
  private static final String DEFAULT_PORT = "8080";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EventClients clients;
  private final Database database;
  private final Outbox outbox;
  private final EventConsumer consumer;
  private final ExecutorService probes = Workers.of("probe", 1, 64);
  private final HttpListener web;

  /**
   * Starts the service.
   *
   * @param environment variables of the binding Secret, those of the {@link Database}, and PORT
   *     (default 8080, 0 takes a free one)
   * @throws IllegalStateException when a variable is missing or wrong, the database can't be
   *     opened, or the port is in use
   */
  public EventService(String name, Role role, Map<String, String> environment) {
    BindingEnvironment binding = BindingEnvironment.of(environment);
    int port = port(environment);
    database = Database.open(environment, name, role.tables());
    clients = new EventClients(binding.region());
    outbox =
        new Outbox(
            database,
            new EventPublisher(clients.eventBridge(), binding, metrics),
            Clock.systemUTC(),
            metrics);
    consumer =
        new EventConsumer(clients.sqs(), binding.queueUrl(), role.handlers(), database, metrics);
    try {
      web =
          new HttpListener(
              "http",
              port,
              Optional.empty(),
              Limits.ofBodies(LONGEST_BODY),
              Stream.concat(role.routes(database).stream(), operations()).toList());
    } catch (IOException e) {
      consumer.close();
      database.close();
      clients.close();
      throw new IllegalStateException(
          "PORT %d cannot be listened on: %s".formatted(port, e.getMessage()), e);
    }
    outbox.start();
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

  private Stream<Route> operations() {
    return Stream.of(
        Route.get("/healthz", probes, request -> Answer.text(HttpURLConnection.HTTP_OK, "ok")),
        Route.get("/readyz", probes, request -> readiness()),
        Route.get(
            "/metrics",
            probes,
            request -> new Answer(HttpURLConnection.HTTP_OK, PROMETHEUS_TEXT, metrics.scrape())));
  }

  private Answer readiness() {
    return consumer.isReceiving()
        ? Answer.text(HttpURLConnection.HTTP_OK, "ok")
        : Answer.text(HttpURLConnection.HTTP_UNAVAILABLE, "does not receive events");
  }

  /** Takes no more requests and events, and finishes what is in hand. */
  @Override
  public void close() {
    web.close();
    consumer.close();
    outbox.close();
    database.close();
    clients.close();
    probes.shutdownNow();
  }
}

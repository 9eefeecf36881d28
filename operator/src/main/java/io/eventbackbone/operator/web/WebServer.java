package io.eventbackbone.operator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. */
public final class WebServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";

  /** The exposition format of Prometheus. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  /**
   * Answers as soon as it is made, so that probes see a start that hangs.
   *
   * @param port 0 takes a free one
   * @throws IOException when the port is taken
   */
  public WebServer(
      int port, BooleanSupplier healthy, BooleanSupplier ready, Supplier<String> metrics)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(executor);
    serve("/healthz", () -> probe(healthy));
    serve("/readyz", () -> probe(ready));
    serve("/metrics", () -> new Answer(OK, METRICS, metrics.get()));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private static Answer probe(BooleanSupplier state) {
    return state.getAsBoolean()
        ? new Answer(OK, TEXT, "ok\n")
        : new Answer(SERVICE_UNAVAILABLE, TEXT, "not yet, or not any more: see the log\n");
  }

  private void serve(String path, Supplier<Answer> answers) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            send(exchange, answers.get());
          }
        });
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}

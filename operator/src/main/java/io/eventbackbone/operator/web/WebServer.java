package io.eventbackbone.operator.web;

import io.eventbackbone.http.Answer;
import io.eventbackbone.http.HttpListener;
import io.eventbackbone.http.Limits;
import io.eventbackbone.http.Route;
import io.eventbackbone.http.Workers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /healthz}, {@code /readyz} and {@code /metrics} by HTTP. */
public final class WebServer implements AutoCloseable {

  /** The exposition format of Prometheus. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /** The endpoints take no request bodies. */
  private static final Limits LIMITS = Limits.ofBodies(1024);

  /** Separate threads, so that a probe does not wait for a scrape. */
  private final ExecutorService probes = Workers.of("probe", 1, 64);

  private final ExecutorService scrapes = Workers.of("scrape", 1, 4);

  private final HttpListener listener;

  /**
   * Starts the server at once, so that probes notice a start that hangs.
   *
   * @param port 0: any free port
   * @throws IOException when the port is taken
   */
  public WebServer(
      int port, BooleanSupplier healthy, BooleanSupplier ready, Supplier<String> metrics)
      throws IOException {
    listener =
        new HttpListener(
            "web",
            port,
            Optional.empty(),
            LIMITS,
            List.of(
                Route.get("/healthz", probes, request -> probe(healthy)),
                Route.get("/readyz", probes, request -> probe(ready)),
                Route.get(
                    "/metrics",
                    scrapes,
                    request -> new Answer(HttpURLConnection.HTTP_OK, METRICS, metrics.get()))));
  }

  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
    probes.shutdownNow();
    scrapes.shutdownNow();
  }

  private static Answer probe(BooleanSupplier state) {
    return state.getAsBoolean()
        ? Answer.text(HttpURLConnection.HTTP_OK, "ok")
        : Answer.text(HttpURLConnection.HTTP_UNAVAILABLE, "not yet, or not any more: see the log");
  }
}

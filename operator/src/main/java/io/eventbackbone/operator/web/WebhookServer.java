package io.eventbackbone.operator.web;

import io.eventbackbone.http.Answer;
import io.eventbackbone.http.HttpListener;
import io.eventbackbone.http.Limits;
import io.eventbackbone.http.Request;
import io.eventbackbone.http.Route;
import io.eventbackbone.http.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.X509ExtendedKeyManager;

/** Serves {@code /validate} to the API server by HTTPS. */
final class WebhookServer implements AutoCloseable {

  /** Room for an object and its earlier version, each of the 3 MiB that an API server allows. */
  private static final int LONGEST_REVIEW = 8 * 1024 * 1024;

  static final Limits LIMITS = Limits.ofBodies(LONGEST_REVIEW);

  private final ExecutorService executor = Workers.of("review", 2, 64);
  private final BooleanSupplier ready;
  private final UnaryOperator<String> reviews;
  private final HttpListener listener;

  /**
   * Starts the server at once; no handshake succeeds before there is a certificate.
   *
   * @param port 0: any free port
   * @param ready whether the inventory is complete
   * @param reviews answers AdmissionReviews; throws IllegalArgumentException when it can't
   */
  WebhookServer(
      int port,
      X509ExtendedKeyManager certificates,
      Limits limits,
      BooleanSupplier ready,
      UnaryOperator<String> reviews) {
    this.ready = ready;
    this.reviews = reviews;
    try {
      listener =
          new HttpListener(
              "webhook",
              port,
              Optional.of(certificates),
              limits,
              List.of(Route.post("/validate", executor, this::answer)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the webhook can't listen on port %d: %s; set another --webhook-port"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
    executor.shutdownNow();
  }

  private Answer answer(Request review) {
    if (!ready.getAsBoolean()) {
      return Answer.text(
          HttpURLConnection.HTTP_UNAVAILABLE, "the operator does not know the cluster yet");
    }
    try {
      return Answer.json(HttpURLConnection.HTTP_OK, reviews.apply(review.body()));
    } catch (IllegalArgumentException e) {
      return Answer.text(HttpURLConnection.HTTP_BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }
}

package io.eventbackbone.operator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** {@code /validate} by HTTPS, which the API server calls. */
final class WebhookServer implements AutoCloseable {

  private static final String PATH = "/validate";

  /** An object and its predecessor, of the 3 MiB that an API server takes. */
  private static final int LONGEST_REVIEW = 8 * 1024 * 1024;

  private static final int THREADS = 4;

  private record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final BooleanSupplier ready;
  private final UnaryOperator<String> reviews;

  /**
   * Answers as soon as it is made; until there is a certificate, no handshake succeeds.
   *
   * @param port 0 takes a free one
   * @param ready whether the cluster is known
   * @param reviews answers AdmissionReviews; throws IllegalArgumentException when it can't
   */
  WebhookServer(
      int port,
      X509ExtendedKeyManager certificates,
      BooleanSupplier ready,
      UnaryOperator<String> reviews) {
    this.ready = ready;
    this.reviews = reviews;
    try {
      server = HttpsServer.create(new InetSocketAddress(port), 0);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(new KeyManager[] {certificates}, null, null);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the webhook can't listen on port %d: %s; set another --webhook-port"
              .formatted(port, e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
    server.setExecutor(executor);
    server.createContext(PATH, this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.text(HttpURLConnection.HTTP_BAD_METHOD, "POST an AdmissionReview");
    }
    byte[] review = exchange.getRequestBody().readNBytes(LONGEST_REVIEW + 1);
    if (review.length > LONGEST_REVIEW) {
      return Answer.text(
          HttpURLConnection.HTTP_ENTITY_TOO_LARGE,
          "an AdmissionReview has %d bytes at most".formatted(LONGEST_REVIEW));
    }
    if (!ready.getAsBoolean()) {
      return Answer.text(
          HttpURLConnection.HTTP_UNAVAILABLE, "the operator does not know the cluster yet");
    }
    try {
      return new Answer(
          HttpURLConnection.HTTP_OK,
          "application/json",
          reviews.apply(new String(review, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Answer.text(HttpURLConnection.HTTP_BAD_REQUEST, e.getMessage());
    }
  }
}

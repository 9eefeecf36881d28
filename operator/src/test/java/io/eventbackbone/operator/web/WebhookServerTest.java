package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.http.Limits;
import io.eventbackbone.verification.slowcallers.SlowCallers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WebhookServerTest {

  private static final Set<String> HERE = Set.of("127.0.0.1");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final ServingCertificate first = ServingCertificate.make(HERE, Instant.now());
  private final ServedCertificate certificates = new ServedCertificate();
  private final AtomicBoolean ready = new AtomicBoolean(true);

  @AutoClose
  private final WebhookServer server =
      new WebhookServer(
          0, certificates, WebhookServer.LIMITS, ready::get, WebhookServerTest::answer);

  private static String answer(String review) {
    if (review.isEmpty()) {
      throw new IllegalArgumentException("nothing to review");
    }
    return "reviewed " + review;
  }

  @Test
  void answersReviews() throws Exception {
    certificates.serve(first);
    HttpResponse<String> answer = post(first, "an object");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("reviewed an object");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void saysWhyItCannotAnswer() throws Exception {
    certificates.serve(first);
    assertThat(post(first, "").statusCode()).isEqualTo(400);
    assertThat(post(first, "").body()).contains("nothing to review");
    assertThat(post(first, "x".repeat(8 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
    assertThat(send(first, request().GET()).statusCode()).isEqualTo(405);
    ready.set(false);
    assertThat(post(first, "an object").statusCode()).isEqualTo(503);
  }

  @Test
  void answersReviewsWhileOthersHoldConnections() throws Exception {
    certificates.serve(first);
    SocketFactory tls = trusting(first).getSocketFactory();
    try (SlowCallers handshakes = SlowCallers.saying("", 300, server.port());
        SlowCallers heads = SlowCallers.saying(SlowCallers.HEAD, 50, server.port(), tls);
        SlowCallers bodies =
            SlowCallers.saying(SlowCallers.post("/validate"), 100, server.port(), tls);
        SlowCallers drips =
            SlowCallers.saying(SlowCallers.post("/validate"), 50, server.port(), tls).dripping()) {
      assertThat(post(first, "an object").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endsHandshakesThatDrip() throws Exception {
    certificates.serve(first);
    try (WebhookServer impatient = server(MOMENT, FOR_EVER);
        SlowCallers handshakes = SlowCallers.saying("\u0016", 3, impatient.port()).dripping()) {
      await().atMost(PATIENCE).until(handshakes::areAllClosedByTheServer);
    }
  }

  @Test
  void endsBodiesThatDrip() throws Exception {
    certificates.serve(first);
    SocketFactory tls = trusting(first).getSocketFactory();
    try (WebhookServer impatient = server(FOR_EVER, MOMENT);
        SlowCallers bodies =
            SlowCallers.saying(SlowCallers.post("/validate"), 3, impatient.port(), tls)
                .dripping()) {
      await().atMost(PATIENCE).until(bodies::areAllClosedByTheServer);
    }
  }

  private WebhookServer server(Duration head, Duration request) {
    Limits limits = new Limits(head, request, FOR_EVER, 256, 16_384, 100_000, 10_000_000);
    return new WebhookServer(0, certificates, limits, ready::get, WebhookServerTest::answer);
  }

  @Test
  void servesTheNewestCertificateWithoutARestart() throws Exception {
    assertThatThrownBy(() -> post(first, "too early")).isInstanceOf(SSLException.class);
    certificates.serve(first);
    post(first, "an object");

    ServingCertificate second = ServingCertificate.make(HERE, Instant.now());
    certificates.serve(second);
    assertThat(post(second, "an object").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> post(first, "an object")).isInstanceOf(SSLException.class);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() ->
            new WebhookServer(
                    server.port(), certificates, WebhookServer.LIMITS, () -> true, it -> it)
                .close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("port " + server.port(), "--webhook-port");
  }

  private HttpResponse<String> post(ServingCertificate trusted, String body)
      throws IOException, InterruptedException, GeneralSecurityException {
    return send(trusted, request().POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
            // As the API server does, with a query.
            URI.create("https://127.0.0.1:%d/validate?timeout=5s".formatted(server.port())))
        .timeout(PATIENCE);
  }

  /** By a client of its own, so that no connection or session is used twice. */
  private static HttpResponse<String> send(ServingCertificate trusted, HttpRequest.Builder request)
      throws IOException, InterruptedException, GeneralSecurityException {
    return HttpClient.newBuilder()
        .sslContext(trusting(trusted))
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private static SSLContext trusting(ServingCertificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("webhook", certificate.certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}

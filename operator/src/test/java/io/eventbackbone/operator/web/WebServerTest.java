package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.verification.slowcallers.SlowCallers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WebServerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AtomicBoolean ready = new AtomicBoolean();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void healthReadinessAndMetricsAreServed() throws Exception {
    metrics.counter("tried").increment();
    try (WebServer web = new WebServer(0, () -> true, ready::get, metrics::scrape)) {
      assertThat(get(web, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(web, "/readyz").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(get(web, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(web, "/metrics").body()).contains("tried_total 1.0");
      assertThat(get(web, "/else").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void probesAndMetricsAreAnsweredWhileOthersHoldConnections() throws Exception {
    try (WebServer web = new WebServer(0, () -> true, () -> true, metrics::scrape);
        SlowCallers silent = SlowCallers.saying("", 200, web.port());
        SlowCallers heads = SlowCallers.saying(SlowCallers.HEAD, 200, web.port());
        SlowCallers drips = SlowCallers.saying(SlowCallers.HEAD, 100, web.port()).dripping();
        SlowCallers bodies = SlowCallers.saying(SlowCallers.post("/healthz"), 200, web.port())) {
      assertThat(get(web, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(web, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(web, "/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void probesAreAnsweredWhileAScrapeHangs() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Supplier<String> hanging =
        () -> {
          asked.countDown();
          awaitUninterruptibly(released);
          return "scraped";
        };
    try (WebServer web = new WebServer(0, () -> true, () -> true, hanging)) {
      CompletableFuture<HttpResponse<String>> scrape =
          HttpClient.newHttpClient().sendAsync(request(web, "/metrics"), BodyHandlers.ofString());
      asked.await();

      assertThat(get(web, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(web, "/readyz").statusCode()).isEqualTo(200);
      assertThat(scrape).isNotDone();

      released.countDown();
      assertThat(scrape.get().body()).isEqualTo("scraped");
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpResponse<String> get(WebServer web, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request(web, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(WebServer web, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(PATIENCE)
        .build();
  }
}

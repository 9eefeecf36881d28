package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WebServerTest {

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

  private static HttpResponse<String> get(WebServer web, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build(),
            BodyHandlers.ofString());
  }
}

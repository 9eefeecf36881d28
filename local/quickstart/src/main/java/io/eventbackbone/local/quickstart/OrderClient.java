package io.eventbackbone.local.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The HTTP side of order-service. */
final class OrderClient {

  /** A body that POST /orders takes. */
  static final String EXAMPLE_ORDER =
      "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"quantity\":2}]}";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI orders;

  OrderClient(int port) {
    this.orders = URI.create("http://127.0.0.1:" + port + "/orders");
  }

  URI uri() {
    return orders;
  }

  /** Posts an order and tells its id. */
  String post() {
    return send(
            HttpRequest.newBuilder(orders)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EXAMPLE_ORDER)),
            201)
        .path("orderId")
        .asText();
  }

  /** The order as order-service knows it. */
  JsonNode get(String orderId) {
    return send(HttpRequest.newBuilder(URI.create(orders + "/" + orderId)), 200);
  }

  private JsonNode send(HttpRequest.Builder request, int expected) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    String call = built.method() + " " + built.uri();
    try {
      var response = http.send(built, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new ProgramFailure(
            "%s answered %d: %s".formatted(call, response.statusCode(), response.body()));
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new ProgramFailure(call + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramFailure("interrupted", e);
    }
  }
}

package io.eventbackbone.orders;

import static io.eventbackbone.orders.OrderClient.ORDER;
import static io.eventbackbone.orders.OrderClient.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.events.EventService;
import io.eventbackbone.verification.slowcallers.SlowCallers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over HTTP, with its bus and queue in the sandbox and the embedded database. */
class OrderServiceIT {

  @TempDir private Path folder;

  private Aws aws;
  private EventService service;
  private OrderClient client;

  @BeforeEach
  void start() {
    aws = new Aws();
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.accessKeyId", Aws.ACCOUNT);
    System.setProperty("aws.secretAccessKey", "secret");
    startService();
  }

  private void startService() {
    Map<String, String> environment = new HashMap<>(aws.binding());
    environment.put("PORT", "0");
    environment.put("DATABASE_URL", "jdbc:h2:file:" + folder.resolve("orders"));
    service = new EventService("order-service", new OrderService(), environment);
    client = new OrderClient(service.port());
  }

  /** Without AWS, the service does not wait for the end of its long poll. */
  @AfterEach
  void stop() {
    aws.close();
    service.close();
  }

  @Test
  void anOrderIsTakenAndUpdatedByItsDelivery() throws Exception {
    HttpResponse<String> created = client.post(ORDER);
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode answer = new ObjectMapper().readTree(created.body());
    String id = answer.path("orderId").asText();
    assertThat(answer.path("createdAt").asText()).isNotEmpty();
    assertThat(created.headers().firstValue("Location")).contains("/orders/" + id);
    assertThat(client.order(id).path("state").asText()).isEqualTo("CREATED");
    await().until(() -> aws.published("Order.Created", id).size() == 1);

    aws.sendDelivery(id);
    await().until(() -> client.order(id).path("state").asText().equals("DELIVERED"));
    assertThat(client.order(id).path("deliveryId").asText()).isEqualTo("x1");
    await().until(() -> aws.published("Order.Updated", id).size() == 1);
  }

  @Test
  void anOrderSurvivesARestart() throws Exception {
    String id = orderId(client.post(ORDER));
    service.close();
    startService();
    assertThat(client.order(id).path("customer").asText()).isEqualTo("Ada");
    await().until(() -> aws.published("Order.Created", id).size() == 1);
  }

  @Test
  void twoPostsOfOneKeyAreOneOrder() throws Exception {
    HttpResponse<String> first = client.post(ORDER, "Idempotency-Key", "k1");
    HttpResponse<String> second = client.post(ORDER, "Idempotency-Key", "k1");
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(orderId(client.post(ORDER, "Idempotency-Key", "k2"))).isNotEqualTo(orderId(first));
    assertThat(orderId(client.post(ORDER))).isNotEqualTo(orderId(client.post(ORDER)));
  }

  @Test
  void postsOfOneKeyAtTheSameTimeAreOneOrder() throws Exception {
    Set<String> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      Callable<HttpResponse<String>> post = () -> client.post(ORDER, "Idempotency-Key", "k1");
      for (Future<HttpResponse<String>> answer :
          callers.invokeAll(Stream.generate(() -> post).limit(8).toList())) {
        assertThat(answer.get().statusCode()).isEqualTo(201);
        ids.add(orderId(answer.get()));
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(new ObjectMapper().readTree(client.get("/orders").body())).hasSize(1);
  }

  @Test
  void aKeyIsOfOneOrderOnly() throws Exception {
    client.post(ORDER, "Idempotency-Key", "k1");
    HttpResponse<String> other =
        client.post(ORDER.replace("tea", "coffee"), "Idempotency-Key", "k1");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("use a new one");
    assertThat(client.post(ORDER, "Idempotency-Key", "k 1").statusCode()).isEqualTo(400);
  }

  @Test
  void aBadBodyIsAnsweredWithAReason() throws Exception {
    HttpResponse<String> answer = client.post("{}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("customer is missing");
  }

  @Test
  void slowBodiesDoNotHoldUpAnOrder() throws Exception {
    try (SlowCallers bodies = SlowCallers.saying(SlowCallers.post("/orders"), 300, service.port());
        SlowCallers drips =
            SlowCallers.saying(SlowCallers.post("/orders"), 30, service.port()).dripping()) {
      assertThat(client.post(ORDER).statusCode()).isEqualTo(201);
      assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyOfMoreThanOneValueIsNoOrder() throws Exception {
    assertThat(client.post(ORDER + ORDER).statusCode()).isEqualTo(400);
    assertThat(client.post(ORDER + "garbage").statusCode()).isEqualTo(400);
    assertThat(client.get("/orders").body()).isEqualTo("[]");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertThat(client.post(ORDER + " ".repeat(64 * 1024)).statusCode()).isEqualTo(413);
  }

  @Test
  void anUnknownOrderIsNotFound() throws Exception {
    assertThat(client.get("/orders/none").statusCode()).isEqualTo(404);
  }

  @Test
  void anOrderIsTakenWhileTheBusIsAway() throws Exception {
    aws.close();
    HttpResponse<String> answer = client.post(ORDER);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(client.order(orderId(answer)).path("state").asText()).isEqualTo("CREATED");
  }

  @Test
  void healthAndMetricsAreServed() throws Exception {
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
    client.post(ORDER);
    await()
        .until(() ->
            client
                .get("/metrics")
                .body()
                .contains(
                    "events_published_total{detail_type=\"Order.Created\",outcome=\"accepted\"}"));
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsTold() {
    for (String url :
        List.of("postgres://user:secret@host/db", "jdbc:postgresql://127.0.0.1:1/x")) {
      Map<String, String> environment = new HashMap<>(aws.binding());
      environment.put("DATABASE_URL", url);
      assertThatThrownBy(() -> new EventService("order-service", new OrderService(), environment))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("DATABASE_URL")
          .hasMessageNotContaining("secret");
    }
  }
}

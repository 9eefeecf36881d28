package io.eventbackbone.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.events.EventService;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.verification.slowcallers.SlowCallers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The service over HTTP, with its bus and queue in the sandbox. */
class OrderServiceIT {

  private static final String ACCOUNT = "222222222222";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ORDER =
      "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"quantity\":2}]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private Sandbox sandbox;
  private EventBridgeClient events;
  private SqsClient sqs;
  private String queueUrl;
  private EventService service;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start();
    System.setProperty("aws.endpointUrl", sandbox.endpoint().toString());
    System.setProperty("aws.accessKeyId", ACCOUNT);
    System.setProperty("aws.secretAccessKey", "secret");
    System.setProperty("aws.region", "eu-west-1");
    events = EventBridgeClient.create();
    sqs = SqsClient.create();
    queueUrl = sqs.createQueue(it -> it.queueName("orders")).queueUrl();
    service =
        new EventService(
            "order-service",
            new OrderService(),
            Map.of(
                "AWS_REGION", "eu-west-1",
                "EVENT_BUS_ARN", events.createEventBus(it -> it.name("bus")).eventBusArn(),
                "EVENT_SOURCE", "order-service",
                "EVENT_QUEUE_URL", queueUrl,
                "PORT", "0"));
  }

  @AfterEach
  void stop() {
    service.close();
    events.close();
    sqs.close();
    sandbox.close();
  }

  @Test
  void anOrderIsTakenAndUpdatedByItsDelivery() throws Exception {
    HttpResponse<String> created = post(ORDER);
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode answer = json.readTree(created.body());
    String id = answer.path("orderId").asText();
    assertThat(answer.path("createdAt").asText()).isNotEmpty();
    assertThat(created.headers().firstValue("Location")).contains("/orders/" + id);
    assertThat(order(id).path("state").asText()).isEqualTo("CREATED");

    sqs.sendMessage(it ->
        it.queueUrl(queueUrl)
            .messageBody(
                """
                {"detail-type":"Delivery.Updated","source":"delivery-service","account":"3",
                 "detail":{"metadata":{"id":"d1","correlationId":"c1"},
                  "data":{"orderId":"%s","deliveryId":"x1","deliveredAt":"2026-11-23T00:00:00Z"}}}
                """
                    .formatted(id)));
    await().until(() -> order(id).path("state").asText().equals("DELIVERED"));
    assertThat(order(id).path("deliveryId").asText()).isEqualTo("x1");
  }

  @Test
  void aBadBodyIsAnsweredWithAReason() throws Exception {
    HttpResponse<String> answer = post("{}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("customer is missing");
  }

  @Test
  void slowBodiesDoNotHoldUpAnOrder() throws Exception {
    try (SlowCallers bodies = SlowCallers.saying(SlowCallers.post("/orders"), 300, service.port());
        SlowCallers drips =
            SlowCallers.saying(SlowCallers.post("/orders"), 30, service.port()).dripping()) {
      assertThat(post(ORDER).statusCode()).isEqualTo(201);
      assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyOfMoreThanOneValueIsNoOrder() throws Exception {
    assertThat(post(ORDER + ORDER).statusCode()).isEqualTo(400);
    assertThat(post(ORDER + "garbage").statusCode()).isEqualTo(400);
    assertThat(get("/orders").body()).isEqualTo("[]");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertThat(post(ORDER + " ".repeat(64 * 1024)).statusCode()).isEqualTo(413);
  }

  @Test
  void anUnknownOrderIsNotFound() throws Exception {
    assertThat(get("/orders/none").statusCode()).isEqualTo(404);
  }

  @Test
  void anOrderThatTheBusDoesNotAcceptIsNotTaken() throws Exception {
    sandbox.close();
    HttpResponse<String> answer = post(ORDER);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("was not taken");
    assertThat(get("/orders").body()).isEqualTo("[]");
  }

  @Test
  void healthAndMetricsAreServed() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    post(ORDER);
    assertThat(get("/metrics").body())
        .contains("events_published_total{detail_type=\"Order.Created\",outcome=\"accepted\"}");
  }

  private JsonNode order(String id) throws IOException, InterruptedException {
    return json.readTree(get("/orders/" + id).body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri("/orders"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }
}

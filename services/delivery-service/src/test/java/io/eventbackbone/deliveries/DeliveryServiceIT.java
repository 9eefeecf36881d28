package io.eventbackbone.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.events.EventService;
import io.eventbackbone.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The service, with its bus and queues in the sandbox. */
class DeliveryServiceIT {

  private static final String ACCOUNT = "333333333333";

  @Test
  void anOrderIsDelivered() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      System.setProperty("aws.endpointUrl", sandbox.endpoint().toString());
      System.setProperty("aws.accessKeyId", ACCOUNT);
      System.setProperty("aws.secretAccessKey", "secret");
      System.setProperty("aws.region", "eu-west-1");
      try (EventBridgeClient events = EventBridgeClient.create();
          SqsClient sqs = SqsClient.create()) {
        String bus = events.createEventBus(it -> it.name("bus")).eventBusArn();
        String published = everythingOf(events, sqs);
        String queue = sqs.createQueue(it -> it.queueName("orders")).queueUrl();
        try (EventService service =
            new EventService(
                "delivery-service",
                new DeliveryService(Duration.ZERO),
                Map.of(
                    "AWS_REGION", "eu-west-1",
                    "EVENT_BUS_ARN", bus,
                    "EVENT_SOURCE", "delivery-service",
                    "EVENT_QUEUE_URL", queue,
                    "DATABASE_URL", "jdbc:h2:mem:deliveries",
                    "PORT", "0"))) {
          assertThat(service.port()).isPositive();
          sqs.sendMessage(it ->
              it.queueUrl(queue)
                  .messageBody(
                      """
                      {"detail-type":"Order.Created","source":"order-service","account":"2",
                       "detail":{"metadata":{"id":"e1","correlationId":"c1"},
                        "data":{"orderId":"o1","customer":"Ada","items":[{"sku":"tea","quantity":2}],
                         "createdAt":"2026-11-29T00:00:00Z","state":"CREATED"}}}
                      """));
          Message message =
              sqs.receiveMessage(it -> it.queueUrl(published).waitTimeSeconds(20))
                  .messages()
                  .get(0);
          JsonNode event = new ObjectMapper().readTree(message.body());
          assertThat(event.path("detail-type").asText()).isEqualTo("Delivery.Updated");
          assertThat(event.path("source").asText()).isEqualTo("delivery-service");
          assertThat(event.at("/detail/metadata/causationId").asText()).isEqualTo("e1");
          assertThat(event.at("/detail/metadata/correlationId").asText()).isEqualTo("c1");
          assertThat(event.at("/detail/data/orderId").asText()).isEqualTo("o1");
          assertThat(event.at("/detail/data/deliveryId").asText()).isNotEmpty();
          assertThat(event.at("/detail/data/deliveredAt").asText()).isNotEmpty();
        }
      }
    }
  }

  /** URL of a queue that gets every event of the bus. */
  private static String everythingOf(EventBridgeClient events, SqsClient sqs) {
    events.putRule(
        it -> it.eventBusName("bus").name("all").eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
    String arn = "arn:aws:sqs:eu-west-1:" + ACCOUNT + ":published";
    events.putTargets(it ->
        it.eventBusName("bus").rule("all").targets(Target.builder().id("queue").arn(arn).build()));
    return sqs.createQueue(it ->
            it.queueName("published")
                .attributes(
                    Map.of(
                        QueueAttributeName.POLICY,
                        """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Principal":{"Service":"events.amazonaws.com"},
                         "Action":"sqs:SendMessage","Resource":"%s"}]}
                        """
                            .formatted(arn))))
        .queueUrl();
  }
}

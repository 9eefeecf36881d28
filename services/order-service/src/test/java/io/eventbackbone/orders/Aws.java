package io.eventbackbone.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The service's account: its queue, and a bus all of whose events arrive in a second queue. */
final class Aws implements AutoCloseable {

  static final String ACCOUNT = "222222222222";
  static final String REGION = "eu-west-1";

  private static final String PUBLISHED_ARN =
      "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":published";

  private final Sandbox sandbox = Sandbox.start();
  private final EventBridgeClient events = client(EventBridgeClient.builder());
  private final SqsClient sqs = client(SqsClient.builder());
  private final String busArn = events.createEventBus(it -> it.name("bus")).eventBusArn();
  private final String queueUrl = sqs.createQueue(it -> it.queueName("orders")).queueUrl();
  private final String publishedUrl;
  private final List<JsonNode> published = new ArrayList<>();

  Aws() {
    publishedUrl =
        sqs.createQueue(it ->
                it.queueName("published")
                    .attributes(
                        Map.of(
                            QueueAttributeName.POLICY,
                            """
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                             "Principal":{"Service":"events.amazonaws.com"},
                             "Action":"sqs:SendMessage","Resource":"%s"}]}
                            """
                                .formatted(PUBLISHED_ARN))))
            .queueUrl();
    events.putRule(
        it -> it.eventBusName("bus").name("all").eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
    Target queue = Target.builder().id("queue").arn(PUBLISHED_ARN).build();
    events.putTargets(it -> it.eventBusName("bus").rule("all").targets(queue));
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret")))
        .build();
  }

  URI endpoint() {
    return sandbox.endpoint();
  }

  /** The binding of the service. */
  Map<String, String> binding() {
    return Map.of(
        "AWS_REGION", REGION,
        "EVENT_BUS_ARN", busArn,
        "EVENT_SOURCE", "order-service",
        "EVENT_QUEUE_URL", queueUrl);
  }

  /** Puts into the service's queue that an order was delivered. The same each time. */
  void sendDelivery(String orderId) {
    sqs.sendMessage(it ->
        it.queueUrl(queueUrl)
            .messageBody(
                """
                {"detail-type":"Delivery.Updated","source":"delivery-service","account":"3",
                 "detail":{"metadata":{"id":"d-%1$s","correlationId":"c1"},
                  "data":{"orderId":"%1$s","deliveryId":"x1","deliveredAt":"2026-11-23T00:00:00Z"}}}
                """
                    .formatted(orderId)));
  }

  /** The distinct ids of the events about an order that were published by now. */
  Set<String> published(String detailType, String orderId) {
    receivePublished();
    return published.stream()
        .filter(it -> it.path("detail-type").asText().equals(detailType))
        .filter(it -> it.at("/detail/data/orderId").asText().equals(orderId))
        .map(it -> it.at("/detail/metadata/id").asText())
        .collect(Collectors.toSet());
  }

  private void receivePublished() {
    List<Message> messages;
    do {
      messages =
          sqs.receiveMessage(it -> it.queueUrl(publishedUrl).maxNumberOfMessages(10)).messages();
      for (Message message : messages) {
        published.add(event(message));
        sqs.deleteMessage(it -> it.queueUrl(publishedUrl).receiptHandle(message.receiptHandle()));
      }
    } while (!messages.isEmpty());
  }

  private static JsonNode event(Message message) {
    try {
      return new ObjectMapper().readTree(message.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    events.close();
    sqs.close();
    sandbox.close();
  }
}

package io.eventbackbone.verification.services;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.it.RunningOperator;
import io.eventbackbone.sandbox.Sandbox;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The backbone of the samples with a third account, and a queue in which its invoices arrive. */
final class Backbone implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SAMPLES = Path.of("../..", "samples");
  private static final String ORDERS = "222222222222";
  private static final String BILLING = "444444444444";

  /** Of the order team, which wants to know the invoices of its orders. */
  private static final String INVOICES =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: invoices, namespace: orders}
      spec:
        busRef: {name: orders}
        filter: {detailTypes: [Invoice.Created]}
      """;

  private final Sandbox sandbox = Sandbox.start();
  private final KubernetesClient cluster;
  private final RunningOperator operator;
  private final EventBridgeClient events;
  private final SqsClient orderQueues;
  private final SqsClient billingQueues;
  private final List<JsonNode> invoices = new ArrayList<>();

  Backbone(KubernetesClient cluster) throws IOException {
    this.cluster = cluster;
    LocalAws aws = new LocalAws(sandbox.endpoint());
    events = aws.client(EventBridgeClient.builder(), LocalAws.root(ORDERS)).build();
    orderQueues = aws.client(SqsClient.builder(), LocalAws.root(ORDERS)).build();
    billingQueues = aws.client(SqsClient.builder(), LocalAws.root(BILLING)).build();
    Crds.apply(cluster, Path.of("../..", "crds"));
    operator =
        new RunningOperator(cluster, "languages", aws, LocalAws.root(LocalAws.OPERATOR_ACCOUNT));
    for (String sample : List.of("namespaces", "accounts", "backbone", "orders", "deliveries")) {
      apply(Files.readString(SAMPLES.resolve("ecommerce").resolve(sample + ".yaml")));
    }
    apply(Files.readString(SAMPLES.resolve("third-account/billing.yaml")));
    apply(INVOICES);
    for (EventSubscription it : List.of(subscription("billing", "orders"), invoiceSubscription())) {
      cluster
          .resource(it)
          .waitUntilCondition(Backbone::isReady, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void apply(String manifests) {
    Manifests.objects(manifests).forEach(object -> cluster.resource(object).serverSideApply());
  }

  private EventSubscription subscription(String namespace, String name) {
    return cluster.resources(EventSubscription.class).inNamespace(namespace).withName(name).get();
  }

  private EventSubscription invoiceSubscription() {
    return subscription("orders", "invoices");
  }

  private static boolean isReady(EventSubscription subscription) {
    return subscription.getStatus() != null
        && subscription.getStatus().condition("Ready").stream()
            .anyMatch(it -> it.getStatus().equals("True"));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** What gives a program an identity in an account; nothing here names a Region. */
  Map<String, String> identity(String namespace) {
    Map<String, String> identity =
        new HashMap<>(
            new AwsEndpoint(sandbox.endpoint())
                .environment(namespace.equals("billing") ? BILLING : ORDERS, LocalAws.REGION));
    identity.remove("AWS_REGION");
    return identity;
  }

  /** Publishes an order as order-service; the event's id is the order's. */
  void publishOrder(String orderId) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName("arn:aws:events:eu-west-1:111111111111:event-bus/global-bus")
            .source("order-service")
            .detailType("Order.Created")
            .detail(
                """
                {"metadata": {"id": "%1$s", "correlationId": "c-%1$s",
                  "schemaVersion": "1", "time": "2026-11-29T00:00:00Z"},
                 "data": {"orderId": "%1$s", "customer": "Ada", "items": [{"sku": "tea", "quantity": 2}],
                  "createdAt": "2026-11-29T00:00:00Z", "state": "CREATED"}}
                """
                    .formatted(orderId))
            .build();
    PutEventsResponse answer = events.putEvents(it -> it.entries(entry));
    if (answer.failedEntryCount() > 0) {
      throw new AssertionError(answer.entries());
    }
  }

  /** Waits for an invoice of the order, and returns all that have come by then. */
  List<JsonNode> awaitInvoice(String orderId) {
    await("an invoice for " + orderId)
        .atMost(PATIENCE)
        .until(() -> {
          receiveInvoices();
          return !invoicesOf(orderId).isEmpty();
        });
    return invoicesOf(orderId);
  }

  /** Waits until billing has nothing more to do. */
  void awaitIdleBilling() {
    String queue = subscription("billing", "orders").getStatus().queueUrl();
    await("the queue of billing is empty")
        .atMost(PATIENCE)
        .until(() ->
            billingQueues
                .getQueueAttributes(it ->
                    it.queueUrl(queue)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .allMatch("0"::equals));
  }

  private List<JsonNode> invoicesOf(String orderId) {
    return invoices.stream()
        .filter(it -> it.at("/detail/data/orderId").asText().equals(orderId))
        .toList();
  }

  private void receiveInvoices() throws IOException {
    String queue = invoiceSubscription().getStatus().queueUrl();
    for (Message message :
        orderQueues
            .receiveMessage(it -> it.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
            .messages()) {
      invoices.add(JSON.readTree(message.body()));
      orderQueues.deleteMessage(it -> it.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }
  }

  @Override
  public void close() {
    operator.close();
    events.close();
    orderQueues.close();
    billingQueues.close();
    sandbox.close();
  }
}

package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.operator.reconcile.AwsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The example, deleted and applied again with kubectl, with the defaults of every field. */
@ExtendWith(RealKubeApi.class)
class DeleteAndApplyIT {

  private static final Path SAMPLE = Path.of("..", "samples", "ecommerce");
  private static final List<String> MANIFESTS =
      List.of("accounts.yaml", "backbone.yaml", "orders.yaml", "deliveries.yaml");

  private static final String PLATFORM = "111111111111";
  private static final String ORDERS = "222222222222";
  private static final String DELIVERIES = "333333333333";
  private static final String BUS = "local-bus-delivery-service";

  @TempDir private Path folder;
  @AutoClose private World world;
  private Command kubectl;

  @BeforeEach
  void enter(KubeApi api) throws IOException, InterruptedException {
    world = new World(api.client());
    kubectl = Kubectl.of(api, folder);
    // The test's API server has no controller that would end a namespace.
    run("apply", "-f", SAMPLE.resolve("namespaces.yaml").toString());
    for (String manifest : MANIFESTS) {
      Files.copy(SAMPLE.resolve(manifest), folder.resolve(manifest));
    }
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: "
            + MANIFESTS);
  }

  @Test
  void everythingIsReadyAgainAndNothingIsLost() throws Exception {
    run("apply", "-k", folder.toString());
    EventSubscription first = awaitReady();
    plantForeign();
    send("before the deletion");
    Map<String, String> made = aws();

    run("delete", "-k", folder.toString());
    assertThat(run("get", "eventbackbones,serviceaccountbuses,eventsubscriptions", "-A"))
        .contains("No resources found");
    assertThat(made.keySet()).filteredOn(it -> !isOfRoute(it)).isSubsetOf(aws().keySet());
    assertThat(aws().values()).noneMatch(it -> it.contains("event-backbone-operator,"));

    run("apply", "-k", folder.toString());
    EventSubscription again = awaitReady();
    assertThat(aws()).isEqualTo(made);
    assertThat(again.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid());
    assertThat(again.getStatus().queueUrl()).isEqualTo(first.getStatus().queueUrl());
    send("after it");
    assertThat(received(again.getStatus().queueUrl(), 2))
        .extracting(Message::body)
        .anyMatch(it -> it.contains("before the deletion"))
        .anyMatch(it -> it.contains("after it"));
    assertThat(run("get", "events", "-A"))
        .contains("resources, released at 20", "aws events disable-rule --name ");
  }

  /** A forwarding rule goes when its route is gone before its bus. */
  private static boolean isOfRoute(String resource) {
    return resource.contains("rule global-bus/globalTo");
  }

  /** What others have by names near to the operator's, and beside it on its bus. */
  private void plantForeign() {
    try (EventBridgeClient events = world.eventBridge(DELIVERIES);
        SqsClient queues = world.sqs(DELIVERIES)) {
      String queue = queues.createQueue(it -> it.queueName("orders")).queueUrl();
      queues.tagQueue(it -> it.queueUrl(queue).tags(Map.of("team", "theirs")));
      events.putRule(
          it -> it.eventBusName(BUS).name("orders").eventPattern("{\"source\":[\"theirs\"]}"));
      Target target =
          Target.builder()
              .id("Target0")
              .arn("arn:aws:sqs:%s:%s:orders".formatted(World.REGION, DELIVERIES))
              .build();
      events.putTargets(it -> it.eventBusName(BUS).rule("orders").targets(target));
    }
  }

  private void send(String what) {
    try (EventBridgeClient orders = world.eventBridge(ORDERS)) {
      PutEventsRequestEntry event =
          PutEventsRequestEntry.builder()
              .eventBusName(
                  "arn:aws:events:%s:%s:event-bus/global-bus".formatted(World.REGION, PLATFORM))
              .source("order-service")
              .detailType("Order.Created")
              .detail("{\"data\":\"%s\"}".formatted(what))
              .build();
      assertThat(orders.putEvents(it -> it.entries(event)).failedEntryCount()).isZero();
    }
  }

  private List<Message> received(String queue, int count) {
    List<Message> received = new ArrayList<>();
    try (SqsClient queues = world.sqs(DELIVERIES)) {
      await()
          .until(() -> {
            received.addAll(
                queues
                    .receiveMessage(
                        it -> it.queueUrl(queue).waitTimeSeconds(1).visibilityTimeout(600))
                    .messages());
            return received.size() >= count;
          });
    }
    return received;
  }

  private EventSubscription awaitReady() {
    world.ready(EventBackbone.class, "event-platform", "main");
    world.ready(EventRoute.class, "event-platform", "fan-out");
    world.ready(ServiceAccountBus.class, "orders", "orders");
    world.ready(ServiceAccountBus.class, "deliveries", "deliveries");
    world.ready(EventSubscription.class, "orders", "deliveries");
    return world.ready(EventSubscription.class, "deliveries", "orders");
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(world.sandbox(), List.of(PLATFORM, ORDERS, DELIVERIES)).resources();
  }

  private String run(String... arguments) {
    Command.Result outcome = kubectl.attempt(arguments);
    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
    return outcome.text();
  }
}

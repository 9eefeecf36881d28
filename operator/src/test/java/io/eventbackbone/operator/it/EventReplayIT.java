package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Replay;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What becomes of replays: once, to their receivers alone, and no longer than they are wanted. */
@ExtendWith(RealKubeApi.class)
class EventReplayIT {

  private static final String OTHERS =
      Ecommerce.subscription("deliveries", "others", "filter: {detailTypes: [Order.Created]}");

  /** Of another namespace, on the bus of the deliveries. */
  private static final String GUEST =
      Manifests.of(
          "EventSubscription",
          "orders-#/guest",
          "busRef: {name: deliveries, namespace: deliveries-#}",
          "filter: {detailTypes: [Order.Created]}");

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  /** The sandbox takes a tenth of a second for each minute. */
  private static final int MINUTES = 1_000;

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL + bus("from: Same") + OTHERS);
    Ecommerce.awaitReady(world);
    world.ready(EventSubscription.class, "deliveries-#", "others");
    world.until(
        ServiceAccountBus.class,
        "deliveries-#",
        "deliveries",
        it -> it.getStatus().archiveArn() != null && it.getStatus().appliedHash() != null);
    await().until(() -> archives(3) == 1);
  }

  private static String bus(String allowed) {
    return Ecommerce.bus(
        "deliveries",
        "deliveries",
        "identifier: delivery-service",
        "allowedSubscriptions: {from: All}",
        "archive: {enabled: true, allowedReplays: {%s}}".formatted(allowed));
  }

  @Test
  void aReplayReachesItsSubscriptionAlone() {
    publish(Instant.now());
    assertThat(received("new-orders")).hasSize(1);
    assertThat(received("others")).hasSize(1);
    await().until(() -> logged() == 1);
    awaitArchived(1);

    world.apply(replay("again", LONG_AGO, Instant.now()));
    EventReplayStatus status = world.ready(EventReplay.class, "deliveries-#", "again").getStatus();

    assertThat(status.phase()).isEqualTo(Phase.COMPLETED);
    assertThat(status.lastReplayedTime()).isNotNull();
    assertThat(status.startTime()).isNotNull();
    assertThat(status.completionTime()).isNotNull();
    String name = status.replayArn().replaceFirst(".*:replay/", "");
    assertThat(received("new-orders"))
        .singleElement()
        .satisfies(message ->
            assertThat(message.body()).contains("\"replay-name\":\"%s\"".formatted(name)));
    assertThat(received("others")).isEmpty();
    assertThat(logged()).as("what audit rules see of a replay").isEqualTo(1);
  }

  @Test
  void aReplayIsNotRunAgain() {
    publish(Instant.now());
    String manifest = replay("again", LONG_AGO, Instant.now());
    world.apply(manifest);
    EventReplayStatus first = world.ready(EventReplay.class, "deliveries-#", "again").getStatus();
    world.delete(EventReplay.class, "deliveries-#", "again");
    world.awaitGone(EventReplay.class, "deliveries-#", "again");
    world.apply(manifest);
    EventReplayStatus second = world.ready(EventReplay.class, "deliveries-#", "again").getStatus();

    assertThat(second.replayArn()).isEqualTo(first.replayArn());
    assertThat(second.startTime()).isEqualTo(first.startTime());
    assertThat(replays(3)).hasSize(1);
  }

  @Test
  void aReplayGoesWhenItsTimeIsOver() {
    world.apply(replay("brief", LONG_AGO, Instant.now(), "ttlSecondsAfterFinished: 0"));
    world.awaitGone(EventReplay.class, "deliveries-#", "brief");
    assertThat(replays(3)).extracting(Replay::state).containsExactly(ReplayState.COMPLETED);
  }

  @Test
  void whoeverDeletesAReplayCancelsIt() {
    publishManyMinutes();
    world.apply(replay("long", LONG_AGO, Instant.now()));
    world.until(
        EventReplay.class,
        "deliveries-#",
        "long",
        it -> it.getStatus().phase() == Phase.RUNNING && it.getStatus().lastReplayedTime() != null);
    world.delete(EventReplay.class, "deliveries-#", "long");
    world.awaitGone(EventReplay.class, "deliveries-#", "long");
    awaitCancelled();
  }

  @Test
  void aReplayEndsWithTheAdmission() {
    publishManyMinutes();
    world.apply(bus("from: All") + GUEST);
    world.ready(EventSubscription.class, "orders-#", "guest");
    world.apply(guestsReplay());
    world.until(
        EventReplay.class, "orders-#", "long", it -> it.getStatus().phase() == Phase.RUNNING);

    world.apply(bus("from: Same"));
    world.until(
        EventReplay.class, "orders-#", "long", it -> it.getStatus().phase() == Phase.CANCELLED);
    world.reason(EventReplay.class, "orders-#", "long", "Ready", "ReplayCancelled");
    awaitCancelled();
  }

  @Test
  void aReplayThatTheOwnerDoesNotAdmitWaitsForTheAdmission() {
    world.apply(GUEST + guestsReplay());
    world.reason(EventReplay.class, "orders-#", "long", "Accepted", "ReferenceNotAllowed");
    assertThat(replays(3)).isEmpty();
    world.apply(bus("from: All"));
    world.ready(EventReplay.class, "orders-#", "long");
  }

  /** What AWS does goes on without an operator. */
  @Test
  void aReplayIsFollowedByTheNextOperator() {
    publishManyMinutes();
    world.apply(replay("long", LONG_AGO, Instant.now()));
    world.until(
        EventReplay.class, "deliveries-#", "long", it -> it.getStatus().phase() == Phase.RUNNING);
    world.stopOperator();
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      deliveries.cancelReplay(it -> it.replayName(replays(3).get(0).replayName()));
    }
    world.startOperator();
    world.until(
        EventReplay.class, "deliveries-#", "long", it -> it.getStatus().phase() == Phase.CANCELLED);
    assertThat(replays(3)).hasSize(1);
  }

  @Test
  void aReplayOfTheBackboneIsForwardedToTheSelectedBuses() {
    world.apply(
        Ecommerce.BACKBONE.replace(
            "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  archive: {enabled: true}"));
    await().until(() -> archives(1) == 1);
    publish(Instant.now());
    assertThat(received("new-orders")).hasSize(1);
    assertThat(received("others")).hasSize(1);
    world.edit(
        ServiceAccountBus.class,
        "deliveries-#",
        "deliveries",
        it -> {
          it.getMetadata().setLabels(Map.of("receives", "again"));
          return it;
        });
    world.apply(
        Manifests.of(
            "EventReplay",
            "platform-#/all",
            "backboneRef: {name: main}",
            "busSelector: {matchLabels: {receives: again}}",
            "from: \"%s\"".formatted(LONG_AGO),
            "to: \"%s\"".formatted(Instant.now())));
    world.ready(EventReplay.class, "platform-#", "all");
    assertThat(replays(1)).hasSize(1);
    assertThat(received("new-orders"))
        .singleElement()
        .satisfies(message -> assertThat(message.body()).contains("\"replay-name\":"));
    assertThat(received("others")).hasSize(1);
  }

  private void awaitCancelled() {
    await()
        .untilAsserted(() ->
            assertThat(replays(3))
                .extracting(Replay::state)
                .containsExactly(ReplayState.CANCELLED));
  }

  private static String guestsReplay() {
    return Manifests.of(
        "EventReplay",
        "orders-#/long",
        "subscriptionRef: {name: guest}",
        "from: \"%s\"".formatted(LONG_AGO),
        "to: \"%s\"".formatted(Instant.now()));
  }

  private static String replay(String name, Instant from, Instant to, String... more) {
    return Manifests.of(
        "EventReplay",
        "deliveries-#/" + name,
        Manifests.with(
            more,
            "subscriptionRef: {name: new-orders}",
            "from: \"%s\"".formatted(from),
            "to: \"%s\"".formatted(to)));
  }

  private void publishManyMinutes() {
    Instant now = Instant.now();
    IntStream.range(0, MINUTES / 10)
        .mapToObj(i ->
            IntStream.range(0, 10)
                .mapToObj(j -> now.minus(10L * i + j, ChronoUnit.MINUTES))
                .toArray(Instant[]::new))
        .forEach(this::publish);
    awaitArchived(MINUTES);
  }

  private void awaitArchived(long events) {
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      await()
          .until(() ->
              deliveries
                      .describeArchive(
                          it -> it.archiveName("event-backbone-local-bus-delivery-service"))
                      .eventCount()
                  == events);
    }
  }

  private void publish(Instant... times) {
    try (EventBridgeClient orders = world.eventBridge(world.account(2))) {
      List<PutEventsRequestEntry> entries =
          List.of(times).stream()
              .map(time ->
                  PutEventsRequestEntry.builder()
                      .eventBusName(
                          "arn:aws:events:%s:%s:event-bus/global-bus"
                              .formatted(World.REGION, world.account(1)))
                      .source("order-service")
                      .detailType("Order.Created")
                      .time(time)
                      .detail("{}")
                      .build())
              .toList();
      assertThat(orders.putEvents(it -> it.entries(entries)).failedEntryCount()).isZero();
    }
  }

  /** What has come to the queue of a subscription; it is taken out. */
  private List<Message> received(String subscription) {
    String queue =
        world.get(EventSubscription.class, "deliveries-#", subscription).getStatus().queueUrl();
    try (SqsClient deliveries = world.sqs(world.account(3))) {
      List<Message> messages =
          deliveries.receiveMessage(it -> it.queueUrl(queue).waitTimeSeconds(2)).messages();
      messages.forEach(message ->
          deliveries.deleteMessage(
              it -> it.queueUrl(queue).receiptHandle(message.receiptHandle())));
      return messages;
    }
  }

  private int logged() {
    try (CloudWatchLogsClient deliveries = world.logs(world.account(3))) {
      return deliveries
          .filterLogEvents(it -> it.logGroupName("/aws/events/local-bus-delivery-service"))
          .events()
          .size();
    }
  }

  private int archives(int digit) {
    try (EventBridgeClient events = world.eventBridge(world.account(digit))) {
      return events.listArchives(it -> {}).archives().size();
    }
  }

  private List<Replay> replays(int digit) {
    try (EventBridgeClient events = world.eventBridge(world.account(digit))) {
      return events.listReplays(it -> {}).replays();
    }
  }
}

package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A team lets its subscription receive archived events again. */
@ExtendWith(RealKubeApi.class)
class ReplayIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String ARCHIVE =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: deliveries, namespace: deliveries-#}
      spec:
        backboneRef: {name: main, namespace: platform-#}
        accountRef: {name: deliveries-#}
        identifier: delivery-service
        archive: {enabled: true, retentionDays: 1}
      ---
      """;

  @TempDir private Path folder;

  private static World world;
  private static AwsEnvironmentOfTest aws;
  private static SqsClient deliveries;
  private static Instant begin;

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + ARCHIVE + Ecommerce.TENANT + Ecommerce.INSIGHT);
    world.awaitReady();
    aws = new AwsEnvironmentOfTest(world.sandbox().endpoint());
    deliveries = world.sqs(3);
    begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
    world.publish("order-service", "{\"metadata\": {}, \"data\": {\"orderId\": \"1\"}}");
    world.publish("order-service", "{\"metadata\": {}, \"data\": {\"orderId\": \"2\"}}");
    await().atMost(PATIENCE).until(() -> messages() == 2);
  }

  @AfterAll
  static void stop() {
    deliveries.close();
    aws.close();
    world.close();
  }

  private static int messages() {
    String queue =
        deliveries.listQueues().queueUrls().stream()
            .filter(it -> it.contains("/new-orders-") && !it.endsWith("-dlq"))
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(
        deliveries
            .getQueueAttributes(it ->
                it.queueUrl(queue)
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void countsThenReplaysOnce() {
    await().atMost(PATIENCE).until(() -> now().isAfter(begin.plusSeconds(3)));
    String from = "--from=" + begin;
    Instant end = now();
    String to = "--to=" + end;

    Result counted =
        world.runWithAws("replay", "deliveries-#/new-orders", from, to, "--dry-run", "-o", "json");

    assertThat(counted.exitCode()).as(counted.out() + counted.err()).isZero();
    assertThat(counted.out()).contains("\"events\" : 2", "\"dryRun\" : true");
    assertThat(world.client().resources(EventReplay.class).inAnyNamespace().list().getItems())
        .noneMatch(it -> it.getSpec().to().equals(end.toString()));

    Result replayed = world.run("replay", "deliveries-#/new-orders", from, to, "--wait");

    assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
    assertThat(replayed.out()).contains("Completed");
    assertThat(replayed.err()).contains("Created EventReplay").contains("[");
    await().atMost(PATIENCE).until(() -> messages() == 4);

    Result again = world.run("replay", "deliveries-#/new-orders", from, to, "--wait");

    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).doesNotContain("Created");
    assertThat(messages()).isEqualTo(4);
  }

  @Test
  void tellsWhyTheOperatorRefuses() {
    Result refused =
        world.run(
            "replay",
            "deliveries-#/new-orders",
            "--from=2126-01-01T00:00:00Z",
            "--to=2126-01-02T00:00:00Z",
            "--wait",
            "-o",
            "json");

    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.out()).contains("EB701");
    assertThat(world.run("status", "-n", "deliveries-#").out())
        .contains("EventReplay", "EB701", "InvalidWindow");
  }

  @Test
  void tellsWhatAManifestWouldReplay() throws IOException {
    String replay =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventReplay
        metadata: {name: planned, namespace: deliveries-#}
        spec: {subscriptionRef: {name: new-orders}, from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z"}
        """;
    Path file = Files.writeString(folder.resolve("replay.yaml"), world.own(replay));

    Result seen = world.run("diff", "-f", file.toString());
    Result partlySeen =
        world.run("diff", "-f", file.toString(), "--as=tenant-#", "-n", "deliveries-#");

    assertThat(List.of(seen, partlySeen))
        .allSatisfy(result -> {
          assertThat(result.exitCode()).as(result.out() + result.err()).isOne();
          assertThat(result.out())
              .contains(
                  world.own(
                      "* deliveries-#/planned replays the events from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z to EventSubscription deliveries-#/new-orders"));
        });
  }

  @Test
  void tellsATenantOfTheMissingRight() {
    Result denied =
        world.run(
            "replay",
            "deliveries-#/new-orders",
            "--from=2026-01-01T00:00:00Z",
            "--to=2026-01-02T00:00:00Z",
            "--as=tenant-#");

    assertThat(denied.exitCode()).isEqualTo(2);
    assertThat(denied.err()).contains("eventreplays");
  }

  @Test
  void cannotCountWithoutTheLog() {
    Result unread =
        world.run(
            "replay",
            "deliveries-#/new-orders",
            "--from=2026-01-01T00:00:00Z",
            "--to=2026-01-02T00:00:00Z",
            "--dry-run");

    assertThat(unread.exitCode()).as(unread.out() + unread.err()).isEqualTo(3);
  }
}

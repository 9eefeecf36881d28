package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.sandbox.api.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart with many objects that are all as they should be. */
class RestartIT {

  private static final int TEAMS = 66;

  private static final String PLATFORM =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: platform}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: teams}
      ---
      """
          + Manifests.account("platform", "300000000000", "allowedNamespaces: {from: All}")
          + Manifests.of(
              "EventBackbone",
              "platform/main",
              "accountRef: {name: platform}",
              "region: eu-west-1",
              "allowedBuses: {from: All}")
          + Manifests.of(
              "EventRoute",
              "platform/all",
              "backboneRef: {name: main}",
              "from: {type: All}",
              "to: {type: AllExceptSender}");

  private static final String TEAM =
      Manifests.account("team-%1$d", "4%1$011d", "allowedNamespaces: {from: All}")
          + Manifests.of(
              "ServiceAccountBus",
              "teams/team-%1$d",
              "backboneRef: {name: main, namespace: platform}",
              "accountRef: {name: team-%1$d}")
          + Manifests.of(
              "EventSubscription",
              "teams/team-%1$d",
              "busRef: {name: team-%1$d}",
              "filter: {detailTypes: [Order.Created]}");

  @TempDir private Path folder;

  @Test
  void writesNothingToAws() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      Path manifests = Files.writeString(folder.resolve("teams.yaml"), manifests());
      site.kubectl().run("apply", "-f", manifests.toString());
      try (OperatorProcess operator = site.startOperator("before-restart", "999999999999")) {
        site.awaitReady();
      }
      List<RecordedCall> writes = site.awsWrites();
      int calls = site.aws().calls().size();
      try (OperatorProcess operator = site.startOperator("after-restart", "999999999999")) {
        awaitChecks(site, calls);
        site.awaitReady();
      }
      assertThat(site.awsWrites()).isEqualTo(writes);
    }
  }

  private static String manifests() {
    return PLATFORM
        + IntStream.range(0, TEAMS).mapToObj(TEAM::formatted).collect(Collectors.joining());
  }

  /** Until every team's queue was looked at again. */
  private static void awaitChecks(Site site, int callsBefore) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            site.aws().calls().stream()
                    .skip(callsBefore)
                    .filter(call -> call.operation().equals("ListTargetsByRule"))
                    .count()
                >= 3L * TEAMS);
  }
}

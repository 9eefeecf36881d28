package io.eventbackbone.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.benchmark.Measurement.Creation;
import io.eventbackbone.local.benchmark.Measurement.DriftRound;
import io.eventbackbone.local.benchmark.Measurement.Restart;
import io.eventbackbone.local.benchmark.Measurement.Step;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark with few accounts: calls, which a slow machine makes as many of; no times. */
class BenchmarkIT {

  private static final int ACCOUNTS = 10;

  // What the operator does today, with a little for the order in which things happen.
  private static final double WRITES_BY_FEWEST = 1.02;
  private static final double CALLS_BY_FEWEST_WRITES = 1.6;
  private static final long CALLS_OF_A_JOIN = 16;

  /** Five more: a policy is read for whose it is, before it is written, and after that. */
  private static final long CALLS_OF_A_JOIN_BY_NAME = 21;

  /**
   * A slow machine spreads the checks of an account over so long a time that they can't share a
   * list of tags. {@code ./benchmark} measures what sharing saves.
   */
  private static final double CALLS_AN_ACCOUNT_AND_DRIFT_CHECK = 13;

  /** For buses, policies, rules, targets and tags; the others are for queues and logs. */
  private static final double OF_THEM_ON_EVENTBRIDGE = 9;

  private static final Set<String> EVENTBRIDGE = Set.of("events", "tagging");

  @Test
  void makesNoMoreCallsThanItMay(@TempDir Path folder) {
    try (KubeApi api = RealKubeApi.start(BenchmarkIT.class, List.of());
        Benchmark benchmark =
            new Benchmark(Checkout.of(Benchmark.class), api, folder, ACCOUNTS, step -> {})) {
      Creation creation = benchmark.create();
      long fewest = creation.fewest().writes();
      assertThat(creation.calls().writes())
          .as("writes at creation: %s", creation.calls())
          .isBetween(fewest, Math.round(WRITES_BY_FEWEST * fewest));
      assertThat(creation.calls().total())
          .as("calls at creation: %s", creation.calls())
          .isLessThanOrEqualTo(Math.round(CALLS_BY_FEWEST_WRITES * fewest));

      Step join = benchmark.join();
      assertThat(join.calls().writes())
          .as("writes of a join: %s", join.calls())
          .isEqualTo(join.fewest().writes());
      assertThat(join.calls().total())
          .as("calls of a join: %s", join.calls())
          .isLessThanOrEqualTo(CALLS_OF_A_JOIN);

      Step joinByName = benchmark.joinByName();
      assertThat(joinByName.calls().writes())
          .as("writes of a join by name: %s", joinByName.calls())
          .isEqualTo(joinByName.fewest().writes());
      assertThat(joinByName.calls().total())
          .as("calls of a join by name: %s", joinByName.calls())
          .isLessThanOrEqualTo(CALLS_OF_A_JOIN_BY_NAME);

      assertThat(List.of(creation.calls(), join.calls(), joinByName.calls()))
          .extracting(Calls::throttled)
          .as("throttled answers")
          .containsOnly(0L);

      Restart restart = benchmark.restart();
      assertThat(restart.calls().writes()).as("writes after a restart").isZero();

      DriftRound round = benchmark.watchDriftChecks(benchmark.shortenDriftCheckInterval());
      assertThat(round.calls().writes()).as("writes of drift checks").isZero();
      assertThat(round.calls().total() / round.buses())
          .as("calls of a drift check, an account: %s", round.calls())
          .isLessThanOrEqualTo(CALLS_AN_ACCOUNT_AND_DRIFT_CHECK);
      assertThat(onEventBridge(round.calls()) / round.buses())
          .as("of them on EventBridge: %s", round.calls())
          .isLessThanOrEqualTo(OF_THEM_ON_EVENTBRIDGE);
    }
  }

  @Test
  void asksKubectlBackbone(@TempDir Path folder) {
    try (KubeApi api = RealKubeApi.start(BenchmarkIT.class, List.of())) {
      Insight insight = InsightProgram.measure(Checkout.of(Benchmark.class), api, folder, ACCOUNTS);

      assertThat(insight.answers().keySet()).containsExactly(Insight.Question.values());
      assertThat(insight.answers().values())
          .allSatisfy(it -> assertThat(it.peakResidentBytes()).isPositive());
      assertThat(folder.resolve("diff_of_route.out")).content().contains("loses Entity2.Created");
    }
  }

  private static double onEventBridge(Calls calls) {
    return calls.byApi().keySet().stream()
        .filter(api -> EVENTBRIDGE.contains(api.service()))
        .mapToLong(calls::of)
        .sum();
  }
}

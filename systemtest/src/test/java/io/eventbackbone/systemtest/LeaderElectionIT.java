package io.eventbackbone.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.sandbox.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.InjectedFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of which one works. Their own AWS accounts tell their calls apart. */
class LeaderElectionIT {

  private static final String FIRST = "999999999991";
  private static final String SECOND = "999999999992";

  /** A Lease lasts 15 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path folder;

  @Test
  void theStandbyCallsAwsOnlyWhenTheLeaderIsGone() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      OperatorProcess leader = site.startOperator("first", FIRST);
      await().until(() -> holder(site).equals("first"));
      try (OperatorProcess standby = site.startOperator("second", SECOND)) {
        site.convergeEcommerce();
        assertThat(standby.isReady()).isTrue();
        assertThat(callsFrom(site, FIRST)).isNotEmpty();
        assertThat(callsFrom(site, SECOND)).isEmpty();

        leader.kill();
        Instant killed = Instant.now();
        int writes = site.awsWrites().size();
        site.kubectl().run("apply", "-k", THIRD_ACCOUNT.toString());
        await().atMost(PATIENCE).until(() -> holder(site).equals("second"));
        site.awaitReady();

        assertThat(callsFrom(site, SECOND)).isNotEmpty().allMatch(it -> it.at().isAfter(killed));
        assertThat(site.awsWrites()).hasSizeGreaterThan(writes);
      }
    }
  }

  @Test
  void aLeaderThatIsToldToEndGivesTheLeaseBack() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      OperatorProcess leader = site.startOperator("first", FIRST);
      await().until(() -> holder(site).equals("first"));
      leader.close();
      assertThat(holder(site)).isEmpty();
    }
  }

  /**
   * What is in flight when the process ends may still be done, beside what the next leader does.
   */
  @Test
  void aLeaderThatCannotFinishKeepsTheLeaseUntilItRunsOut() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      OperatorProcess leader = site.startOperator("first", FIRST);
      await().until(() -> holder(site).equals("first"));
      try (InjectedFault hanging =
          site.aws().inject(Fault.of(new Effect.Latency(Duration.ofMinutes(5))))) {
        site.kubectl().run("apply", "-k", Site.ECOMMERCE.toString());
        await().until(() -> hanging.struck() > 0);
        leader.close();
        assertThat(holder(site)).isEqualTo("first");
      }
    }
  }

  private static final Path THIRD_ACCOUNT = Path.of("..", "samples", "third-account");

  private static String holder(Site site) {
    return site.kubectl()
        .attempt(
            "get",
            "lease",
            "event-backbone-operator",
            "-n",
            Chart.NAMESPACE,
            "-o",
            "jsonpath={.spec.holderIdentity}")
        .output();
  }

  /** Who the operator is it asks STS as itself; everything else as roles of other accounts. */
  private static List<RecordedCall> callsFrom(Site site, String account) {
    return site.aws().calls().stream().filter(call -> call.accountId().equals(account)).toList();
  }
}

package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.InjectedFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of which one works. Their own AWS accounts tell their calls apart. */
class LeaderElectionIT {

  private static final String FIRST = "999999999991";
  private static final String SECOND = "999999999992";

  private static final Path THIRD_ACCOUNT = Path.of("../..", "samples", "third-account");

  /** A Lease lasts 15 seconds, and the machine may be slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void theStandbyCallsAwsOnlyWhenTheLeaderIsGone() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      OperatorProcess leader = startLeader(site);
      try (OperatorProcess standby = site.startOperator("second", SECOND)) {
        site.convergeEcommerce();
        assertThat(standby.isReady()).isTrue();
        assertThat(callsFrom(site, FIRST)).isNotEmpty();
        assertThat(callsFrom(site, SECOND)).isEmpty();

        leader.kill();
        Instant killed = Instant.now();
        int writes = site.awsWrites().size();
        site.kubectl().run("apply", "-k", THIRD_ACCOUNT.toString());
        awaitTakeover(site);
        site.awaitReady();

        assertThat(callsFrom(site, SECOND)).isNotEmpty().allMatch(it -> it.at().isAfter(killed));
        assertThat(site.awsWrites()).hasSizeGreaterThan(writes);
      }
    }
  }

  @Test
  void aLeaderThatIsToldToEndGivesTheLeaseBack() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      OperatorProcess leader = startLeader(site);
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
      OperatorProcess leader = startLeader(site);
      try (InjectedFault hanging =
          site.aws().inject(Fault.of(new Effect.Latency(Duration.ofMinutes(5))))) {
        site.kubectl().run("apply", "-k", Site.ECOMMERCE.toString());
        await().until(() -> hanging.struck() > 0);
        leader.close();
        assertThat(holder(site)).isEqualTo("first");
      }
    }
  }

  /**
   * The path to the API server hangs, and AWS answers. Connections stay open, so that only time
   * tells the leader of it.
   */
  @Test
  void aLeaderThatCannotRenewEndsBeforeAnotherHoldsTheLease() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      try (TcpForwarder path = TcpForwarder.to(site.apiPort());
          OperatorProcess leader = site.startOperator("first", FIRST, path.port())) {
        await().until(() -> holder(site).equals("first"));
        try (OperatorProcess standby = site.startOperator("second", SECOND)) {
          site.convergeEcommerce();
          path.hang();
          awaitTakeover(site);
          leader.awaitDeath();
          assertThat(leader.end()).isBefore(acquired(site));
          assertThat(leader.exitCode()).isEqualTo(1);
          subscribeTo(site, "Order.Shipped");
          assertThat(callsFrom(site, SECOND)).isNotEmpty();
          assertThat(standby.isDead()).isFalse();
        }
      }
    }
  }

  /** Its drift check would be due at once, and its cache still has what was wanted before. */
  @Test
  void aLeaderThatWasStoppedWritesNothingWhenItGoesOnAndEnds() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      OperatorProcess leader = startLeader(site);
      try (OperatorProcess standby = site.startOperator("second", SECOND)) {
        site.convergeEcommerce();
        leader.signal("STOP");
        awaitTakeover(site);
        subscribeTo(site, "Order.Shipped");
        int writes = site.awsWrites().size();
        String objects = objects(site);

        leader.signal("CONT");
        leader.awaitDeath();

        assertThat(leader.exitCode()).isEqualTo(1);
        assertThat(site.awsWrites()).hasSize(writes);
        assertThat(objects(site)).isEqualTo(objects);
        assertThat(standby.isDead()).isFalse();
      } finally {
        leader.kill();
      }
    }
  }

  /** Installs the operator, starts its first replica, and returns when that holds the Lease. */
  private static OperatorProcess startLeader(Site site) throws IOException {
    site.install();
    OperatorProcess leader = site.startOperator("first", FIRST);
    await().until(() -> holder(site).equals("first"));
    return leader;
  }

  private static void awaitTakeover(Site site) {
    await().atMost(PATIENCE).until(() -> holder(site).equals("second"));
  }

  /** The name that the holder's process was started by. */
  private static String holder(Site site) {
    return lease(site, "holderIdentity").replaceFirst("_.*", "");
  }

  private static Instant acquired(Site site) {
    return Instant.parse(lease(site, "acquireTime"));
  }

  private static String lease(Site site, String field) {
    return site.kubectl()
        .attempt(
            "get",
            "lease",
            "event-backbone-operator",
            "-n",
            Chart.NAMESPACE,
            "-o",
            "jsonpath={.spec." + field + "}")
        .output();
  }

  /** Changes a filter, and returns when the operator has made the change in AWS. */
  private static void subscribeTo(Site site, String detailType) {
    String[] subscription = {"esub", "orders", "-n", "deliveries"};
    String filter = "{\"spec\": {\"filter\": {\"detailTypes\": [\"" + detailType + "\"]}}}";
    site.kubectl().run(words("patch", subscription, "--type=merge", "-p=" + filter));
    site.kubectl()
        .run(
            words(
                "wait",
                subscription,
                "--for=jsonpath={.status.observedGeneration}=2",
                "--timeout=60s"));
    site.awaitReady();
  }

  private static String[] words(String verb, String[] object, String... flags) {
    return Stream.of(Stream.of(verb), Arrays.stream(object), Arrays.stream(flags))
        .flatMap(it -> it)
        .toArray(String[]::new);
  }

  /** Each custom resource and its version. */
  private static String objects(Site site) {
    return site.kubectl()
        .run(
            "get",
            "awsaccounts,ebb,svcbus,eroute,esub",
            "-A",
            "-o",
            "custom-columns=K:.kind,N:.metadata.name,V:.metadata.resourceVersion");
  }

  /** Who the operator is it asks STS as itself; everything else as roles of other accounts. */
  private static List<RecordedCall> callsFrom(Site site, String account) {
    return site.aws().calls().stream().filter(call -> call.accountId().equals(account)).toList();
  }
}

package io.eventbackbone.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Leases that others left, and what a leader does with its own. */
@ExtendWith(RealKubeApi.class)
class LeaderElectionIT {

  private static final String NAMESPACE = "default";
  private static final String NAME = "election-it";

  /** Much more than a Lease lasts. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KubernetesClient admin;
  private final KubernetesClient client;
  private final CountDownLatch halted = new CountDownLatch(1);
  private final LeaderElection election;

  LeaderElectionIT(KubeApi api) {
    admin = api.client();
    client = OperatorClient.impatient(new ConfigBuilder(admin.getConfiguration()).build());
    election =
        new LeaderElection(client, new Candidate(NAMESPACE, NAME, "first"), halted::countDown);
  }

  @AfterEach
  void leave() {
    election.close();
    client.close();
    lease().delete();
  }

  @Test
  void aHolderWhoseClockIsAnHourAheadKeepsNobodyOut() {
    ZonedDateTime ahead = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
    create(new LeaseBuilder(anybodys("second")).editSpec().withRenewTime(ahead).endSpec().build());
    election.lead();
    assertThat(holder()).isEqualTo("first");
    election.fence().check();
  }

  @Test
  void aLeaseThatAnAdministratorCreatedEmptyIsTaken() {
    create(new LeaseBuilder(anybodys("")).withSpec(null).build());
    election.lead();
    assertThat(holder()).isEqualTo("first");
  }

  @Test
  void aLeaderGivesTheLeaseBackAndWritesNoMore() {
    election.lead();
    election.close();
    assertThat(holder()).isEmpty();
    assertThatThrownBy(election.fence()::check).isInstanceOf(NotLeaderException.class);
    assertThat(halted.getCount()).isEqualTo(1);
  }

  @Test
  void aLeaderThatSeesAnotherEndsAndLeavesTheLeaseAsItIs() throws InterruptedException {
    election.lead();
    takenBySecond();
    halted.await();
    LeaseSpec taken = lease().get().getSpec();
    election.close();
    assertThat(lease().get().getSpec()).isEqualTo(taken);
  }

  @Test
  void aLeaderWhoseLeaseIsDeletedMakesItAnew() {
    election.lead();
    lease().delete();
    await().atMost(PATIENCE).until(() -> lease().get() != null);
    assertThat(holder()).isEqualTo("first");
    election.fence().check();
  }

  @Test
  void aLeaseThatIsDeletedUnderAnotherHolderIsHeldForItsDuration() {
    FakeClock clock = new FakeClock();
    FencingLease lock = lock(clock, new Term(Duration.ofSeconds(10), clock));
    create(anybodys("second"));
    assertThat(lock.get(client).getHolderIdentity()).isEqualTo("second");
    lease().delete();
    assertThat(lock.get(client).getHolderIdentity()).isEqualTo("second");
    clock.pass(Duration.ofSeconds(16));
    assertThat(lock.get(client)).isNull();
  }

  /** The API server may have done what it did not answer; only an answer counts. */
  @Test
  void onlyAWriteThatSucceedsRenews() {
    FakeClock clock = new FakeClock();
    Term term = new Term(Duration.ofSeconds(10), clock);
    FencingLease lock = lock(clock, term);
    lock.create(client, record("first"));
    term.end();
    lock.get(client);
    takenBySecond();
    assertThatThrownBy(() -> lock.update(client, record("first")))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(term.left()).isEmpty();
    assertThat(holder()).isEqualTo("second");
  }

  /** The elector tries again after a KubernetesClientException, and ends after any other. */
  @Test
  void whateverFailsIsTriedAgain() {
    FakeClock clock = new FakeClock();
    FencingLease lock = lock(clock, new Term(Duration.ofSeconds(10), clock));
    assertThatThrownBy(() -> lock.update(client, record("first")))
        .isInstanceOf(KubernetesClientException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    Config nowhere = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1").build();
    try (KubernetesClient lost = OperatorClient.impatient(nowhere)) {
      assertThatThrownBy(() -> lock.get(lost)).isInstanceOf(KubernetesClientException.class);
    }
  }

  private static FencingLease lock(FakeClock clock, Term term) {
    return new FencingLease(
        new Candidate(NAMESPACE, NAME, "first"), term, LeaderElection.LEASE_DURATION, clock);
  }

  private static LeaderElectionRecord record(String holder) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    return new LeaderElectionRecord(holder, LeaderElection.LEASE_DURATION, now, now, 0);
  }

  private static Lease anybodys(String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(NAME)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(15)
        .endSpec()
        .build();
  }

  private void create(Lease lease) {
    admin.resource(lease).create();
  }

  /** By force: without a version, it never conflicts with a renewal. */
  private void takenBySecond() {
    lease()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"holderIdentity\": \"second\"}}");
  }

  private Resource<Lease> lease() {
    return admin.leases().inNamespace(NAMESPACE).withName(NAME);
  }

  private String holder() {
    return lease().get().getSpec().getHolderIdentity();
  }
}

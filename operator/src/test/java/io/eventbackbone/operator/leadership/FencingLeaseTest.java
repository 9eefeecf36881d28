package io.eventbackbone.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** What the elector is told of a Lease, by which it decides whether it may take the Lease. */
class FencingLeaseTest {

  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  private final FakeClock clock = new FakeClock();
  private final FencingLease lock =
      new FencingLease(
          new Candidate("default", "lease", "first"),
          new Term(Duration.ofSeconds(10), clock),
          LEASE_DURATION,
          clock);

  @Test
  void aHolderWhoseClockIsAheadHoldsTheLeaseForItsDurationOnly() {
    Lease ahead = held(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    assertHeld(ahead);
    clock.pass(LEASE_DURATION.plusMillis(1));
    assertLapsed(ahead);
  }

  @Test
  void aHolderWhoseClockIsBehindHoldsTheLeaseForItsDuration() {
    Lease behind = held(ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
    assertHeld(behind);
    clock.pass(LEASE_DURATION.minusSeconds(1));
    assertHeld(behind);
  }

  @Test
  void aLeaseThatChangesIsHeldAnew() {
    ZonedDateTime renewed = ZonedDateTime.now(ZoneOffset.UTC);
    assertHeld(held(renewed));
    clock.pass(LEASE_DURATION.plusMillis(1));
    assertHeld(held(renewed.plusSeconds(2)));
  }

  @Test
  void aClockThatIsSetAheadTakesTheLeaseFromNobody() {
    Lease lease = held(ZonedDateTime.now(ZoneOffset.UTC));
    assertHeld(lease);
    clock.setWallClockAhead(Duration.ofHours(1));
    assertHeld(lease);
  }

  @Test
  void noHolderIsWaitedForShorterThanItsFenceLasts() {
    Lease hasty =
        new LeaseBuilder(held(now())).editSpec().withLeaseDurationSeconds(1).and().build();
    assertThat(lock.toRecord(hasty).getLeaseDuration()).isEqualTo(LEASE_DURATION);
  }

  @Test
  void aHolderThatSaysSoIsWaitedForLonger() {
    Lease slow =
        new LeaseBuilder(held(now())).editSpec().withLeaseDurationSeconds(60).and().build();
    assertThat(lock.toRecord(slow).getLeaseDuration()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aLeaseThatSaysNothingIsHeldByNobody() {
    assertThat(lock.toRecord(new Lease()).getHolderIdentity()).isNull();
    Lease empty = new LeaseBuilder().withNewSpec().endSpec().build();
    assertThat(lock.toRecord(empty).getHolderIdentity()).isNull();
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  private static Lease held(ZonedDateTime renewTime) {
    return new LeaseBuilder()
        .withNewSpec()
        .withHolderIdentity("second")
        .withLeaseDurationSeconds((int) LEASE_DURATION.toSeconds())
        .withRenewTime(renewTime)
        .endSpec()
        .build();
  }

  private void assertHeld(Lease lease) {
    assertThat(lapsesAt(lease)).isAfter(now());
  }

  private void assertLapsed(Lease lease) {
    assertThat(lapsesAt(lease)).isBefore(now());
  }

  /** As fabric8's elector reckons. */
  private ZonedDateTime lapsesAt(Lease lease) {
    LeaderElectionRecord told = lock.toRecord(lease);
    return told.getRenewTime().plus(told.getLeaseDuration());
  }
}

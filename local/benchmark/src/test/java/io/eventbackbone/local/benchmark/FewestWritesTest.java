package io.eventbackbone.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FewestWritesTest {

  @Test
  void countsWhatThePlanFromNothingHolds() {
    assertThat(FewestWrites.ofBuses(3))
        .isEqualTo(
            new Calls(
                Map.of(
                    new Api("events", "CreateEventBus"), 3L,
                    new Api("events", "PutPermission"), 3L,
                    new Api("events", "PutRule"), 6L,
                    new Api("events", "PutTargets"), 6L,
                    new Api("sqs", "CreateQueue"), 3L,
                    new Api("logs", "CreateLogGroup"), 3L,
                    new Api("logs", "PutRetentionPolicy"), 3L,
                    new Api("logs", "PutResourcePolicy"), 3L),
                0));
    assertThat(FewestWrites.ofEstate(1000).writes())
        .isEqualTo(FewestWrites.ofBuses(1000).writes() + 8);
  }

  @Test
  void aRuleAndItsTargetForEachBusGoAgainstTheRateOfTheBackbonesAccount() {
    assertThat(FewestWrites.rateLimitedInBackboneAccount(1000)).isEqualTo(2 * 1000 + 4);
  }

  @Test
  void theBoundIsByRateForManyAccountsAndByLatencyForFewWritesThere() {
    assertThat(Bound.of(2004, 10_008).seconds()).isEqualTo(2004 / 50.0);
    assertThat(Bound.of(1, 10_000).seconds()).isEqualTo(10_000 * 0.02 / 50);
  }
}

package io.eventbackbone.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartFingerprintsTest {

  private static final AccountScope SCOPE = new AccountScope("222222222222", "eu-west-1");
  private static final Wanted BUS =
      new Present(new EventBus(new EventBusKey(SCOPE, "bus"), Optional.empty(), Optional.empty()));
  private static final BusPolicy POLICY =
      new BusPolicy(new EventBusKey(SCOPE, "bus").policy(), Set.of());
  private static final Wanted LOG = log(7);

  @Test
  void whatIsWantedAsBeforeIsLeftOut() {
    Wanted longer = log(30);
    assertThat(changed(wanted(BUS, LOG), wanted(BUS, longer))).containsExactly(longer);
  }

  @Test
  void whatWasNotWantedBeforeIsThere() {
    assertThat(changed(wanted(BUS), wanted(BUS, LOG))).containsExactly(LOG);
  }

  @Test
  void whatMustGoIsThere() {
    Wanted gone = new Absent(LOG.key());
    assertThat(changed(wanted(BUS, LOG), wanted(BUS, gone))).containsExactly(gone);
  }

  @Test
  void aPolicyBringsTheBusThatTellsWhoseItIs() {
    Wanted gone = new Absent(POLICY.key());
    assertThat(changed(wanted(BUS, new Present(POLICY), LOG), wanted(BUS, gone, LOG)))
        .containsExactlyInAnyOrder(BUS, gone);
  }

  @Test
  void otherTagsConcernEverything() {
    WantedState before = wanted(BUS, LOG);
    WantedState tagged =
        new WantedState(
            new Tags(before.owner(), new TreeMap<>(Map.of("team", "x"))), before.resources());
    assertThat(changed(before, tagged)).containsExactlyInAnyOrder(BUS, LOG);
  }

  private static Iterable<Wanted> changed(WantedState before, WantedState now) {
    return PartFingerprints.of(before).changedIn(now).resources();
  }

  private static WantedState wanted(Wanted... resources) {
    Owner owner = new Owner("c1", "ServiceAccountBus", "orders", "orders");
    return new WantedState(new Tags(owner, new TreeMap<>()), Arrays.asList(resources));
  }

  private static Wanted log(int retentionInDays) {
    return new Present(
        new LogGroup(
            new LogGroupKey(SCOPE, "log", LogGroupKey.Content.EVENTS),
            Optional.of(retentionInDays)));
  }
}

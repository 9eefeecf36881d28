package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRouteStatus;
import io.eventbackbone.operator.topology.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void readyIsTheFirstThatIsNotTrue() {
    List<Condition> decided =
        conditions(List.of(), NOON)
            .yes(Conditions.ACCEPTED, Reason.ACCEPTED, "fine")
            .no(Conditions.PROGRAMMED, Reason.QUOTA_EXCEEDED, "rules are used up")
            .unknown(Conditions.IN_SYNC, Reason.NOT_CHECKED, "see Programmed")
            .summed("ready");
    assertThat(decided)
        .extracting(Condition::getType)
        .containsExactly("Accepted", "Programmed", "InSync", "Ready");
    assertThat(last(decided).getStatus()).isEqualTo("False");
    assertThat(last(decided).getReason()).isEqualTo("QuotaExceeded");
    assertThat(last(decided).getMessage()).isEqualTo("rules are used up");
  }

  @Test
  void readyIsTrueWhenAllAre() {
    List<Condition> decided =
        conditions(List.of(), NOON)
            .yes(Conditions.ACCEPTED, Reason.ACCEPTED, "fine")
            .summed("all is there");
    assertThat(last(decided).getStatus()).isEqualTo("True");
    assertThat(last(decided).getMessage()).isEqualTo("all is there");
    assertThat(last(decided).getObservedGeneration()).isEqualTo(7);
  }

  @Test
  void whatIsDecidedLaterTakesThePlaceOfWhatWasDecidedBefore() {
    assertThat(
            conditions(List.of(), NOON)
                .yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "done")
                .no(Conditions.PROGRAMMED, Reason.ROUTE_REFUSED, "not quite")
                .summed(""))
        .extracting(Condition::getReason)
        .containsExactly("RouteRefused", "RouteRefused");
  }

  @Test
  void theTransitionTimeChangesWithTheStatusOnly() {
    List<Condition> before =
        conditions(List.of(), NOON)
            .no(Conditions.ACCEPTED, Reason.INVALID_FILTER, "bad")
            .summed("");
    Instant later = NOON.plus(Duration.ofHours(1));
    List<Condition> otherReason =
        conditions(before, later)
            .no(Conditions.ACCEPTED, Reason.REFERENCE_NOT_FOUND, "gone")
            .summed("");
    assertThat(otherReason.get(0).getLastTransitionTime()).isEqualTo("2026-11-23T12:00:00Z");
    List<Condition> otherStatus =
        conditions(before, later).yes(Conditions.ACCEPTED, Reason.ACCEPTED, "fine").summed("");
    assertThat(otherStatus.get(0).getLastTransitionTime()).isEqualTo("2026-11-23T13:00:00Z");
  }

  private static Conditions conditions(List<Condition> before, Instant now) {
    return new Conditions(
        new EventRouteStatus(1L, null, before), 7, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Condition last(List<Condition> conditions) {
    return conditions.get(conditions.size() - 1);
  }
}

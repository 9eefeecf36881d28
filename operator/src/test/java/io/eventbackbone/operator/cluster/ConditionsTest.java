package io.eventbackbone.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.eventbackbone.api.v1alpha1.EventRouteStatus;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.Reason.Outlook;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void whatIsTrueAgainKeepsItsReason() {
    List<Condition> before =
        conditions(List.of(), NOON)
            .yes(Conditions.IN_SYNC, Reason.DRIFT_REPAIRED, "a rule was disabled")
            .summed("ready");
    assertThat(
            conditions(before, NOON.plusSeconds(60))
                .again(Conditions.IN_SYNC, Reason.IN_SYNC, "fine")
                .summed("ready"))
        .isEqualTo(before);
    assertThat(
            conditions(List.of(), NOON)
                .again(Conditions.IN_SYNC, Reason.IN_SYNC, "fine")
                .summed("ready"))
        .first()
        .extracting(Condition::getReason, Condition::getMessage)
        .containsExactly("InSync", "fine");
  }

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
        .containsExactly("Accepted", "Programmed", "InSync", "Stalled", "Ready");
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
  void anObjectThatFallsShortIsNotReadyThoughAllIsTrue() {
    Conditions conditions =
        conditions(List.of(), NOON).yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "all is there");
    conditions.fallShort(Reason.NOTHING_ROUTED, "no route");
    List<Condition> decided = conditions.summed("ready");
    assertThat(decided)
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Programmed", "True", "Programmed"),
            tuple("Reconciling", "True", "NothingRouted"),
            tuple("Ready", "False", "NothingRouted"));
  }

  @Test
  void whatIsNotTrueIsToldBeforeAShortfall() {
    Conditions conditions =
        conditions(List.of(), NOON).no(Conditions.PROGRAMMED, Reason.ACCESS_DENIED, "denied");
    conditions.fallShort(Reason.NOTHING_ROUTED, "no route");
    assertThat(last(conditions.summed("ready")).getReason()).isEqualTo("AccessDenied");
  }

  @Test
  void whatBecomesOfEventsIsNoPartOfReady() {
    Conditions conditions =
        conditions(List.of(), NOON).yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "all is there");
    conditions.noSince(Conditions.DELIVERING, Reason.DEAD_LETTERS, since -> "since " + since);
    List<Condition> decided = conditions.summed("ready");
    assertThat(decided)
        .extracting(Condition::getType, Condition::getStatus)
        .containsExactly(
            tuple("Programmed", "True"), tuple("Delivering", "False"), tuple("Ready", "True"));
  }

  @Test
  void aMessageTellsSinceWhenItsReasonStands() {
    List<Condition> before = since(List.of(), NOON, Reason.DEAD_LETTERS);
    assertThat(before.get(0).getMessage()).isEqualTo("since " + NOON);
    assertThat(since(before, NOON.plusSeconds(60), Reason.DEAD_LETTERS)).isEqualTo(before);
    assertThat(since(before, NOON.plusSeconds(60), Reason.BACKLOG).get(0).getMessage())
        .isEqualTo("since " + NOON.plusSeconds(60));
  }

  private static List<Condition> since(List<Condition> before, Instant now, Reason reason) {
    Conditions conditions = conditions(before, now);
    conditions.noSince(Conditions.DELIVERING, reason, since -> "since " + since);
    return conditions.summed("ready");
  }

  static Stream<Reason> reasonsThatKeepFromReady() {
    return Arrays.stream(Reason.values()).filter(reason -> reason.outlook() != Outlook.CURRENT);
  }

  @ParameterizedTest
  @MethodSource("reasonsThatKeepFromReady")
  void whatIsNotReadySaysWhetherItGoesOnByItself(Reason reason) {
    List<Condition> decided =
        conditions(List.of(), NOON)
            .yes(Conditions.ACCEPTED, Reason.ACCEPTED, "fine")
            .no(Conditions.PROGRAMMED, reason, "not yet")
            .summed("");
    String type = reason.outlook() == Outlook.STALLED ? "Stalled" : "Reconciling";
    assertThat(decided)
        .extracting(Condition::getType)
        .containsExactly("Accepted", "Programmed", type, "Ready");
    Condition abnormal = decided.get(2);
    assertThat(abnormal.getStatus()).isEqualTo("True");
    assertThat(abnormal.getReason()).isEqualTo(reason.text());
    assertThat(abnormal.getMessage()).isEqualTo("not yet");
  }

  @Test
  void reconcilingAndStalledGoWhenTheObjectIsReady() {
    List<Condition> before =
        conditions(List.of(), NOON)
            .no(Conditions.PROGRAMMED, Reason.AWS_UNAVAILABLE, "timed out")
            .summed("");
    assertThat(
            conditions(before, NOON)
                .yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "done")
                .summed("ready"))
        .extracting(Condition::getType)
        .containsExactly("Programmed", "Ready");
  }

  @Test
  void whatBlocksADeletionSpeaksForWhatIsKept() {
    List<Condition> before =
        conditions(List.of(), NOON)
            .yes(Conditions.ACCEPTED, Reason.ACCEPTED, "fine")
            .no(Conditions.PROGRAMMED, Reason.ACCESS_DENIED, "denied")
            .summed("");
    assertThat(conditions(before, NOON).waiting(Reason.DELETION_BLOCKED, "waits"))
        .extracting(Condition::getType, Condition::getReason)
        .containsExactly(
            tuple("Accepted", "Accepted"),
            tuple("Programmed", "AccessDenied"),
            tuple("Reconciling", "DeletionBlocked"),
            tuple("Ready", "DeletionBlocked"));
  }

  @Test
  void nothingIsNotReadyForAReasonToBeReady() {
    Conditions conditions = conditions(List.of(), NOON);
    assertThatThrownBy(() -> conditions.notReady(Reason.IN_SYNC, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsDecidedLaterTakesThePlaceOfWhatWasDecidedBefore() {
    assertThat(
            conditions(List.of(), NOON)
                .yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "done")
                .no(Conditions.PROGRAMMED, Reason.ROUTE_REFUSED, "not quite")
                .summed(""))
        .extracting(Condition::getReason)
        .containsExactly("RouteRefused", "RouteRefused", "RouteRefused");
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

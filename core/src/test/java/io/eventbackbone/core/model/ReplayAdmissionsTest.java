package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Cluster.ECOMMERCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus;
import io.eventbackbone.api.v1alpha1.EventReplayStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatusBuilder;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayAdmissionsTest {

  /** The cluster of these tests creates its objects in the first minutes of 2026-11-23. */
  private static final String YESTERDAY =
      "from: \"2026-11-21T00:00:00Z\"\n  to: \"2026-11-22T00:00:00Z\"";

  private static final String ARCHIVE = "archive: {enabled: true}";
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-23T00:30:00Z"));

  @Test
  void aReplayIsForItsSubscriptionsRuleAlone() {
    Cluster cluster = cluster(archived(ARCHIVE), ofSubscription(YESTERDAY));
    AdmittedReplay replay = admitted(cluster);
    assertThat(replay.rules())
        .singleElement()
        .satisfies(rule ->
            assertThat(rule.arn())
                .startsWith(
                    "arn:aws:events:eu-west-1:333333333333:rule/local-bus-delivery-service/new-orders-"));
    assertThat(replay.archive().key().name())
        .isEqualTo("event-backbone-local-bus-delivery-service");
    assertThat(replay.account().getSpec().accountId()).isEqualTo("333333333333");
    assertThat(replay.warnings()).isEmpty();
  }

  @Test
  void aReplayWaitsForTheRuleOfItsSubscription() {
    Cluster cluster = cluster(archived(ARCHIVE), ofSubscription(YESTERDAY));
    assertThat(admitted(cluster).awaited()).hasSize(1);
    cluster
        .get(EventSubscription.class, "new-orders")
        .setStatus(EventSubscriptionStatusBuilder.builder().ruleArn("arn").build());
    assertThat(admitted(cluster).awaited()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-22T00:00:00Z      | 2026-11-21T00:00:00Z      | spec.from, 2026-11-22T00:00:00Z, must be before spec.to
          2026-11-21T00:00:00Z      | 2026-11-21T00:00:00Z      | must be before
          2026-11-22T00:00:00Z      | 2026-11-24T00:00:00Z      | spec.to, 2026-11-24T00:00:00Z, was in the future
          2026-11-25T00:00:00Z      | 2026-11-26T00:00:00Z      | in the future
          2026-11-22T00:00:00+02:00 | 2026-11-21T23:00:00+01:00 | must be before
          yesterday                 | 2026-11-22T00:00:00Z      | must be times such as
          2026-11-21T00:00:00Z      | 2026-11-22                | must be times such as
          """)
  void aWindowIsInOrderAndInThePast(String from, String to, String message) {
    String window = "from: \"%s\"\n  to: \"%s\"".formatted(from, to);
    assertRefused(
        replay(cluster(archived(ARCHIVE), ofSubscription(window))), Reason.INVALID_WINDOW, message);
  }

  /** Time alone admits nothing: the window was in the future when the replay was created. */
  @Test
  void aWindowThatWasInTheFutureStaysRefused() {
    Cluster cluster =
        cluster(
            archived(ARCHIVE),
            ofSubscription("from: \"2026-11-22T00:00:00Z\"\n  to: \"2026-11-23T12:00:00Z\""));
    EventReplay replay = cluster.get(EventReplay.class, "again");
    for (String now : List.of("2026-11-23T00:00:00Z", "2026-12-23T00:00:00Z")) {
      assertRefused(
          new ReplayAdmissions(cluster, InstantSource.fixed(Instant.parse(now))).replay(replay),
          Reason.INVALID_WINDOW,
          "in the future");
    }
  }

  @Test
  void beforeItIsStoredAReplayIsJudgedByTheClock() {
    Cluster cluster =
        cluster(
            archived(ARCHIVE),
            ofSubscription("from: \"2026-11-22T00:00:00Z\"\n  to: \"2026-11-23T12:00:00Z\""));
    EventReplay replay = cluster.get(EventReplay.class, "again");
    replay.getMetadata().setCreationTimestamp(null);
    assertRefused(
        new ReplayAdmissions(cluster, NOW).replay(replay), Reason.INVALID_WINDOW, "in the future");
    InstantSource later = InstantSource.fixed(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(new ReplayAdmissions(cluster, later).replay(replay)).isInstanceOf(Admitted.class);
  }

  @Test
  void theLastTenMinutesAreAWarning() {
    Cluster cluster =
        cluster(
            archived(ARCHIVE),
            ofSubscription("from: \"2026-11-22T00:00:00Z\"\n  to: \"2026-11-23T00:05:00Z\""));
    assertThat(admitted(cluster).warnings())
        .singleElement()
        .asString()
        .contains("less than ten minutes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                              | NOT_ARCHIVED
          archive: {}                                                                     | NOT_ARCHIVED
          archive: {enabled: false}                                                       | NOT_ARCHIVED
          archive: {enabled: null}                                                        | NOT_ARCHIVED
          archive: {allowedReplays: {from: All}}                                          | NOT_ARCHIVED
          """)
  void aBusWithoutAnArchiveHasNothingToReplay(String archive, Reason reason) {
    assertRefused(
        replay(cluster(archived(archive), ofSubscription(YESTERDAY))),
        reason,
        "ServiceAccountBus deliveries/deliveries has no archive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          archive: {enabled: true}
          archive: {enabled: true, allowedReplays: null}
          archive: {enabled: true, allowedReplays: {}}
          archive: {enabled: true, allowedReplays: {from: Same}}
          archive: {enabled: true, allowedReplays: {from: null}}
          archive: {enabled: true, allowedReplays: {from: Selector}}
          archive: {enabled: true, allowedReplays: {from: Selector, selector: {}}}
          archive: {enabled: true, allowedReplays: {from: Selector, selector: {matchLabels: {team: billing}}}}
          archive: {enabled: true, allowedReplays: {selector: {matchLabels: {team: orders}}}}
          """)
  void aGuestReplaysWithTheOwnersLeaveAlone(String archive) {
    assertRefused(
        replay(guest(archive)),
        Reason.REFERENCE_NOT_ALLOWED,
        "does not let namespace orders replay its archive: its owner must admit it in"
            + " spec.archive.allowedReplays");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          archive: {enabled: true, allowedReplays: {from: All}}
          archive: {enabled: true, allowedReplays: {from: Selector, selector: {matchLabels: {team: orders}}}}
          """)
  void aGuestReplaysWithTheOwnersLeave(String archive) {
    assertThat(replay(guest(archive))).isInstanceOf(Admitted.class);
  }

  @Test
  void aSuspendedSubscriptionReceivesNothing() {
    Cluster cluster =
        Cluster.of(
            archived(ARCHIVE)
                .replace(
                    "busRef: {name: deliveries}", "busRef: {name: deliveries}\n  suspend: true"),
            ofSubscription(YESTERDAY));
    assertRefused(
        replay(cluster),
        Reason.SUBSCRIPTION_SUSPENDED,
        "EventSubscription deliveries/new-orders is suspended");
  }

  @Test
  void aRefusedSubscriptionReceivesNothing() {
    Cluster cluster =
        Cluster.of(
            archived(ARCHIVE).replace("[Order.Created]", "[order created]"),
            ofSubscription(YESTERDAY));
    assertRefused(
        replay(cluster),
        Reason.REFERENCE_REFUSED,
        "EventSubscription deliveries/new-orders is not accepted");
  }

  @Test
  void aSubscriptionIsInTheReplaysOwnNamespace() {
    Cluster cluster =
        cluster(archived(ARCHIVE), ofSubscription(YESTERDAY).replace("deliveries", "orders"));
    assertRefused(
        replay(cluster),
        Reason.REFERENCE_NOT_FOUND,
        "spec.subscriptionRef: EventSubscription orders/new-orders does not exist");
  }

  @Test
  void aBackbonesReplayIsForTheRulesOfTheSelectedBuses() {
    Cluster cluster = backbones("event-platform", "{matchLabels: {tier: core}}");
    cluster
        .get(ServiceAccountBus.class, "orders")
        .setStatus(
            ServiceAccountBusStatusBuilder.builder()
                .appliedHash("v1:x")
                .forwardingRuleArn("rule/global-bus/globalToOrderService")
                .build());
    AdmittedReplay replay = admitted(cluster);
    assertThat(replay.rules())
        .extracting(rule -> rule.arn())
        .containsExactly(
            "arn:aws:events:eu-west-1:111111111111:rule/global-bus/globalToOrderService");
    assertThat(replay.archive().key().name()).isEqualTo("event-backbone-global-bus");
    assertThat(replay.awaited()).isEmpty();
  }

  @Test
  void aBackbonesReplayWaitsForARule() {
    Cluster cluster = backbones("event-platform", "{matchLabels: {tier: core}}");
    assertThat(admitted(cluster).awaited()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          event-platform | {}                             | INVALID_SELECTOR    | is empty and selects nothing
          event-platform | null                           | INVALID_SELECTOR    | spec.busSelector is missing
          event-platform | {matchLabels: {tier: nowhere}} | REFERENCE_NOT_FOUND | selects no ServiceAccountBus of EventBackbone event-platform/main
          orders         | {matchLabels: {tier: core}}    | REFERENCE_NOT_FOUND | spec.backboneRef: EventBackbone orders/main does not exist
          """)
  void aBackbonesReplayIsRefused(String namespace, String selector, Reason reason, String why) {
    assertRefused(replay(backbones(namespace, selector)), reason, why);
  }

  @Test
  void aStartedReplayIsFoundAfterItsSubscriptionIsGone() {
    Cluster cluster = cluster(archived(ARCHIVE), ofSubscription(YESTERDAY));
    EventReplay replay = cluster.get(EventReplay.class, "again");
    ReplayAdmissions admissions = new ReplayAdmissions(cluster, NOW);
    ReplayPlace place = admissions.placeOf(replay).orElseThrow();
    assertThat(place.scope().accountId()).isEqualTo("333333333333");
    cluster.remove(cluster.get(EventSubscription.class, "new-orders"));
    assertThat(admissions.placeOf(replay)).isEmpty();
    for (String arn :
        List.of("arn:aws:events:eu-west-1:333333333333:replay/r", "x", "a:b:c:d:e:f")) {
      EventReplayStatus status = EventReplayStatusBuilder.builder().replayArn(arn).build();
      replay.setStatus(status);
      assertThat(admissions.placeOf(replay).isPresent()).isEqualTo(arn.contains("3333"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-20T00:00:00Z | 30 | admitted
          2026-11-20T00:00:00Z |  0 | admitted
          2026-11-21T12:00:00Z | 30 | warned: the archive began at 2026-11-21T12:00:00Z: earlier events are missing
          2026-11-22T00:00:00Z | 30 | refused: the archive began at 2026-11-22T00:00:00Z, after the end of the window
          2026-11-22T12:00:00Z |  0 | refused: the archive began at 2026-11-22T12:00:00Z, after the end of the window
          2026-10-01T00:00:00Z |  2 | warned: the archive keeps events for 2 days, since 2026-11-21T00:30:00Z now
          2026-10-01T00:00:00Z |  1 | refused: the archive keeps events for 1 days, since 2026-11-22T00:30:00Z now
          """)
  void anArchiveHasWhatCameAfterItBeganAndIsNotTooOld(String since, int days, String verdict) {
    ReplayWindow window =
        new ReplayWindow(
            Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));
    String told =
        switch (window.in(Instant.parse(since), days, NOW.instant())) {
          case Refused<List<String>>(Reason reason, String message) -> {
            assertThat(reason).isEqualTo(Reason.NOT_ARCHIVED);
            yield "refused: " + message;
          }
          case Admitted<List<String>>(List<String> warnings) ->
              warnings.isEmpty() ? "admitted" : "warned: " + warnings.get(0);
        };
    assertThat(told).startsWith(verdict);
  }

  private static String archived(String archive) {
    return ECOMMERCE.replace(
        "identifier: delivery-service", "identifier: delivery-service\n  " + archive);
  }

  private static String ofSubscription(String window) {
    return replay("deliveries", "subscriptionRef: {name: new-orders}", window);
  }

  private static String replay(String namespace, String receiver, String window) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventReplay
    metadata: {name: again, namespace: %s}
    spec:
      %s
      %s
    """
        .formatted(namespace, receiver, window);
  }

  /** A subscription of the namespace {@code orders} on the bus of the deliveries. */
  private static Cluster guest(String archive) {
    return Cluster.of(
        archived(archive + "\n  allowedSubscriptions: {from: All}"),
        Manifests.of(
            "EventSubscription",
            "orders/guest",
            "busRef: {name: deliveries, namespace: deliveries}",
            "filter: {detailTypes: [Order.Created]}"),
        replay("orders", "subscriptionRef: {name: guest}", YESTERDAY));
  }

  private static Cluster backbones(String namespace, String selector) {
    return Cluster.of(
        ECOMMERCE.replace("region: eu-west-1", "region: eu-west-1\n  " + ARCHIVE),
        replay(namespace, "backboneRef: {name: main}\n  busSelector: " + selector, YESTERDAY));
  }

  private static Cluster cluster(String... manifests) {
    return Cluster.of(manifests);
  }

  private static Admission<AdmittedReplay> replay(Cluster cluster) {
    return new ReplayAdmissions(cluster, NOW).replay(cluster.get(EventReplay.class, "again"));
  }

  private static AdmittedReplay admitted(Cluster cluster) {
    Admission<AdmittedReplay> admission = replay(cluster);
    assertThat(admission).isInstanceOf(Admitted.class);
    return admission.admitted().orElseThrow();
  }

  private static void assertRefused(
      Admission<AdmittedReplay> admission, Reason reason, String message) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.message()).contains(message);
            });
  }
}

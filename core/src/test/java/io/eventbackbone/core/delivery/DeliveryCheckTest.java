package io.eventbackbone.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionSpec;
import io.eventbackbone.core.delivery.DeliveryCheck.Obstacle;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-29T20:40:59Z");

  private final AdmittedSubscription subscription = subscription();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing anywhere                  | 0 | 0 | 0 |    |         |
          a message just sent               | 3 | 0 | 0 | 0  |         |
          a message that waits too long     | 3 | 0 | 0 | 16 |         | BACKLOG
          an age that nobody knows          | 3 | 0 | 0 |    |         |
          dead letters                      | 0 | 1 | 0 |    |         | DEAD_LETTERS
          dead letters, and a long wait     | 3 | 1 | 0 | 16 | BACKLOG | DEAD_LETTERS
          dead letters here and at the bus  | 0 | 1 | 2 |    |         | DEAD_LETTERS
          events that the bus could not deliver | 3 | 0 | 2 | 16 |     | UNDELIVERED
          a backlog whose age is lost       | 3 | 0 | 0 |    | BACKLOG | BACKLOG
          a backlog that was worked off     | 0 | 0 | 0 |    | BACKLOG |
          a backlog that got young          | 3 | 0 | 0 | 1  | BACKLOG |
          redriven dead letters             | 3 | 0 | 0 |    | DEAD_LETTERS |
          """)
  void theWorstIsTold(
      String name,
      long waiting,
      long letters,
      long undelivered,
      Integer minutes,
      Reason before,
      Reason expected) {
    assertThat(
            check(waiting, letters, undelivered, minutes, Optional.ofNullable(before))
                .map(Obstacle::reason))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void queuesThatWereNotReadSayNothing() {
    assertThat(DeliveryCheck.of(subscription, QueueReadings.NONE, 0, Optional.empty())).isEmpty();
  }

  @Test
  void theMessageNamesTheTimeAndTheCommandThatHelps() {
    assertThat(check(0, 1, 0, null, Optional.empty()).orElseThrow().message(NOW))
        .contains("since 2026-11-29 20:40 UTC")
        .endsWith("run kubectl backbone redrive deliveries/new-orders");
    assertThat(check(0, 0, 1, null, Optional.empty()).orElseThrow().message(NOW))
        .contains("ServiceAccountBus deliveries/deliveries", "since 2026-11-29 20:40 UTC")
        .endsWith("run kubectl backbone redrive deliveries/new-orders --delivery");
    assertThat(check(9, 0, 0, 60, Optional.empty()).orElseThrow().message(NOW))
        .contains("longer than 15 minutes since 2026-11-29 20:40 UTC", "kubectl get esub");
  }

  /** Seconds of visibility, receives, days of retention; the minutes that a message may wait. */
  @ParameterizedTest
  @CsvSource({"60, 5, 4, 15", "0, 1, 4, 15", "600, 5, 4, 50", "43200, 1000, 2, 1440"})
  void aMessageMayWaitAsLongAsItsReceivesTake(
      int visibility, int receives, int retention, long minutes) {
    assertThat(
            DeliveryCheck.patience(
                new EventSubscriptionSpec.Queue(false, visibility, retention, receives)))
        .isEqualTo(Duration.ofMinutes(minutes));
  }

  private Optional<Obstacle> check(
      long waiting, long letters, long undelivered, Integer minutes, Optional<Reason> before) {
    Map<QueueKey, Instant> oldest = new HashMap<>();
    Optional.ofNullable(minutes)
        .ifPresent(it -> oldest.put(subscription.queueKey(), NOW.minus(Duration.ofMinutes(it))));
    QueueReadings readings =
        new QueueReadings(
            Map.of(
                subscription.queueKey(), new QueueMessages(0, waiting, 0),
                subscription.deadLetterQueueKey(), new QueueMessages(letters, 0, 0)),
            oldest,
            NOW);
    return DeliveryCheck.of(subscription, readings, undelivered, before);
  }

  private static AdmittedSubscription subscription() {
    Cluster cluster = Cluster.of(Cluster.ECOMMERCE);
    return new Admissions(cluster)
        .subscription(cluster.get(EventSubscription.class, "new-orders"))
        .admitted()
        .orElseThrow();
  }
}

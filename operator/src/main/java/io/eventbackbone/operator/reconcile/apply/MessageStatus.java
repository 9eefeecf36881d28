package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.MessageCounts;
import io.eventbackbone.core.delivery.DeliveryCheck;
import io.eventbackbone.core.delivery.DeliveryCheck.Obstacle;
import io.eventbackbone.core.delivery.QueueReadings;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How a subscription's messages show in its status. */
public final class MessageStatus {

  private MessageStatus() {}

  /** Decides the condition Delivering. */
  public static void judge(
      AdmittedSubscription subscription, ApplyOutcome outcome, Conditions conditions) {
    Optional<QueueReadings> readings = outcome.readQueues();
    if (readings.isEmpty()) {
      conditions.unknown(Conditions.DELIVERING, Reason.NOT_CHECKED, "see Programmed");
      return;
    }
    Optional<Obstacle> obstacle =
        DeliveryCheck.of(
            subscription,
            readings.get(),
            subscription.bus().resource().getStatus().messageTotals().undelivered(),
            before(subscription));
    if (obstacle.isPresent()) {
      conditions.noSince(Conditions.DELIVERING, obstacle.get().reason(), obstacle.get()::message);
    } else {
      conditions.yes(
          Conditions.DELIVERING,
          Reason.DELIVERING,
          "no dead-letter queue holds messages, and no message is known to wait for too long");
    }
  }

  private static Optional<Reason> before(AdmittedSubscription subscription) {
    return subscription
        .resource()
        .getStatus()
        .condition(Conditions.DELIVERING)
        .map(Condition::getReason)
        .flatMap(text ->
            Arrays.stream(Reason.values()).filter(it -> it.text().equals(text)).findFirst());
  }

  /** The counts for the status. */
  public static MessageCounts counts(AdmittedSubscription subscription, QueueReadings readings) {
    QueueMessages queue = readings.of(subscription.queueKey()).orElse(QueueMessages.NONE);
    QueueMessages letters =
        readings.of(subscription.deadLetterQueueKey()).orElse(QueueMessages.NONE);
    return new MessageCounts(
        queue.visible(),
        queue.inFlight(),
        queue.delayed(),
        letters.total(),
        readings.oldestIn(subscription.queueKey()).map(Instant::toString).orElse(null));
  }
}

package io.eventbackbone.core.delivery;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionSpec;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.QueueMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Judges whether a subscription's events reach its consumer. */
public final class DeliveryCheck {

  /** A consumer that restarts, or works off a burst, needs some minutes. */
  private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(15);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DeliveryCheck() {}

  /**
   * Why events do not reach the consumer.
   *
   * @param text for people; {@code %s} stands for the time since when
   */
  public record Obstacle(Reason reason, String text) {

    /** The message of a condition. */
    public String message(Instant since) {
      return text.formatted(TIME.format(since));
    }
  }

  /**
   * The obstacle that needs a person most. Empty: none is known.
   *
   * @param undelivered events in the dead-letter queue of the subscription's bus; SQS does not tell
   *     which subscription they were for
   * @param before the obstacle so far. It stays a backlog while messages are in the queue and
   *     nothing tells how old they are.
   */
  public static Optional<Obstacle> of(
      AdmittedSubscription subscription,
      QueueReadings readings,
      long undelivered,
      Optional<Reason> before) {
    EventSubscription resource = subscription.resource();
    String name = resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
    if (total(readings.of(subscription.deadLetterQueueKey())) > 0) {
      return Optional.of(
          new Obstacle(
              Reason.DEAD_LETTERS,
              "messages that the consumer could not handle are in the dead-letter queue since %s: mend the consumer, then run kubectl backbone redrive "
                  + name));
    }
    if (undelivered > 0) {
      return Optional.of(
          new Obstacle(
              Reason.UNDELIVERED,
              "events that a rule of %s could not deliver are in its dead-letter queue since %%s, for this subscription or another: run kubectl backbone redrive %s --delivery"
                  .formatted(Admissions.describe(subscription.bus().resource()), name)));
    }
    return isBacklogged(subscription, readings, before)
        ? Optional.of(
            new Obstacle(
                Reason.BACKLOG,
                "messages wait for longer than %s since %%s: see whether the consumer runs and keeps up; kubectl get esub %s -n %s -o jsonpath={.status.messages} tells how many wait"
                    .formatted(
                        describe(patience(resource.getSpec().queue())),
                        resource.getMetadata().getName(),
                        resource.getMetadata().getNamespace())))
        : Optional.empty();
  }

  private static boolean isBacklogged(
      AdmittedSubscription subscription, QueueReadings readings, Optional<Reason> before) {
    if (total(readings.of(subscription.queueKey())) == 0) {
      return false;
    }
    Duration patience = patience(subscription.resource().getSpec().queue());
    return readings
        .oldestIn(subscription.queueKey())
        .map(sent -> Duration.between(sent, readings.at()).compareTo(patience) > 0)
        .orElse(before.equals(Optional.of(Reason.BACKLOG)));
  }

  private static long total(Optional<QueueMessages> messages) {
    return messages.map(QueueMessages::total).orElse(0L);
  }

  /**
   * How long a message may wait: as long as all its receives may take, but no longer than half of
   * the time after which SQS deletes it.
   */
  static Duration patience(EventSubscriptionSpec.Queue queue) {
    Duration receives =
        Duration.ofSeconds(queue.visibilityTimeoutSeconds()).multipliedBy(queue.maxReceiveCount());
    Duration half = Duration.ofDays(queue.retentionDays()).dividedBy(2);
    Duration patience = receives.compareTo(SHORTEST_PATIENCE) > 0 ? receives : SHORTEST_PATIENCE;
    return patience.compareTo(half) > 0 ? half : patience;
  }

  private static String describe(Duration patience) {
    long minutes = patience.toMinutes();
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " minutes";
  }
}

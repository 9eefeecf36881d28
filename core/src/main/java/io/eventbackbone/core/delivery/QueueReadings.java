package io.eventbackbone.core.delivery;

import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of queues when AWS was last read.
 *
 * @param oldest the time at which the oldest message of a queue was sent; absent: not known
 * @param at the time of the reading
 */
public record QueueReadings(
    Map<QueueKey, QueueMessages> messages, Map<QueueKey, Instant> oldest, Instant at) {

  /** No queue was read. */
  public static final QueueReadings NONE = new QueueReadings(Map.of(), Map.of(), Instant.EPOCH);

  public QueueReadings {
    messages = Map.copyOf(messages);
    oldest = Map.copyOf(oldest);
  }

  /** Empty: the queue was not read. */
  public Optional<QueueMessages> of(QueueKey queue) {
    return Optional.ofNullable(messages.get(queue));
  }

  /** Empty: the queue is empty, or CloudWatch did not tell. */
  public Optional<Instant> oldestIn(QueueKey queue) {
    return Optional.ofNullable(oldest.get(queue));
  }
}

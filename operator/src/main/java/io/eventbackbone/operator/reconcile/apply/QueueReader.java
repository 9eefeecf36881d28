package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.core.delivery.QueueReadings;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Collects what an observation tells of messages. */
final class QueueReader {

  private QueueReader() {}

  /**
   * The messages in the wanted queues, as an observation found them. A queue that is made only now
   * is empty.
   *
   * @param before readings of the queues that were not observed again
   * @param oldestIn asks when the oldest message of a queue was sent; called for queues with
   *     messages and consumers alone
   */
  static QueueReadings read(
      WantedState sought,
      ObservedState found,
      Optional<QueueReadings> before,
      Instant at,
      Function<QueueKey, Optional<Instant>> oldestIn) {
    Map<QueueKey, QueueMessages> messages = new HashMap<>();
    Map<QueueKey, Instant> oldest = new HashMap<>();
    before.ifPresent(it -> {
      messages.putAll(it.messages());
      oldest.putAll(it.oldest());
    });
    queues(sought)
        .forEach(queue -> {
          QueueMessages present =
              found.find(queue.key()).flatMap(Observed::messages).orElse(QueueMessages.NONE);
          messages.put(queue.key(), present);
          oldest.remove(queue.key());
          if (hasConsumers(queue) && present.total() > 0) {
            oldestIn.apply(queue.key()).ifPresent(sent -> oldest.put(queue.key(), sent));
          }
        });
    return new QueueReadings(messages, oldest, at);
  }

  private static Stream<Queue> queues(WantedState wanted) {
    return wanted.resources().stream()
        .flatMap(
            it -> it instanceof Wanted.Present(Queue queue) ? Stream.of(queue) : Stream.empty());
  }

  /** A dead-letter queue has none. */
  private static boolean hasConsumers(Queue queue) {
    return queue.redrive().isPresent();
  }
}

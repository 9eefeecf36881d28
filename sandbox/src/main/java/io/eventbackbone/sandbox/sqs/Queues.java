package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All queues. One lock guards everything: a receive may move messages between two queues, and each
 * step is short.
 */
final class Queues {

  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<QueueId, Queue> byId = new TreeMap<>();

  <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  Queue create(QueueId id, QueueAttributes attributes, Map<String, String> tags, Instant now) {
    Queue queue = new Queue(id, attributes, tags, lock.newCondition(), now);
    byId.put(id, queue);
    return queue;
  }

  Optional<Queue> find(QueueId id) {
    return Optional.ofNullable(byId.get(id));
  }

  Queue get(QueueId id) {
    return find(id).orElseThrow(SqsErrors::queueDoesNotExist);
  }

  /** Removes the queue. Long polls on the queue wake up and find that the queue is gone. */
  void delete(Queue queue) {
    byId.remove(queue.id());
    queue.changed().signalAll();
  }

  /** The queues whose dead letters go to a queue, in order of their names. */
  List<QueueId> deadLetterSources(QueueId deadLetterQueue) {
    return of(deadLetterQueue.home()).values().stream()
        .filter(queue ->
            queue
                .attributes()
                .redrive()
                .filter(redrive -> redrive.deadLetterQueue().equals(deadLetterQueue))
                .isPresent())
        .map(Queue::id)
        .toList();
  }

  /** The queues of an account in a Region, in order of their names. */
  NavigableMap<QueueId, Queue> of(Home home) {
    return byId.subMap(new QueueId(home, ""), true, new QueueId(home, "\uffff"), true);
  }
}

package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RequestContext;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All queues, and who may do what with them. One lock guards everything: a receive may move
 * messages between two queues, and each step is short.
 */
final class Queues {

  /** Operations that a queue policy cannot grant to another account (SQS Developer Guide). */
  private static final Set<String> OWNER_ONLY =
      Set.of(
          "CreateQueue",
          "DeleteQueue",
          "ListQueueTags",
          "ListQueues",
          "SetQueueAttributes",
          "TagQueue",
          "UntagQueue");

  private final Authorizer authorizer;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<QueueId, Queue> byId = new TreeMap<>();

  Queues(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

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

  /** Takes the queue away; long polls on it wake up and see that it is gone. */
  void delete(Queue queue) {
    byId.remove(queue.id());
    queue.changed().signalAll();
  }

  /** The queues of an account in a Region, in order of their names. */
  NavigableMap<QueueId, Queue> of(String account, String region) {
    return byId.subMap(
        new QueueId(account, region, ""), true, new QueueId(account, region, "\uffff"), true);
  }

  /** Refuses the operation unless identity and queue policies let the principal pass. */
  void authorize(Principal principal, String operation, QueueId id, RequestContext context) {
    boolean foreign =
        principal instanceof Principal.Account account && !account.accountId().equals(id.account());
    authorizer.authorize(
        principal,
        "sqs:" + operation,
        id.arn(),
        id.account(),
        context.withResourceTags(find(id).map(Queue::tags).orElse(Map.of())),
        find(id)
            .filter(queue -> !(foreign && OWNER_ONLY.contains(operation)))
            .flatMap(queue -> queue.attributes().policy()));
  }
}

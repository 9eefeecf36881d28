package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out message move tasks, one message after the other. */
final class MessageMoveTasks {

  /** Tasks of a queue that ListMessageMoveTasks can tell. */
  static final int REMEMBERED = 10;

  private final Queues queues;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Map<QueueId, Deque<MessageMoveTask>> newestFirst = new HashMap<>();

  MessageMoveTasks(Queues queues, Scheduler scheduler, Clock clock) {
    this.queues = queues;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** The last tasks of a dead-letter queue, newest first. */
  List<MessageMoveTask> of(QueueId source) {
    return List.copyOf(newestFirst.getOrDefault(source, new ArrayDeque<>()));
  }

  MessageMoveTask start(MessageMoveTask.Order order) {
    if (of(order.source()).stream().anyMatch(MessageMoveTask::isRunning)) {
      throw SqsErrors.moveTaskIsRunning();
    }
    Instant now = clock.instant();
    MessageMoveTask task =
        new MessageMoveTask(order, now, queues.get(order.source()).counts(now).visible());
    Deque<MessageMoveTask> tasks =
        newestFirst.computeIfAbsent(order.source(), first -> new ArrayDeque<>());
    tasks.addFirst(task);
    if (tasks.size() > REMEMBERED) {
      tasks.removeLast();
    }
    proceed(task, Duration.ZERO);
    return task;
  }

  private void proceed(MessageMoveTask task, Duration pause) {
    scheduler.after(
        pause,
        () ->
            queues.locked(() -> {
              moveOne(task);
              return task;
            }));
  }

  private void moveOne(MessageMoveTask task) {
    if (!task.isRunning()) {
      return;
    }
    Optional<Queue> source = queues.find(task.order().source());
    Optional<Message> message = source.flatMap(queue -> queue.firstReceivable(clock.instant()));
    if (source.isEmpty()) {
      task.fail(SqsErrors.NON_EXISTENT_QUEUE);
    } else if (message.isEmpty()) {
      task.complete();
    } else {
      move(task, source.get(), message.get());
    }
  }

  private void move(MessageMoveTask task, Queue source, Message message) {
    Optional<QueueId> to = task.order().destination().or(message::deadLetterSource);
    Optional<Queue> destination = to.flatMap(queues::find);
    if (to.isEmpty()) {
      task.fail(SqsErrors.NO_MESSAGE_SOURCE);
    } else if (destination.isEmpty()) {
      task.fail(SqsErrors.NON_EXISTENT_QUEUE);
    } else {
      source.remove(message);
      destination.get().takeRedriven(message, clock.instant());
      task.countMoved();
      proceed(task, task.order().pause());
    }
  }
}

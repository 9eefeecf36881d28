package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A task that moves the messages of a dead-letter queue to other queues. Guarded by the lock of
 * {@link Queues}.
 */
final class MessageMoveTask {

  /** The input of StartMessageMoveTask. */
  record Order(QueueId source, Optional<QueueId> destination, Optional<Integer> messagesPerSecond) {

    Duration pause() {
      return messagesPerSecond
          .map(rate -> Duration.ofSeconds(1).dividedBy(rate))
          .orElse(Duration.ZERO);
    }
  }

  /** The task and its source queue, as a handle names them. */
  record Handle(String taskId, String sourceArn) {

    static Optional<Handle> read(String text) {
      try {
        String json = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        return Json.parseObject(json)
            .filter(handle -> handle.has("taskId") && handle.has("sourceArn"))
            .map(handle ->
                new Handle(handle.get("taskId").asText(), handle.get("sourceArn").asText()));
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
    }

    String text() {
      String json = Json.object().put("taskId", taskId).put("sourceArn", sourceArn).toString();
      return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private enum Status {
    RUNNING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  private final Order order;
  private final Handle handle;
  private final Instant startedAt;
  private final long toMove;
  private long moved;
  private Status status = Status.RUNNING;
  private Optional<String> failureReason = Optional.empty();

  /**
   * A task that has moved nothing yet.
   *
   * @param toMove messages in the source queue now
   */
  MessageMoveTask(Order order, Instant startedAt, long toMove) {
    this.order = order;
    this.handle = new Handle(UUID.randomUUID().toString(), order.source().arn());
    this.startedAt = startedAt;
    this.toMove = toMove;
  }

  Order order() {
    return order;
  }

  Handle handle() {
    return handle;
  }

  long moved() {
    return moved;
  }

  boolean isRunning() {
    return status == Status.RUNNING;
  }

  void countMoved() {
    moved++;
  }

  void complete() {
    status = Status.COMPLETED;
  }

  void cancel() {
    status = Status.CANCELLED;
  }

  void fail(String reason) {
    status = Status.FAILED;
    failureReason = Optional.of(reason);
  }

  /** An entry of ListMessageMoveTasks; a task that has ended has no handle there. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    if (isRunning()) {
      json.put("TaskHandle", handle.text());
    }
    json.put("Status", status.name()).put("SourceArn", order.source().arn());
    order.destination().ifPresent(queue -> json.put("DestinationArn", queue.arn()));
    order.messagesPerSecond().ifPresent(rate -> json.put("MaxNumberOfMessagesPerSecond", rate));
    json.put("ApproximateNumberOfMessagesMoved", moved)
        .put("ApproximateNumberOfMessagesToMove", toMove);
    failureReason.ifPresent(reason -> json.put("FailureReason", reason));
    return json.put("StartedTimestamp", startedAt.toEpochMilli());
  }
}

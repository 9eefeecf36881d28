package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations on message move tasks, which bring messages of a dead-letter queue back. The
 * permissions are those of the SQS Developer Guide, "Troubleshoot Amazon SQS dead-letter queue and
 * DLQ redrive issues".
 */
final class MoveTaskOperations {

  private static final int LARGEST_RATE = 500;

  private final Queues queues;
  private final SqsAccess access;
  private final MessageMoveTasks tasks;

  MoveTaskOperations(Queues queues, SqsAccess access, MessageMoveTasks tasks) {
    this.queues = queues;
    this.access = access;
    this.tasks = tasks;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartMessageMoveTask", this::start,
        "ListMessageMoveTasks", this::list,
        "CancelMessageMoveTask", this::cancel);
  }

  private ObjectNode start(Request request) {
    Members input = request.input();
    QueueId source = id(input.requiredText("SourceArn"), "SourceArn");
    Queue queue = existing(source, "SourceArn");
    require(
        request,
        source,
        "StartMessageMoveTask",
        "ReceiveMessage",
        "DeleteMessage",
        "GetQueueAttributes");
    Optional<QueueId> destination =
        input.text("DestinationArn").map(arn -> id(arn, "DestinationArn"));
    List<QueueId> deadLetterSources = queues.deadLetterSources(source);
    if (deadLetterSources.isEmpty()) {
      throw SqsErrors.notADeadLetterQueue();
    }
    destination.ifPresent(to -> checkDestination(queue, to));
    destination
        .map(List::of)
        .orElse(deadLetterSources)
        .forEach(to -> require(request, to, "SendMessage"));
    Optional<Integer> rate =
        input.text("MaxNumberOfMessagesPerSecond").map(MoveTaskOperations::rate);
    MessageMoveTask task = tasks.start(new MessageMoveTask.Order(source, destination, rate));
    return Json.object().put("TaskHandle", task.handle().text());
  }

  private void checkDestination(Queue source, QueueId destination) {
    if (destination.equals(source.id())) {
      throw SqsErrors.invalidParameter(
          "Source queue arn and destination queue arn cannot be the same.");
    }
    if (existing(destination, "DestinationArn").attributes().type() != source.attributes().type()) {
      throw SqsErrors.invalidParameter(
          "The source queue and destination queue must be of the same queue type.");
    }
  }

  private static int rate(String text) {
    if (!text.matches("\\d{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LARGEST_RATE) {
      throw SqsErrors.invalidParameter(
          "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a"
              + " number that's between 1 and 500.");
    }
    return Integer.parseInt(text);
  }

  private ObjectNode list(Request request) {
    QueueId source = id(request.input().requiredText("SourceArn"), "SourceArn");
    existing(source, "SourceArn");
    require(request, source, "ListMessageMoveTasks", "GetQueueAttributes");
    int most = request.input().integer("MaxResults", 1, MessageMoveTasks.REMEMBERED).orElse(1);
    ObjectNode output = Json.object();
    ArrayNode results = output.putArray("Results");
    tasks.of(source).stream().limit(most).map(MessageMoveTask::toJson).forEach(results::add);
    return output;
  }

  private ObjectNode cancel(Request request) {
    MessageMoveTask.Handle handle =
        MessageMoveTask.Handle.read(request.input().requiredText("TaskHandle"))
            .orElseThrow(
                () -> SqsErrors.invalidParameter("Value for parameter TaskHandle is invalid."));
    QueueId source =
        QueueId.ofArn(handle.sourceArn()).orElseThrow(() -> SqsErrors.noSuchResource("SourceArn"));
    existing(source, "SourceArn");
    require(
        request,
        source,
        "CancelMessageMoveTask",
        "ReceiveMessage",
        "DeleteMessage",
        "GetQueueAttributes");
    MessageMoveTask task =
        tasks.of(source).stream()
            .filter(it -> it.handle().equals(handle))
            .findFirst()
            .orElseThrow(SqsErrors::noSuchMoveTask);
    if (!task.isRunning()) {
      throw SqsErrors.moveTaskIsOver();
    }
    task.cancel();
    return Json.object().put("ApproximateNumberOfMessagesMoved", task.moved());
  }

  private void require(Request request, QueueId queue, String... operations) {
    for (String operation : operations) {
      access.require(request, operation, queue, RequestContext.NONE);
    }
  }

  private static QueueId id(String arn, String member) {
    return QueueId.ofArn(arn)
        .orElseThrow(() ->
            SqsErrors.invalidParameter(
                "You must use this format to specify the %s: arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
                    .formatted(member)));
  }

  private Queue existing(QueueId id, String member) {
    return queues.find(id).orElseThrow(() -> SqsErrors.noSuchResource(member));
  }
}

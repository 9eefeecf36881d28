package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.EventTarget;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.MeasuredResources;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.api.TaggedResources;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Amazon SQS. Requests and answers have the members of the JSON protocol.
 *
 * <p>Queues know their policy, redrive policy and FIFO rules; encryption is kept as a setting, not
 * done.
 */
public final class SqsService
    implements AwsService, EventTarget, TaggedResources, MeasuredResources {

  private final Queues queues = new Queues();
  private final SqsAccess access;
  private final Clock clock;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * @param clock decides which messages are visible, expired or duplicates
   * @param endpoint in front of {@code /<account>/<queue>} in queue URLs
   * @param scheduler works on message move tasks
   */
  public SqsService(
      Authorizer authorizer, Clock clock, Supplier<URI> endpoint, Scheduler scheduler) {
    this.clock = clock;
    this.access = new SqsAccess(authorizer, queues);
    operations.putAll(new QueueOperations(queues, access, clock, endpoint).operations());
    operations.putAll(new MessageOperations(queues, access, clock).operations());
    operations.putAll(new PermissionOperations(access, clock).operations());
    MessageMoveTasks tasks = new MessageMoveTasks(queues, scheduler, clock);
    operations.putAll(new MoveTaskOperations(queues, access, tasks).operations());
  }

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public ServiceErrors errors() {
    return SqsErrors.SQS;
  }

  /** Old clients send forms. */
  @Override
  public Members.Typing typing() {
    return Members.Typing.TEXTUAL;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  @Override
  public Map<String, Map<String, String>> tagged(String account, String region) {
    return queues.locked(() ->
        queues.of(new Home(account, region)).values().stream()
            .filter(queue -> !queue.tags().isEmpty())
            .collect(
                Collectors.toMap(queue -> queue.id().arn(), queue -> Map.copyOf(queue.tags()))));
  }

  @Override
  public String namespace() {
    return "AWS/SQS";
  }

  @Override
  public OptionalLong measure(Home home, String metric, Map<String, String> dimensions) {
    if (!dimensions.keySet().equals(Set.of("QueueName"))) {
      return OptionalLong.empty();
    }
    return queues.locked(() ->
        queues
            .find(new QueueId(home, dimensions.get("QueueName")))
            .map(queue -> measure(queue, metric))
            .orElseGet(OptionalLong::empty));
  }

  private OptionalLong measure(Queue queue, String metric) {
    Instant now = clock.instant();
    return switch (metric) {
      case "ApproximateAgeOfOldestMessage" -> OptionalLong.of(queue.ageOfOldest(now).toSeconds());
      case "ApproximateNumberOfMessagesVisible" -> OptionalLong.of(queue.counts(now).visible());
      case "ApproximateNumberOfMessagesNotVisible" -> OptionalLong.of(queue.counts(now).inFlight());
      case "ApproximateNumberOfMessagesDelayed" -> OptionalLong.of(queue.counts(now).delayed());
      default -> OptionalLong.empty();
    };
  }

  @Override
  public ObjectNode handle(Call call) {
    return queues.locked(() -> AwsService.super.handle(call));
  }

  /**
   * Sends the event as a message.
   *
   * @return {@code NO_RESOURCE} when there is no such queue, {@code NO_PERMISSIONS} when its policy
   *     does not let EventBridge send for that rule, {@code SDK_CLIENT_ERROR} when SQS would refuse
   *     the message itself, for instance one without group in a FIFO queue
   */
  @Override
  public Result deliver(Delivery delivery) {
    return queues.locked(() ->
        QueueId.ofArn(delivery.targetArn())
            .flatMap(queues::find)
            .map(queue -> deliver(delivery, queue))
            .orElseGet(() -> pointless("NO_RESOURCE", SqsErrors.queueDoesNotExist().getMessage())));
  }

  private Result deliver(Delivery delivery, Queue queue) {
    try {
      access.require(
          delivery.sender(),
          "SendMessage",
          queue.id(),
          RequestContext.of(
              Map.of(
                  "aws:SourceArn",
                  delivery.ruleArn(),
                  "aws:SourceAccount",
                  delivery.ruleArn().split(":", -1)[4])));
    } catch (AwsException refused) {
      return pointless("NO_PERMISSIONS", refused.getMessage());
    }
    Draft draft =
        new Draft(
            delivery.body(),
            MessageAttributes.texts(delivery.attributes()),
            delivery.traceHeader(),
            delivery.messageGroupId(),
            Optional.empty(),
            Optional.empty(),
            delivery.sender().identity());
    try {
      queue.send(draft, clock.instant());
      return new Result.Delivered();
    } catch (AwsException refused) {
      return pointless("SDK_CLIENT_ERROR", refused.getMessage());
    }
  }

  private static Result pointless(String errorCode, String message) {
    return new Result.Failed(errorCode, message, Retry.POINTLESS);
  }
}

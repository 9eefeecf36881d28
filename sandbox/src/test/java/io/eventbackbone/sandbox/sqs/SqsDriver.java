package io.eventbackbone.sandbox.sqs;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.MutableClock;
import io.eventbackbone.sandbox.RecordingAuthorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.errors.AwsException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Calls an {@link SqsService} as tests write it: JSON with single quotes, queues by name. */
final class SqsDriver {

  static final String ORDERS = "222222222222";
  static final String REGION = "eu-west-1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final MutableClock clock = new MutableClock();
  final RecordingAuthorizer authorizer = new RecordingAuthorizer();
  final DueWork work = new DueWork();
  final SqsService service =
      new SqsService(authorizer, clock, () -> URI.create("http://localhost:4566"), work);

  /** Work that waits for the clock of the test. */
  final class DueWork implements Scheduler {

    private record Task(Instant due, Runnable runnable) {}

    private final Deque<Task> tasks = new ArrayDeque<>();

    @Override
    public void after(Duration delay, Runnable task) {
      tasks.add(new Task(clock.instant().plus(delay), task));
    }

    /** Does what is due now. */
    void run() {
      while (!tasks.isEmpty() && !tasks.peek().due().isAfter(clock.instant())) {
        tasks.remove().runnable().run();
      }
    }

    @Override
    public void close() {
      tasks.clear();
    }
  }

  static String arn(String queue) {
    return "arn:aws:sqs:" + REGION + ":" + ORDERS + ":" + queue;
  }

  static String url(String queue) {
    return "http://localhost:4566/" + ORDERS + "/" + queue;
  }

  ObjectNode call(String operation, String input) {
    return callAs(ORDERS, operation, input);
  }

  ObjectNode callAs(String account, String operation, String input) {
    return service.handle(
        new Call(
            new Principal.Account(account, "arn:aws:iam::" + account + ":root"),
            REGION,
            operation,
            json(input)));
  }

  /** A call on a queue: its URL is added to the input. */
  ObjectNode on(String queue, String operation, String input) {
    return call(operation, json(input).put("QueueUrl", url(queue)).toString());
  }

  AwsException refusal(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> call(operation, input));
  }

  AwsException refusalOn(String queue, String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> on(queue, operation, input));
  }

  void createQueue(String name, String attributes) {
    call("CreateQueue", "{'QueueName':'%s','Attributes':%s}".formatted(name, attributes));
  }

  void send(String queue, String body) {
    on(queue, "SendMessage", "{'MessageBody':'" + body + "'}");
  }

  void sendToGroup(String queue, String group, String body) {
    on(queue, "SendMessage", "{'MessageBody':'%s','MessageGroupId':'%s'}".formatted(body, group));
  }

  void sendToGroup(String queue, String group, String body, String deduplicationId) {
    on(
        queue,
        "SendMessage",
        "{'MessageBody':'%s','MessageGroupId':'%s','MessageDeduplicationId':'%s'}"
            .formatted(body, group, deduplicationId));
  }

  List<JsonNode> receive(String queue) {
    List<JsonNode> messages = new ArrayList<>();
    on(
            queue,
            "ReceiveMessage",
            "{'MaxNumberOfMessages':10,'MessageSystemAttributeNames':['All'],"
                + "'MessageAttributeNames':['All']}")
        .path("Messages")
        .forEach(messages::add);
    return messages;
  }

  List<String> receiveBodies(String queue) {
    return receive(queue).stream().map(message -> message.get("Body").asText()).toList();
  }

  void delete(String queue, JsonNode message) {
    on(queue, "DeleteMessage", "{'ReceiptHandle':'" + message.get("ReceiptHandle").asText() + "'}");
  }

  String attribute(String queue, String name) {
    return on(queue, "GetQueueAttributes", "{'AttributeNames':['" + name + "']}")
        .path("Attributes")
        .path(name)
        .asText("absent");
  }

  static ObjectNode json(String singleQuoted) {
    try {
      return (ObjectNode) MAPPER.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }
}

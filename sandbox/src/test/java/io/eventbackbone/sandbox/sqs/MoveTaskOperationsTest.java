package io.eventbackbone.sandbox.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.RecordingAuthorizer;
import io.eventbackbone.sandbox.errors.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that come back from a dead-letter queue. */
class MoveTaskOperationsTest {

  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final SqsDriver sqs = new SqsDriver();

  @BeforeEach
  void createQueues() {
    sqs.createQueue("dead", "{}");
    createSource("orders", "dead");
    sqs.createQueue("other", "{}");
  }

  private void createSource(String name, String deadLetters) {
    String redrive =
        "{\\'deadLetterTargetArn\\':\\'%s\\',\\'maxReceiveCount\\':1}"
            .formatted(SqsDriver.arn(deadLetters));
    sqs.createQueue(name, "{'RedrivePolicy':'" + redrive + "'}");
  }

  @Test
  void messagesGoBackToTheQueueTheyCameFrom() {
    createSource("invoices", "dead");
    giveUp("orders", "a");
    giveUp("invoices", "b");

    String handle = start("").get("TaskHandle").asText();
    JsonNode running = list();
    sqs.work.run();

    assertThat(running.at("/Results/0/Status").asText()).isEqualTo("RUNNING");
    assertThat(running.at("/Results/0/TaskHandle").asText()).isEqualTo(handle);
    assertThat(list().at("/Results/0").toString())
        .isEqualTo(
            ("{'Status':'COMPLETED','SourceArn':'%s','ApproximateNumberOfMessagesMoved':2,"
                    + "'ApproximateNumberOfMessagesToMove':2,'StartedTimestamp':%d}")
                .formatted(SqsDriver.arn("dead"), sqs.clock.millis())
                .replace('\'', '"'));
    assertThat(sqs.receiveBodies("orders")).containsExactly("a");
    assertThat(sqs.receiveBodies("invoices")).containsExactly("b");
    assertThat(sqs.attribute("dead", "ApproximateNumberOfMessages")).isEqualTo("0");
  }

  @Test
  void aMovedMessageIsANewOne() {
    giveUp("orders", "a");
    String id = sqs.receive("dead").get(0).get("MessageId").asText();
    sqs.clock.advance(VISIBILITY);

    start("");
    sqs.work.run();
    JsonNode moved = sqs.receive("orders").get(0);

    assertThat(moved.get("MessageId").asText()).isNotEqualTo(id);
    assertThat(moved.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(moved.at("/Attributes/SentTimestamp").asLong()).isEqualTo(sqs.clock.millis());
    assertThat(moved.at("/Attributes").has("DeadLetterQueueSourceArn")).isFalse();
  }

  @Test
  void aRateSpreadsTheMoves() {
    giveUp("orders", "a");
    giveUp("orders", "b");
    giveUp("orders", "c");

    start(",'MaxNumberOfMessagesPerSecond':2");
    sqs.work.run();
    assertThat(moved()).isEqualTo(1);
    sqs.clock.advance(Duration.ofMillis(499));
    sqs.work.run();
    assertThat(moved()).isEqualTo(1);
    sqs.clock.advance(Duration.ofMillis(1));
    sqs.work.run();
    assertThat(moved()).isEqualTo(2);
    assertThat(list().at("/Results/0/MaxNumberOfMessagesPerSecond").asInt()).isEqualTo(2);
  }

  @Test
  void aTaskInFlightIsTheOnlyOneAndCanBeCancelled() {
    giveUp("orders", "a");
    giveUp("orders", "b");
    String handle = start(",'MaxNumberOfMessagesPerSecond':1").get("TaskHandle").asText();
    sqs.work.run();

    AwsException second =
        sqs.refusal("StartMessageMoveTask", "{'SourceArn':'" + SqsDriver.arn("dead") + "'}");
    JsonNode cancelled = sqs.call("CancelMessageMoveTask", "{'TaskHandle':'" + handle + "'}");
    sqs.clock.advance(Duration.ofSeconds(1));
    sqs.work.run();

    assertThat(second.code()).isEqualTo("InvalidParameterValueException");
    assertThat(second)
        .hasMessage(
            "There is already a task running. Only one active task is allowed for a source queue"
                + " arn at a given time.");
    assertThat(cancelled.get("ApproximateNumberOfMessagesMoved").asInt()).isEqualTo(1);
    assertThat(list().at("/Results/0/Status").asText()).isEqualTo("CANCELLED");
    assertThat(list().at("/Results/0").has("TaskHandle")).isFalse();
    assertThat(sqs.receiveBodies("dead")).containsExactly("b");
    assertThat(sqs.refusal("CancelMessageMoveTask", "{'TaskHandle':'" + handle + "'}").code())
        .isEqualTo("UnsupportedOperation");
  }

  @Test
  void messagesInFlightStay() {
    giveUp("orders", "a");
    sqs.receive("dead");

    start("");
    sqs.work.run();

    assertThat(list().at("/Results/0/Status").asText()).isEqualTo("COMPLETED");
    assertThat(moved()).isZero();
  }

  @Test
  void theQueueOfAMessageSentDirectlyIsUnknown() {
    sqs.send("dead", "direct");

    start("");
    sqs.work.run();
    JsonNode failed = list().at("/Results/0");
    start(",'DestinationArn':'" + SqsDriver.arn("other") + "'");
    sqs.work.run();

    assertThat(failed.get("Status").asText()).isEqualTo("FAILED");
    assertThat(failed.get("FailureReason").asText()).isEqualTo("CouldNotDetermineMessageSource");
    assertThat(sqs.receiveBodies("other")).containsExactly("direct");
  }

  @Test
  void aTaskFailsWhenItsDestinationIsDeleted() {
    giveUp("orders", "a");
    start(",'DestinationArn':'" + SqsDriver.arn("other") + "'");
    sqs.on("other", "DeleteQueue", "{}");
    sqs.work.run();

    assertThat(list().at("/Results/0/FailureReason").asText())
        .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
    assertThat(sqs.receiveBodies("dead")).containsExactly("a");
  }

  @Test
  void tellsTheNewestTasks() {
    for (int i = 0; i < 12; i++) {
      start("");
      sqs.work.run();
      sqs.clock.advance(Duration.ofSeconds(1));
    }

    JsonNode all =
        sqs.call(
            "ListMessageMoveTasks",
            "{'SourceArn':'" + SqsDriver.arn("dead") + "','MaxResults':10}");

    assertThat(list().get("Results")).hasSize(1);
    assertThat(all.get("Results")).hasSize(10);
    assertThat(all.at("/Results/0/StartedTimestamp").asLong())
        .isGreaterThan(all.at("/Results/1/StartedTimestamp").asLong());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StartMessageMoveTask  | {}                              | MissingRequiredParameterException | SourceArn
          StartMessageMoveTask  | {'SourceArn':'x'}               | InvalidParameterValueException    | You must use this format to specify the SourceArn
          StartMessageMoveTask  | {'SourceArn':'ARN:none'}        | ResourceNotFoundException         | The resource that you specified for the SourceArn parameter doesn't exist.
          StartMessageMoveTask  | {'SourceArn':'ARN:other'}       | InvalidParameterValueException    | Source queue must be configured as a Dead Letter Queue.
          StartMessageMoveTask  | {'SourceArn':'ARN:dead','DestinationArn':'ARN:none'} | ResourceNotFoundException | The resource that you specified for the DestinationArn parameter doesn't exist.
          StartMessageMoveTask  | {'SourceArn':'ARN:dead','DestinationArn':'ARN:dead'} | InvalidParameterValueException | cannot be the same
          StartMessageMoveTask  | {'SourceArn':'ARN:dead','DestinationArn':'ARN:other.fifo'} | InvalidParameterValueException | of the same queue type
          StartMessageMoveTask  | {'SourceArn':'ARN:dead','MaxNumberOfMessagesPerSecond':501} | InvalidParameterValueException | between 1 and 500
          StartMessageMoveTask  | {'SourceArn':'ARN:dead','MaxNumberOfMessagesPerSecond':0}   | InvalidParameterValueException | between 1 and 500
          ListMessageMoveTasks  | {'SourceArn':'ARN:none'}        | ResourceNotFoundException         | SourceArn
          ListMessageMoveTasks  | {'SourceArn':'ARN:dead','MaxResults':11} | InvalidParameterValueException | MaxResults
          CancelMessageMoveTask | {'TaskHandle':'x'}              | InvalidParameterValueException    | Value for parameter TaskHandle is invalid.
          CancelMessageMoveTask | {'TaskHandle':'HANDLE:none'}    | ResourceNotFoundException         | SourceArn
          CancelMessageMoveTask | {'TaskHandle':'HANDLE:dead'}    | ResourceNotFoundException         | Task does not exist.
          """,
      quoteCharacter = '~')
  void refuses(String operation, String input, String code, String message) {
    sqs.createQueue("other.fifo", "{'FifoQueue':'true'}");
    String full =
        input
            .replace("HANDLE:none", handle("none"))
            .replace("HANDLE:dead", handle("dead"))
            .replace("ARN:", SqsDriver.arn(""));

    AwsException refusal = sqs.refusal(operation, full);

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  void asksForThePermissionsThatAwsNames() {
    start(",'DestinationArn':'" + SqsDriver.arn("other") + "'");

    assertThat(sqs.authorizer.asked())
        .extracting(RecordingAuthorizer.Asked::action)
        .endsWith(
            "sqs:StartMessageMoveTask",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:SendMessage");
    assertThat(sqs.authorizer.last().resourceArn()).isEqualTo(SqsDriver.arn("other"));
  }

  /** Sends a message, and receives it until its queue gives it up. */
  private void giveUp(String queue, String body) {
    sqs.send(queue, body);
    sqs.receive(queue);
    sqs.clock.advance(VISIBILITY);
    sqs.receive(queue);
  }

  private JsonNode start(String parameters) {
    return sqs.call(
        "StartMessageMoveTask", "{'SourceArn':'" + SqsDriver.arn("dead") + "'" + parameters + "}");
  }

  private JsonNode list() {
    return sqs.call("ListMessageMoveTasks", "{'SourceArn':'" + SqsDriver.arn("dead") + "'}");
  }

  private int moved() {
    return list().at("/Results/0/ApproximateNumberOfMessagesMoved").asInt();
  }

  private static String handle(String queue) {
    String json = "{\"taskId\":\"t\",\"sourceArn\":\"" + SqsDriver.arn(queue) + "\"}";
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

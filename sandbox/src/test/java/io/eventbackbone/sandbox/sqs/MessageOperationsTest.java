package io.eventbackbone.sandbox.sqs;

import static io.eventbackbone.sandbox.sqs.SqsDriver.arn;
import static io.eventbackbone.sandbox.sqs.SqsDriver.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageOperationsTest {

  private final SqsDriver sqs = new SqsDriver();

  private void advance(long seconds) {
    sqs.clock.advance(Duration.ofSeconds(seconds));
  }

  private String counts(String queue) {
    return sqs.attribute(queue, "ApproximateNumberOfMessages")
        + " visible, "
        + sqs.attribute(queue, "ApproximateNumberOfMessagesNotVisible")
        + " in flight, "
        + sqs.attribute(queue, "ApproximateNumberOfMessagesDelayed")
        + " delayed";
  }

  @Nested
  class StandardQueue {

    @Test
    void messageArrivesWithItsAttributesAndChecksums() {
      sqs.createQueue("orders", "{}");
      ObjectNode sent =
          sqs.on(
              "orders",
              "SendMessage",
              """
              {'MessageBody':'msg','MessageAttributes':{
                'Hello':{'DataType':'String','StringValue':'There'},
                'General':{'DataType':'String','StringValue':'Kenobi'},
                'Help.Me':{'DataType':'String','StringValue':'Me'}}}\
              """);

      JsonNode received = sqs.receive("orders").get(0);

      assertThat(sent.get("MD5OfMessageBody").asText())
          .isEqualTo("6e2baaf3b97dbeef01c0043275f9a0e7");
      assertThat(sent.get("MD5OfMessageAttributes").asText())
          .isEqualTo("4c360f3fdafd970e05fae2f149d997f5");
      assertThat(received.get("MessageId")).isEqualTo(sent.get("MessageId"));
      assertThat(received.get("MD5OfBody")).isEqualTo(sent.get("MD5OfMessageBody"));
      assertThat(received.get("MD5OfMessageAttributes"))
          .isEqualTo(sent.get("MD5OfMessageAttributes"));
      assertThat(received.get("MessageAttributes").get("Hello"))
          .isEqualTo(json("{'DataType':'String','StringValue':'There'}"));
      assertThat(received.get("Attributes"))
          .isEqualTo(
              json(
                  """
                  {'ApproximateFirstReceiveTimestamp':'1795435200000',
                   'ApproximateReceiveCount':'1',
                   'SenderId':'222222222222',
                   'SentTimestamp':'1795435200000'}\
                  """));
    }

    /** Checksums as recorded from AWS. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            'All'               | 4c360f3fdafd970e05fae2f149d997f5
            '*'                 | 4c360f3fdafd970e05fae2f149d997f5
            '.*'                | 4c360f3fdafd970e05fae2f149d997f5
            'Hello','General'   | fca026605781cb4126a1e9044df24232
            'Hello','Missing'   | a311262e065454b75da111d535b8dacd
            'Hel.*'             | 83fee93c1bcd8b9a5a923ffacdc636c7
            'Missing'           | none
            """,
        quoteCharacter = '"')
    void receiversChooseMessageAttributes(String names, String md5) {
      sqs.createQueue("orders", "{}");
      sqs.on(
          "orders",
          "SendMessage",
          """
          {'MessageBody':'msg','MessageAttributes':{
            'Hello':{'DataType':'String','StringValue':'There'},
            'General':{'DataType':'String','StringValue':'Kenobi'},
            'Help.Me':{'DataType':'String','StringValue':'Me'}}}\
          """);

      JsonNode received =
          sqs.on("orders", "ReceiveMessage", "{'MessageAttributeNames':[" + names + "]}")
              .get("Messages")
              .get(0);

      assertThat(received.path("MD5OfMessageAttributes").asText("none")).isEqualTo(md5);
      assertThat(received.has("Attributes")).isFalse();
    }

    @Test
    void binaryAttributesHaveTheirOwnChecksum() {
      sqs.createQueue("orders", "{}");
      String base64 =
          Base64.getEncoder()
              .encodeToString(
                  "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"
                      .getBytes(StandardCharsets.UTF_8));

      ObjectNode sent =
          sqs.on(
              "orders",
              "SendMessage",
              "{'MessageBody':'test','MessageAttributes':{'attr1':{'DataType':'Binary','BinaryValue':'%s'}}}"
                  .formatted(base64));

      assertThat(sent.get("MD5OfMessageAttributes").asText())
          .isEqualTo("8cbe4db156db8a94db8b801b7addb984");
      assertThat(sqs.receive("orders").get(0).at("/MessageAttributes/attr1/BinaryValue").asText())
          .isEqualTo(base64);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'a':{'DataType':'String','StringValue':''}",
          "'a':{'DataType':'Text','StringValue':'x'}",
          "'a':{'DataType':'Binary','BinaryValue':'%%'}",
          "'AWS.a':{'DataType':'String','StringValue':'x'}",
          "'a b':{'DataType':'String','StringValue':'x'}"
        })
    void refusesMessageAttributes(String attribute) {
      sqs.createQueue("orders", "{}");

      assertThat(
              sqs.refusalOn(
                      "orders",
                      "SendMessage",
                      "{'MessageBody':'x','MessageAttributes':{" + attribute + "}}")
                  .code())
          .isEqualTo("InvalidParameterValueException");
    }

    @Test
    void traceHeaderTravelsAsSystemAttribute() {
      sqs.createQueue("orders", "{}");
      ObjectNode sent =
          sqs.on(
              "orders",
              "SendMessage",
              """
              {'MessageBody':'x','MessageSystemAttributes':{'AWSTraceHeader':
                {'DataType':'String','StringValue':'Root=1-5759e988-bd862e3fe1be46a994272793'}}}\
              """);

      assertThat(sent.get("MD5OfMessageSystemAttributes").asText()).hasSize(32);
      assertThat(sqs.receive("orders").get(0).at("/Attributes/AWSTraceHeader").asText())
          .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {'MessageBody':''}                                | MissingRequiredParameterException
            {}                                                | MissingRequiredParameterException
            {'MessageBody':'\\uFFFF'}                         | InvalidMessageContents
            {'MessageBody':'\\u0001'}                         | InvalidMessageContents
            {'MessageBody':'x','DelaySeconds':901}            | InvalidParameterValueException
            {'MessageBody':'x','DelaySeconds':-1}             | InvalidParameterValueException
            {'MessageBody':'x','MessageDeduplicationId':'a'}  | InvalidParameterValueException
            """,
        quoteCharacter = '"')
    void refusesMessages(String input, String code) {
      sqs.createQueue("orders", "{}");

      assertThat(sqs.refusalOn("orders", "SendMessage", input).code()).isEqualTo(code);
    }

    @Test
    void messagesAreAsLargeAsTheQueueAllows() {
      sqs.createQueue("orders", "{'MaximumMessageSize':'1024'}");
      sqs.send("orders", "x".repeat(1024));

      assertThat(
              sqs.refusalOn("orders", "SendMessage", "{'MessageBody':'" + "ä".repeat(513) + "'}"))
          .hasMessage(
              "One or more parameters are invalid. Reason: Message must be shorter than 1024"
                  + " bytes.");
    }

    @Test
    void receivedMessageIsHiddenUntilItsTimeoutEnds() {
      sqs.createQueue("orders", "{'VisibilityTimeout':'60'}");
      sqs.send("orders", "a");
      assertThat(sqs.receiveBodies("orders")).containsExactly("a");
      assertThat(counts("orders")).isEqualTo("0 visible, 1 in flight, 0 delayed");

      advance(59);
      assertThat(sqs.receive("orders")).isEmpty();
      advance(1);
      JsonNode again = sqs.receive("orders").get(0);

      assertThat(again.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("2");
      sqs.delete("orders", again);
      advance(60);
      assertThat(counts("orders")).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void receiverMaySetTheTimeout() {
      sqs.createQueue("orders", "{}");
      sqs.send("orders", "a");
      sqs.on("orders", "ReceiveMessage", "{'VisibilityTimeout':5}");

      advance(5);
      assertThat(sqs.receiveBodies("orders")).containsExactly("a");
    }

    @Test
    void receivesAtMostWhatIsAskedFor() {
      sqs.createQueue("orders", "{}");
      IntStream.range(0, 4).forEach(i -> sqs.send("orders", "m" + i));

      assertThat(sqs.on("orders", "ReceiveMessage", "{}").get("Messages")).hasSize(1);
      assertThat(sqs.on("orders", "ReceiveMessage", "{'MaxNumberOfMessages':2}").get("Messages"))
          .hasSize(2);
      assertThat(sqs.receiveBodies("orders")).containsExactly("m3");
    }

    @ParameterizedTest
    @CsvSource({
      "MaxNumberOfMessages, 11",
      "MaxNumberOfMessages, 0",
      "WaitTimeSeconds, 21",
      "VisibilityTimeout, 43201"
    })
    void refusesToReceive(String parameter, int value) {
      sqs.createQueue("orders", "{}");

      AwsException refusal =
          sqs.refusalOn("orders", "ReceiveMessage", "{'%s':%d}".formatted(parameter, value));

      assertThat(refusal.code()).isEqualTo("InvalidParameterValueException");
      assertThat(refusal)
          .hasMessageStartingWith(
              "Value %d for parameter %s is invalid. Reason: Must be between"
                  .formatted(value, parameter));
    }

    @Test
    void delaysByQueueAndByMessage() {
      sqs.createQueue("orders", "{'DelaySeconds':'10'}");
      sqs.send("orders", "by queue");
      sqs.on("orders", "SendMessage", "{'MessageBody':'by message','DelaySeconds':0}");
      assertThat(counts("orders")).isEqualTo("1 visible, 0 in flight, 1 delayed");

      assertThat(sqs.receiveBodies("orders")).containsExactly("by message");
      advance(10);
      assertThat(sqs.receiveBodies("orders")).containsExactly("by queue");
    }

    @Test
    void messagesExpire() {
      sqs.createQueue("orders", "{'MessageRetentionPeriod':'60'}");
      sqs.send("orders", "old");
      advance(30);
      sqs.send("orders", "new");
      advance(30);

      assertThat(counts("orders")).isEqualTo("1 visible, 0 in flight, 0 delayed");
      assertThat(sqs.receiveBodies("orders")).containsExactly("new");
    }

    @Test
    void anOlderReceiptDeletesToo() {
      sqs.createQueue("orders", "{'VisibilityTimeout':'10'}");
      sqs.send("orders", "a");
      JsonNode first = sqs.receive("orders").get(0);
      advance(10);
      JsonNode second = sqs.receive("orders").get(0);

      assertThat(counts("orders")).isEqualTo("0 visible, 1 in flight, 0 delayed");
      sqs.delete("orders", first);
      assertThat(counts("orders")).isEqualTo("0 visible, 0 in flight, 0 delayed");
      sqs.delete("orders", second);
    }

    @Test
    void aNameIsAsGoodAsAUrl() {
      sqs.createQueue("orders", "{}");
      sqs.call("SendMessage", "{'QueueUrl':'orders','MessageBody':'a'}");

      assertThat(sqs.receiveBodies("orders")).containsExactly("a");
      assertThat(sqs.refusal("SendMessage", "{'QueueUrl':'none','MessageBody':'a'}").code())
          .isEqualTo("QueueDoesNotExist");
      assertThat(sqs.refusal("SendMessage", "{'QueueUrl':'a b','MessageBody':'a'}").code())
          .isEqualTo("InvalidAddress");
    }

    @ParameterizedTest
    @CsvSource({
      "Größe.1-_, x, ''",
      "日本, x, is invalid",
      "aws.x, x, is invalid",
      "kind, '\\u0001', Invalid binary character"
    })
    void attributesHaveAnAlphabet(String name, String value, String refusal) {
      sqs.createQueue("orders", "{}");
      String input =
          "{'MessageBody':'a','MessageAttributes':{'%s':{'DataType':'String','StringValue':'%s'}}}"
              .formatted(name, value);

      if (refusal.isEmpty()) {
        assertThat(sqs.on("orders", "SendMessage", input).has("MD5OfMessageAttributes")).isTrue();
      } else {
        assertThat(sqs.refusalOn("orders", "SendMessage", input)).hasMessageContaining(refusal);
      }
    }

    @Test
    void refusesWhatIsNoReceiptOfTheQueue() {
      sqs.createQueue("orders", "{}");
      sqs.createQueue("deliveries", "{}");
      sqs.send("deliveries", "a");
      String foreign = sqs.receive("deliveries").get(0).get("ReceiptHandle").asText();

      for (String handle : List.of("nonsense", "%%%", foreign)) {
        AwsException refusal =
            sqs.refusalOn("orders", "DeleteMessage", "{'ReceiptHandle':'" + handle + "'}");
        assertThat(refusal.code()).isEqualTo("ReceiptHandleIsInvalid");
      }
    }

    @Test
    void visibilityCanBeChanged() {
      sqs.createQueue("orders", "{'VisibilityTimeout':'30'}");
      sqs.send("orders", "a");
      changeVisibility(sqs.receive("orders").get(0), 100);
      advance(99);
      assertThat(sqs.receive("orders")).isEmpty();
      advance(1);
      JsonNode again = sqs.receive("orders").get(0);

      changeVisibility(again, 0);
      assertThat(sqs.receiveBodies("orders")).containsExactly("a");
    }

    @Test
    void visibilityEndsTwelveHoursAfterReceiving() {
      sqs.createQueue("orders", "{'VisibilityTimeout':'30'}");
      sqs.send("orders", "a");
      String handle = sqs.receive("orders").get(0).get("ReceiptHandle").asText();
      advance(10);

      assertThat(
              sqs.refusalOn(
                  "orders",
                  "ChangeMessageVisibility",
                  "{'ReceiptHandle':'%s','VisibilityTimeout':43200}".formatted(handle)))
          .hasMessageContaining("beyond the limit [43200 seconds]");
    }

    @Test
    void visibilityOfADeletedMessageCannotBeChanged() {
      sqs.createQueue("orders", "{}");
      sqs.send("orders", "a");
      JsonNode message = sqs.receive("orders").get(0);
      sqs.delete("orders", message);

      assertThat(
              sqs.refusalOn(
                  "orders",
                  "ChangeMessageVisibility",
                  "{'ReceiptHandle':'%s','VisibilityTimeout':1}"
                      .formatted(message.get("ReceiptHandle").asText())))
          .hasMessageContaining("Message does not exist");
    }

    private void changeVisibility(JsonNode message, int seconds) {
      sqs.on(
          "orders",
          "ChangeMessageVisibility",
          "{'ReceiptHandle':'%s','VisibilityTimeout':%d}"
              .formatted(message.get("ReceiptHandle").asText(), seconds));
    }
  }

  @Nested
  class LongPolling {

    @Test
    void receiverWaitsForAMessage() {
      sqs.createQueue("orders", "{'ReceiveMessageWaitTimeSeconds':'20'}");
      CompletableFuture<List<String>> received =
          CompletableFuture.supplyAsync(() -> sqs.receiveBodies("orders"));
      awaitReceive();

      sqs.send("orders", "a");

      assertThat(received.join()).containsExactly("a");
    }

    @Test
    void receiverWakesWhenAMessageIsGivenBack() {
      sqs.createQueue("orders", "{}");
      sqs.send("orders", "a");
      String handle = sqs.receive("orders").get(0).get("ReceiptHandle").asText();
      CompletableFuture<ObjectNode> received =
          CompletableFuture.supplyAsync(
              () -> sqs.on("orders", "ReceiveMessage", "{'WaitTimeSeconds':20}"));
      awaitReceive();

      sqs.on(
          "orders",
          "ChangeMessageVisibility",
          "{'ReceiptHandle':'%s','VisibilityTimeout':0}".formatted(handle));

      assertThat(received.join().get("Messages")).hasSize(1);
    }

    @Test
    void receiverLearnsThatItsQueueIsGone() {
      sqs.createQueue("orders", "{}");
      CompletableFuture<AwsException> refused =
          CompletableFuture.supplyAsync(
              () -> sqs.refusalOn("orders", "ReceiveMessage", "{'WaitTimeSeconds':20}"));
      awaitReceive();

      sqs.on("orders", "DeleteQueue", "{}");

      assertThat(refused.join().code()).isEqualTo("QueueDoesNotExist");
    }

    @Test
    void receiverGoesEmptyHandedInTheEnd() {
      sqs.createQueue("orders", "{}");

      assertThat(sqs.on("orders", "ReceiveMessage", "{'WaitTimeSeconds':1}")).isEmpty();
    }

    /** Being asked, the receiver holds the lock until it waits, so later calls find it waiting. */
    private void awaitReceive() {
      Awaitility.await().until(() -> sqs.authorizer.last().action().equals("sqs:ReceiveMessage"));
    }
  }

  @Nested
  class DeadLetters {

    private void redrive(String queue, String target, int maxReceiveCount) {
      ObjectNode input = json("{'Attributes':{}}");
      input
          .withObject("/Attributes")
          .put(
              "RedrivePolicy",
              "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                  .formatted(arn(target), maxReceiveCount));
      sqs.on(queue, "SetQueueAttributes", input.toString());
    }

    @Test
    void messageMovesWhenItWasReceivedOftenEnough() {
      sqs.createQueue("orders-dlq", "{}");
      sqs.createQueue("orders", "{'VisibilityTimeout':'10'}");
      redrive("orders", "orders-dlq", 2);
      sqs.send("orders", "poison");
      String id = sqs.receive("orders").get(0).get("MessageId").asText();
      advance(10);
      assertThat(sqs.receiveBodies("orders")).containsExactly("poison");
      advance(10);
      assertThat(sqs.receive("orders")).isEmpty();

      JsonNode dead = sqs.receive("orders-dlq").get(0);
      assertThat(dead.get("MessageId").asText()).isEqualTo(id);
      assertThat(dead.get("Attributes"))
          .isEqualTo(
              json(
                  """
                  {'ApproximateFirstReceiveTimestamp':'1795435200000',
                   'ApproximateReceiveCount':'3',
                   'DeadLetterQueueSourceArn':'arn:aws:sqs:eu-west-1:222222222222:orders',
                   'SenderId':'222222222222',
                   'SentTimestamp':'1795435200000'}\
                  """));
      assertThat(counts("orders")).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void receivesInTheSourceDoNotCountInTheDeadLetterQueue() {
      sqs.createQueue("last", "{}");
      sqs.createQueue("orders-dlq", "{'VisibilityTimeout':'10'}");
      sqs.createQueue("orders", "{'VisibilityTimeout':'10'}");
      redrive("orders-dlq", "last", 1);
      redrive("orders", "orders-dlq", 1);
      sqs.send("orders", "poison");
      assertThat(sqs.receive("orders")).hasSize(1);
      advance(10);
      assertThat(sqs.receive("orders")).isEmpty();

      assertThat(sqs.receive("orders-dlq")).hasSize(1);
      advance(10);
      assertThat(sqs.receive("orders-dlq")).isEmpty();
      assertThat(sqs.receive("last")).hasSize(1);
    }

    @Test
    void messageStaysWhenTheDeadLetterQueueIsGone() {
      sqs.createQueue("orders-dlq", "{}");
      sqs.createQueue("orders", "{'VisibilityTimeout':'0'}");
      redrive("orders", "orders-dlq", 1);
      sqs.on("orders-dlq", "DeleteQueue", "{}");
      sqs.send("orders", "poison");

      assertThat(sqs.receiveBodies("orders")).containsExactly("poison");
      assertThat(sqs.receiveBodies("orders")).containsExactly("poison");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", ".fifo, 1"})
    void ageCountsOnInStandardQueuesOnly(String suffix, int left) {
      String type =
          suffix.isEmpty() ? "{" : "{'FifoQueue':'true','ContentBasedDeduplication':'true',";
      sqs.createQueue("dlq" + suffix, type + "'MessageRetentionPeriod':'100'}");
      sqs.createQueue("orders" + suffix, type + "'VisibilityTimeout':'60'}");
      redrive("orders" + suffix, "dlq" + suffix, 1);
      if (suffix.isEmpty()) {
        sqs.send("orders", "poison");
      } else {
        sqs.sendToGroup("orders.fifo", "a", "poison");
      }
      assertThat(sqs.receive("orders" + suffix)).hasSize(1);
      advance(60);
      assertThat(sqs.receive("orders" + suffix)).isEmpty();

      advance(40);
      assertThat(sqs.receive("dlq" + suffix)).hasSize(left);
    }
  }

  @Nested
  class FifoQueue {

    private static final String FIFO = "orders.fifo";

    private void createQueue() {
      sqs.createQueue(
          FIFO, "{'FifoQueue':'true','ContentBasedDeduplication':'true','VisibilityTimeout':'30'}");
    }

    @Test
    void groupWaitsForItsMessageInFlight() {
      createQueue();
      sqs.sendToGroup(FIFO, "a", "a1");
      sqs.sendToGroup(FIFO, "b", "b1");
      sqs.sendToGroup(FIFO, "a", "a2");
      JsonNode first = sqs.on(FIFO, "ReceiveMessage", "{}").get("Messages").get(0);
      assertThat(first.get("Body").asText()).isEqualTo("a1");

      assertThat(sqs.receiveBodies(FIFO)).containsExactly("b1");
      sqs.delete(FIFO, first);
      assertThat(sqs.receiveBodies(FIFO)).containsExactly("a2");
    }

    @Test
    void aGroupComesBeforeTheNextOne() {
      createQueue();
      sqs.sendToGroup(FIFO, "a", "a1");
      sqs.sendToGroup(FIFO, "b", "b1");
      sqs.sendToGroup(FIFO, "a", "a2");
      sqs.sendToGroup(FIFO, "b", "b2");

      assertThat(
              sqs.on(FIFO, "ReceiveMessage", "{'MaxNumberOfMessages':3}")
                  .get("Messages")
                  .findValuesAsText("Body"))
          .containsExactly("a1", "a2", "b1");
    }

    @Test
    void purgeForgetsRepetitions() {
      createQueue();
      sqs.sendToGroup(FIFO, "a", "x", "1");
      sqs.on(FIFO, "PurgeQueue", "{}");
      sqs.sendToGroup(FIFO, "a", "y", "1");

      assertThat(sqs.receiveBodies(FIFO)).containsExactly("y");
    }

    @ParameterizedTest
    @CsvSource({"MessageGroupId", "MessageDeduplicationId"})
    void idsHaveAnAlphabetAndALength(String member) {
      createQueue();
      String other = member.equals("MessageGroupId") ? "MessageDeduplicationId" : "MessageGroupId";
      String message = "{'MessageBody':'x','%s':'1','%s':'%s'}";

      sqs.on(
          FIFO, "SendMessage", message.formatted(other, member, "a!#$%&()*+,-./:;<=>?@[]^_{|}~"));
      sqs.on(FIFO, "SendMessage", message.formatted(other, member, "a".repeat(128)));
      for (String id : List.of("", "a b", "\u00e4", "a".repeat(129))) {
        assertThat(sqs.refusalOn(FIFO, "SendMessage", message.formatted(other, member, id)))
            .hasMessage(
                "Value %s for parameter %s is invalid. Reason: %s can only include alphanumeric and punctuation characters. 1 to 128 in length."
                    .formatted(id, member, member));
      }
    }

    @Test
    void groupComesTogetherAndComesBackInOrder() {
      createQueue();
      IntStream.range(0, 3).forEach(i -> sqs.sendToGroup(FIFO, "a", "a" + i));
      assertThat(sqs.receiveBodies(FIFO)).containsExactly("a0", "a1", "a2");

      advance(30);
      assertThat(sqs.receiveBodies(FIFO)).containsExactly("a0", "a1", "a2");
    }

    @Test
    void repetitionWithinFiveMinutesIsTheFirstMessage() {
      createQueue();
      ObjectNode first =
          sqs.on(
              FIFO,
              "SendMessage",
              "{'MessageBody':'x','MessageGroupId':'a','MessageDeduplicationId':'1'}");
      ObjectNode repeated =
          sqs.on(
              FIFO,
              "SendMessage",
              "{'MessageBody':'y','MessageGroupId':'b','MessageDeduplicationId':'1'}");
      assertThat(repeated.get("MessageId")).isEqualTo(first.get("MessageId"));
      assertThat(repeated.get("SequenceNumber")).isEqualTo(first.get("SequenceNumber"));
      JsonNode received = sqs.receive(FIFO).get(0);
      assertThat(received.at("/Attributes/MessageDeduplicationId").asText()).isEqualTo("1");
      assertThat(received.at("/Attributes/MessageGroupId").asText()).isEqualTo("a");
      sqs.delete(FIFO, received);

      advance(299);
      sqs.sendToGroup(FIFO, "a", "x", "1");
      assertThat(sqs.receive(FIFO)).isEmpty();
      advance(1);
      sqs.sendToGroup(FIFO, "a", "x", "1");
      assertThat(sqs.receiveBodies(FIFO)).containsExactly("x");
    }

    @Test
    void equalBodiesAreRepetitionsByContent() {
      createQueue();
      sqs.sendToGroup(FIFO, "a", "same");
      sqs.sendToGroup(FIFO, "b", "same");

      assertThat(sqs.receiveBodies(FIFO)).containsExactly("same");
    }

    @Test
    void deduplicationMayBeWithinAGroup() {
      sqs.createQueue(
          FIFO,
          "{'FifoQueue':'true','ContentBasedDeduplication':'true','DeduplicationScope':'messageGroup'}");
      sqs.sendToGroup(FIFO, "a", "same");
      sqs.sendToGroup(FIFO, "b", "same");
      sqs.sendToGroup(FIFO, "b", "same");

      assertThat(sqs.receiveBodies(FIFO)).containsExactly("same", "same");
    }

    @Test
    void refusesIncompleteMessages() {
      sqs.createQueue(FIFO, "{'FifoQueue':'true'}");

      AwsException noGroup =
          sqs.refusalOn(FIFO, "SendMessage", "{'MessageBody':'x','MessageDeduplicationId':'1'}");
      assertThat(noGroup.code()).isEqualTo("MissingRequiredParameterException");
      assertThat(noGroup).hasMessage("The request must contain the parameter MessageGroupId.");
      assertThat(sqs.refusalOn(FIFO, "SendMessage", "{'MessageBody':'x','MessageGroupId':'a'}"))
          .hasMessage(
              "The queue should either have ContentBasedDeduplication enabled or"
                  + " MessageDeduplicationId provided explicitly");
      assertThat(
              sqs.refusalOn(
                  FIFO,
                  "SendMessage",
                  "{'MessageBody':'x','MessageGroupId':'a','MessageDeduplicationId':'1','DelaySeconds':2}"))
          .hasMessage(
              "Value 2 for parameter DelaySeconds is invalid. Reason: The request include"
                  + " parameter that is not valid for this queue type.");
    }

    @Test
    void receiptExpiresWithItsTimeout() {
      createQueue();
      sqs.sendToGroup(FIFO, "a", "a1");
      String handle = sqs.receive(FIFO).get(0).get("ReceiptHandle").asText();
      advance(30);

      assertThat(sqs.refusalOn(FIFO, "DeleteMessage", "{'ReceiptHandle':'" + handle + "'}"))
          .hasMessage(
              "Value %s for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
                  .formatted(handle));
    }
  }

  @Nested
  class Batches {

    @Test
    void entriesSucceedAndFailOnTheirOwn() {
      sqs.createQueue("orders", "{'MaximumMessageSize':'1024'}");
      ObjectNode sent =
          sqs.on(
              "orders",
              "SendMessageBatch",
              "{'Entries':[{'Id':'small','MessageBody':'x'},{'Id':'large','MessageBody':'%s'}]}"
                  .formatted("y".repeat(1025)));

      assertThat(sent.get("Successful")).hasSize(1);
      assertThat(sent.at("/Successful/0/Id").asText()).isEqualTo("small");
      assertThat(sent.at("/Successful/0/MD5OfMessageBody").asText())
          .isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
      assertThat(sent.at("/Failed/0/Id").asText()).isEqualTo("large");
      assertThat(sent.at("/Failed/0/Code").asText()).isEqualTo("InvalidParameterValue");
      assertThat(sent.at("/Failed/0/SenderFault").asBoolean()).isTrue();
    }

    @Test
    void deletesAndHidesInBatches() {
      sqs.createQueue("orders", "{}");
      sqs.send("orders", "a");
      sqs.send("orders", "b");
      List<JsonNode> received = sqs.receive("orders");

      ObjectNode hidden =
          sqs.on(
              "orders",
              "ChangeMessageVisibilityBatch",
              "{'Entries':[{'Id':'1','ReceiptHandle':'%s','VisibilityTimeout':0}]}"
                  .formatted(received.get(0).get("ReceiptHandle").asText()));
      ObjectNode deleted =
          sqs.on(
              "orders",
              "DeleteMessageBatch",
              "{'Entries':[{'Id':'1','ReceiptHandle':'%s'},{'Id':'2','ReceiptHandle':'x'}]}"
                  .formatted(received.get(1).get("ReceiptHandle").asText()));

      assertThat(hidden).isEqualTo(json("{'Successful':[{'Id':'1'}]}"));
      assertThat(deleted.at("/Successful/0/Id").asText()).isEqualTo("1");
      assertThat(deleted.at("/Failed/0/Code").asText()).isEqualTo("ReceiptHandleIsInvalid");
      assertThat(sqs.receiveBodies("orders")).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            []                                                   | EmptyBatchRequest
            [{'Id':'','MessageBody':'x'}]                        | InvalidBatchEntryId
            [{'Id':'a:b','MessageBody':'x'}]                     | InvalidBatchEntryId
            [{'Id':'a','MessageBody':'x'},{'Id':'a','MessageBody':'y'}] | BatchEntryIdsNotDistinct
            """,
        quoteCharacter = '"')
    void refusesBatches(String entries, String code) {
      sqs.createQueue("orders", "{}");

      assertThat(sqs.refusalOn("orders", "SendMessageBatch", "{'Entries':" + entries + "}").code())
          .isEqualTo(code);
    }

    @Test
    void refusesMoreThanTenEntries() {
      sqs.createQueue("orders", "{}");
      ObjectNode input = json("{'Entries':[]}");
      IntStream.range(0, 11)
          .forEach(i ->
              input.withArray("Entries").addObject().put("Id", "" + i).put("MessageBody", "x"));

      AwsException refusal = sqs.refusalOn("orders", "SendMessageBatch", input.toString());

      assertThat(refusal.code()).isEqualTo("TooManyEntriesInBatchRequest");
      assertThat(refusal)
          .hasMessage("Maximum number of entries per request are 10. You have sent 11.");
    }

    @Test
    void refusesBatchesOverOneMebibyte() {
      sqs.createQueue("orders", "{}");
      String half = "x".repeat(524_288);

      AwsException refusal =
          sqs.refusalOn(
              "orders",
              "SendMessageBatch",
              "{'Entries':[{'Id':'1','MessageBody':'%s'},{'Id':'2','MessageBody':'%sy'}]}"
                  .formatted(half, half));

      assertThat(refusal.code()).isEqualTo("BatchRequestTooLong");
      assertThat(refusal)
          .hasMessage(
              "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
      assertThat(sqs.receive("orders")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            'MessageBody':'\\u0001'                         | InvalidMessageContents
            'MessageBody':''                                | MissingParameter
            'MessageBody':'x','DelaySeconds':901            | InvalidParameterValue
            'MessageBody':'x','MessageGroupId':'a b'        | InvalidParameterValue
            """)
    void anEntryThatIsInvalidFailsAlone(String entry, String code) {
      sqs.createQueue("orders", "{}");

      ObjectNode sent =
          sqs.on(
              "orders",
              "SendMessageBatch",
              "{'Entries':[{'Id':'good','MessageBody':'x'},{'Id':'bad',%s}]}".formatted(entry));

      assertThat(sent.at("/Successful/0/Id").asText()).isEqualTo("good");
      assertThat(sent.at("/Failed/0/Id").asText()).isEqualTo("bad");
      assertThat(sent.at("/Failed/0/Code").asText()).isEqualTo(code);
    }

    @Test
    void incompleteFifoEntryRefusesTheWholeBatch() {
      sqs.createQueue("orders.fifo", "{'FifoQueue':'true','ContentBasedDeduplication':'true'}");

      AwsException refusal =
          sqs.refusalOn(
              "orders.fifo",
              "SendMessageBatch",
              "{'Entries':[{'Id':'1','MessageBody':'x','MessageGroupId':'a'},{'Id':'2','MessageBody':'y'}]}");

      assertThat(refusal.code()).isEqualTo("InvalidParameterValueException");
      assertThat(refusal).hasMessage("The request must contain the parameter MessageGroupId.");
      assertThat(sqs.receive("orders.fifo")).isEmpty();
    }
  }
}

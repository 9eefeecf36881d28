package io.eventbackbone.sandbox.sqs;

import static io.eventbackbone.sandbox.sqs.SqsDriver.ORDERS;
import static io.eventbackbone.sandbox.sqs.SqsDriver.arn;
import static io.eventbackbone.sandbox.sqs.SqsDriver.json;
import static io.eventbackbone.sandbox.sqs.SqsDriver.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueOperationsTest {

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"rule","Effect":"Allow",\
      "Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage",\
      "Resource":"*"}]}\
      """;

  private final SqsDriver sqs = new SqsDriver();

  @Test
  void newQueueHasTheDocumentedDefaults() {
    sqs.createQueue("orders", "{}");

    assertThat(sqs.on("orders", "GetQueueAttributes", "{'AttributeNames':['All']}"))
        .isEqualTo(
            json(
                """
                {'Attributes':{
                  'ApproximateNumberOfMessages':'0',
                  'ApproximateNumberOfMessagesDelayed':'0',
                  'ApproximateNumberOfMessagesNotVisible':'0',
                  'CreatedTimestamp':'1795435200',
                  'DelaySeconds':'0',
                  'LastModifiedTimestamp':'1795435200',
                  'MaximumMessageSize':'1048576',
                  'MessageRetentionPeriod':'345600',
                  'QueueArn':'arn:aws:sqs:eu-west-1:222222222222:orders',
                  'ReceiveMessageWaitTimeSeconds':'0',
                  'SqsManagedSseEnabled':'true',
                  'VisibilityTimeout':'30'}}\
                """));
  }

  @Test
  void fifoQueueHasItsOwnAttributes() {
    sqs.createQueue("orders.fifo", "{'FifoQueue':'true','ContentBasedDeduplication':'true'}");

    JsonNode attributes =
        sqs.on("orders.fifo", "GetQueueAttributes", "{'AttributeNames':['All']}").get("Attributes");
    assertThat(attributes.get("FifoQueue").asText()).isEqualTo("true");
    assertThat(attributes.get("ContentBasedDeduplication").asText()).isEqualTo("true");
    assertThat(attributes.get("DeduplicationScope").asText()).isEqualTo("queue");
    assertThat(attributes.get("FifoThroughputLimit").asText()).isEqualTo("perQueue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders/x    | {}                                    | InvalidParameterValueException
          ''          | {}                                    | MissingRequiredParameterException
          orders      | {'FifoQueue':'true'}                  | InvalidParameterValueException
          orders.fifo | {}                                    | InvalidParameterValueException
          orders      | {'FifoQueue':'false'}                 | InvalidAttributeName
          orders      | {'ContentBasedDeduplication':'true'}  | InvalidAttributeName
          orders      | {'Colour':'red'}                      | InvalidAttributeName
          orders      | {'QueueArn':'x'}                      | InvalidAttributeName
          orders      | {'VisibilityTimeout':'43201'}         | InvalidAttributeValue
          orders      | {'VisibilityTimeout':''}              | InvalidAttributeValue
          orders      | {'MessageRetentionPeriod':'59'}       | InvalidAttributeValue
          orders      | {'MessageRetentionPeriod':'1209601'}  | InvalidAttributeValue
          orders      | {'DelaySeconds':'901'}                | InvalidAttributeValue
          orders      | {'ReceiveMessageWaitTimeSeconds':'x'} | InvalidAttributeValue
          orders      | {'MaximumMessageSize':'1048577'}      | InvalidAttributeValue
          orders      | {'Policy':'not json'}                 | InvalidAttributeValue
          orders      | {'RedriveAllowPolicy':'[]'}           | InvalidAttributeValue
          orders      | {'KmsMasterKeyId':'k','SqsManagedSseEnabled':'true'} | InvalidAttributeName
          """)
  void refusesNamesAndAttributes(String name, String attributes, String code) {
    AwsException refusal =
        sqs.refusal(
            "CreateQueue", "{'QueueName':'%s','Attributes':%s}".formatted(name, attributes));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.httpStatus()).isEqualTo(400);
  }

  @Test
  void namesUpToEightyCharacters() {
    sqs.createQueue("q".repeat(80), "{}");
    sqs.createQueue("q".repeat(75) + ".fifo", "{'FifoQueue':'true'}");

    assertThat(sqs.refusal("CreateQueue", "{'QueueName':'" + "q".repeat(81) + "'}"))
        .hasMessage(
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }

  @Test
  void creatingAgainIsTheSameQueueUnlessAnAttributeDiffers() {
    sqs.createQueue("orders", "{'VisibilityTimeout':'60'}");
    sqs.send("orders", "kept");

    ObjectNode again =
        sqs.call("CreateQueue", "{'QueueName':'orders','Attributes':{'VisibilityTimeout':'60'}}");
    assertThat(again.get("QueueUrl").asText()).isEqualTo(url("orders"));
    sqs.createQueue("orders", "{}");
    assertThat(sqs.receiveBodies("orders")).containsExactly("kept");

    AwsException differs =
        sqs.refusal("CreateQueue", "{'QueueName':'orders','Attributes':{'DelaySeconds':'1'}}");
    assertThat(differs.code()).isEqualTo("QueueNameExists");
    assertThat(differs)
        .hasMessage(
            "A queue already exists with the same name and a different value for attribute"
                + " DelaySeconds");
  }

  @Test
  void queuesOfAccountsAreApart() {
    sqs.createQueue("orders", "{}");
    sqs.callAs("333333333333", "CreateQueue", "{'QueueName':'orders'}");
    sqs.send("orders", "for 222222222222");

    assertThat(
            sqs.callAs(
                "333333333333",
                "ReceiveMessage",
                "{'QueueUrl':'http://localhost:4566/333333333333/orders'}"))
        .isEmpty();
    assertThat(
            sqs.callAs(
                    "333333333333",
                    "GetQueueUrl",
                    "{'QueueName':'orders','QueueOwnerAWSAccountId':'222222222222'}")
                .get("QueueUrl")
                .asText())
        .isEqualTo(url("orders"));
    assertThat(sqs.authorizer.last().action()).isEqualTo("sqs:GetQueueUrl");
    assertThat(sqs.authorizer.last().resourceAccount()).isEqualTo(ORDERS);
  }

  @Test
  void setAttributesCanBeCleared() {
    sqs.createQueue("orders-dlq", "{}");
    sqs.createQueue("orders", "{}");
    ObjectNode input = json("{'Attributes':{'KmsMasterKeyId':'alias/orders'}}");
    ObjectNode attributes = (ObjectNode) input.get("Attributes");
    attributes.put("Policy", POLICY).put("RedrivePolicy", redrive("orders-dlq", "5"));
    sqs.on("orders", "SetQueueAttributes", input.toString());
    assertThat(sqs.attribute("orders", "Policy")).isEqualTo(POLICY);
    assertThat(sqs.attribute("orders", "RedrivePolicy")).isEqualTo(redrive("orders-dlq", "5"));
    assertThat(sqs.attribute("orders", "SqsManagedSseEnabled")).isEqualTo("false");

    sqs.on(
        "orders",
        "SetQueueAttributes",
        "{'Attributes':{'Policy':'','RedrivePolicy':'','KmsMasterKeyId':''}}");

    assertThat(sqs.attribute("orders", "Policy")).isEqualTo("absent");
    assertThat(sqs.attribute("orders", "RedrivePolicy")).isEqualTo("absent");
    assertThat(sqs.attribute("orders", "KmsMasterKeyId")).isEqualTo("absent");
  }

  @Test
  void settingAttributesKeepsTheOthersAndTheTimeOfCreation() {
    sqs.createQueue("orders", "{'DelaySeconds':'7'}");
    sqs.clock.advance(Duration.ofMinutes(1));
    sqs.on("orders", "SetQueueAttributes", "{'Attributes':{'VisibilityTimeout':'60'}}");

    assertThat(sqs.attribute("orders", "DelaySeconds")).isEqualTo("7");
    assertThat(sqs.attribute("orders", "VisibilityTimeout")).isEqualTo("60");
    assertThat(sqs.attribute("orders", "CreatedTimestamp")).isEqualTo("1795435200");
    assertThat(sqs.attribute("orders", "LastModifiedTimestamp")).isEqualTo("1795435260");
  }

  @Test
  void typeOfAQueueStays() {
    sqs.createQueue("orders", "{}");
    sqs.createQueue("orders.fifo", "{'FifoQueue':'true'}");

    assertThat(sqs.refusalOn("orders", "SetQueueAttributes", "{'Attributes':{'FifoQueue':'true'}}"))
        .hasMessage("Unknown Attribute FifoQueue.");
    assertThat(
            sqs.refusalOn(
                "orders.fifo", "SetQueueAttributes", "{'Attributes':{'FifoQueue':'false'}}"))
        .hasMessage(
            "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
                + " supported.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dummy                                          | 42   | Invalid value for deadLetterTargetArn.
          arn:aws:sqs:eu-west-1:222222222222:missing     | 5    | Dead letter target does not exist.
          arn:aws:sqs:eu-west-1:333333333333:dlq         | 5    | Dead-letter target owner should be same as the source.
          arn:aws:sqs:us-east-1:222222222222:dlq         | 5    | Dead-letter target must be in the same region as the source.
          arn:aws:sqs:eu-west-1:222222222222:dlq.fifo    | 5    | Dead-letter queue must be same type of queue as the source.
          arn:aws:sqs:eu-west-1:222222222222:closed-dlq  | 5    | The RedriveAllowPolicy of the dead-letter queue does not admit this queue.
          arn:aws:sqs:eu-west-1:222222222222:dlq         | 0    | Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.
          arn:aws:sqs:eu-west-1:222222222222:dlq         | 1001 | Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.
          """)
  void refusesRedrivePolicies(String target, String count, String reason) {
    sqs.createQueue("dlq", "{}");
    sqs.createQueue("dlq.fifo", "{'FifoQueue':'true'}");
    sqs.createQueue("closed-dlq", "{}");
    setAttribute("closed-dlq", "RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}");
    sqs.createQueue("orders", "{}");
    String policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%s}".formatted(target, count);

    AwsException refusal =
        catchThrowableOfType(
            AwsException.class, () -> setAttribute("orders", "RedrivePolicy", policy));

    assertThat(refusal.code()).isEqualTo("InvalidParameterValueException");
    assertThat(refusal)
        .hasMessage(
            "Value %s for parameter RedrivePolicy is invalid. Reason: %s"
                .formatted(policy, reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"maxReceiveCount":5} | Redrive policy does not contain mandatory attribute: deadLetterTargetArn.
          {}                    | Redrive policy does not contain mandatory attribute: deadLetterTargetArn.
          5                     | Redrive policy is not a valid JSON map.
          """)
  void refusesIncompleteRedrivePolicies(String policy, String reason) {
    sqs.createQueue("orders", "{}");

    AwsException refusal =
        catchThrowableOfType(
            AwsException.class, () -> setAttribute("orders", "RedrivePolicy", policy));

    assertThat(refusal).hasMessageEndingWith("Reason: " + reason);
  }

  @Test
  void redriveAllowPolicyByQueueAdmitsThoseNamed() {
    sqs.createQueue("dlq", "{}");
    sqs.createQueue("orders", "{}");
    sqs.createQueue("deliveries", "{}");
    setAttribute(
        "dlq",
        "RedriveAllowPolicy",
        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"%s\"]}"
            .formatted(arn("orders")));

    setAttribute("orders", "RedrivePolicy", redrive("dlq", "\"3\""));

    assertThat(
            catchThrowableOfType(
                AwsException.class,
                () -> setAttribute("deliveries", "RedrivePolicy", redrive("dlq", "3"))))
        .isNotNull();
    assertThat(sqs.on("dlq", "ListDeadLetterSourceQueues", "{}").get("queueUrls").get(0).asText())
        .isEqualTo(url("orders"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Version\":\"2020-01-01\",\"Statement\":[]}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Maybe\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"orders\"},\"Action\":\"sqs:*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"sqs:A\",\"sqs:B\",\"sqs:C\",\"sqs:D\",\"sqs:E\",\"sqs:F\",\"sqs:G\",\"sqs:H\"],\"Resource\":\"*\"}}"
      })
  void refusesPolicies(String policy) {
    sqs.createQueue("orders", "{}");

    AwsException refusal =
        catchThrowableOfType(AwsException.class, () -> setAttribute("orders", "Policy", policy));

    assertThat(refusal.code()).isEqualTo("InvalidAttributeValue");
    assertThat(refusal).hasMessageStartingWith("Invalid value for the parameter Policy.");
    assertThat(sqs.attribute("orders", "Policy")).isEqualTo("absent");
  }

  @ParameterizedTest
  @CsvSource({"20, true", "21, false"})
  void policiesHoldTwentyStatements(int statements, boolean accepted) {
    sqs.createQueue("orders", "{}");
    String statement =
        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},\"Action\":\"SQS:*\",\"Resource\":\"*\"}";
    String policy =
        "{\"Statement\":[" + String.join(",", Collections.nCopies(statements, statement)) + "]}";

    AwsException refusal =
        catchThrowableOfType(AwsException.class, () -> setAttribute("orders", "Policy", policy));

    assertThat(refusal == null).isEqualTo(accepted);
  }

  @Test
  void tagsMergeAndGo() {
    sqs.call("CreateQueue", "{'QueueName':'orders','tags':{'team':'orders','stage':'test'}}");
    sqs.on("orders", "TagQueue", "{'Tags':{'stage':'live','empty':''}}");
    sqs.on("orders", "UntagQueue", "{'TagKeys':['team','unknown']}");

    assertThat(sqs.on("orders", "ListQueueTags", "{}"))
        .isEqualTo(json("{'Tags':{'empty':'','stage':'live'}}"));
  }

  @Test
  void refusesTooManyTags() {
    sqs.createQueue("orders", "{}");
    ObjectNode input = json("{'Tags':{}}");
    IntStream.range(0, 51).forEach(i -> input.withObject("/Tags").put("key" + i, "x"));

    assertThat(sqs.refusalOn("orders", "TagQueue", input.toString())).isNotNull();
    assertThat(sqs.on("orders", "ListQueueTags", "{}")).isEmpty();
  }

  @Test
  void listsByPrefixInPages() {
    for (String name : List.of("orders-3", "orders-1", "deliveries", "orders-2")) {
      sqs.createQueue(name, "{}");
    }
    List<String> listed = new ArrayList<>();
    ObjectNode page = sqs.call("ListQueues", "{'QueueNamePrefix':'orders','MaxResults':2}");
    page.get("QueueUrls").forEach(queue -> listed.add(queue.asText()));
    assertThat(listed).hasSize(2);

    page =
        sqs.call(
            "ListQueues",
            "{'QueueNamePrefix':'orders','MaxResults':2,'NextToken':'%s'}"
                .formatted(page.get("NextToken").asText()));
    page.get("QueueUrls").forEach(queue -> listed.add(queue.asText()));

    assertThat(listed).containsExactly(url("orders-1"), url("orders-2"), url("orders-3"));
    assertThat(page.has("NextToken")).isFalse();
    assertThat(sqs.call("ListQueues", "{'QueueNamePrefix':'none'}")).isEmpty();
  }

  @Test
  void deletedQueueDoesNotExist() {
    sqs.createQueue("orders", "{}");
    sqs.on("orders", "DeleteQueue", "{}");

    for (String operation :
        List.of(
            "DeleteQueue",
            "GetQueueAttributes",
            "ListQueueTags",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage",
            "SetQueueAttributes")) {
      AwsException refusal = sqs.refusalOn("orders", operation, "{'MessageBody':'x'}");
      assertThat(refusal.code()).as(operation).isEqualTo("QueueDoesNotExist");
      assertThat(refusal).hasMessage("The specified queue does not exist.");
    }
    assertThat(sqs.refusal("GetQueueUrl", "{'QueueName':'orders'}").code())
        .isEqualTo("QueueDoesNotExist");
  }

  @Test
  void purgesOnceAMinute() {
    sqs.createQueue("orders", "{}");
    sqs.send("orders", "a");
    sqs.on("orders", "PurgeQueue", "{}");
    assertThat(sqs.receiveBodies("orders")).isEmpty();

    AwsException tooSoon = sqs.refusalOn("orders", "PurgeQueue", "{}");
    assertThat(tooSoon.code()).isEqualTo("PurgeQueueInProgress");
    assertThat(tooSoon.httpStatus()).isEqualTo(403);

    sqs.clock.advance(Duration.ofSeconds(60));
    sqs.on("orders", "PurgeQueue", "{}");
  }

  @Test
  void unknownAttributesCannotBeRead() {
    sqs.createQueue("orders", "{}");

    assertThat(sqs.refusalOn("orders", "GetQueueAttributes", "{'AttributeNames':['Colour']}"))
        .hasMessage("Unknown Attribute Colour.");
    assertThat(sqs.on("orders", "GetQueueAttributes", "{}")).isEmpty();
  }

  @Test
  void urlsOfOtherShapesAreRefused() {
    assertThat(
            sqs.refusal("SendMessage", "{'QueueUrl':'http://localhost/orders','MessageBody':'x'}")
                .code())
        .isEqualTo("InvalidAddress");
    assertThat(sqs.refusal("SendMessage", "{'MessageBody':'x'}"))
        .hasMessage("The request must contain the parameter QueueUrl.");
  }

  @Test
  void unimplementedOperationsAreNamed() {
    AwsException refusal = sqs.refusal("NoSuchOperation", "{}");

    assertThat(refusal.code()).isEqualTo("UnsupportedOperation");
    assertThat(refusal)
        .hasMessageStartingWith(
            "The sandbox does not implement sqs:NoSuchOperation. It implements: ")
        .hasMessageContaining("SendMessage, ");
  }

  @ParameterizedTest
  @CsvSource({
    "QueueDoesNotExist, AWS.SimpleQueueService.NonExistentQueue",
    "QueueNameExists, QueueAlreadyExists",
    "InvalidParameterValueException, InvalidParameterValue",
    "MissingRequiredParameterException, MissingParameter",
    "TooManyEntriesInBatchRequest, AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    "AccessDeniedException, AccessDenied",
    "InvalidAttributeName, InvalidAttributeName",
    "ReceiptHandleIsInvalid, ReceiptHandleIsInvalid"
  })
  void errorsHaveCodesOfTheQueryProtocol(String code, String queryCode) {
    assertThat(SqsErrors.SQS.queryCode(code)).isEqualTo(queryCode);
  }

  @ParameterizedTest
  @CsvSource({
    "SendMessage, sqs:SendMessage, true",
    "SendMessageBatch, sqs:SendMessage, true",
    "ReceiveMessage, sqs:ReceiveMessage, true",
    "GetQueueAttributes, sqs:GetQueueAttributes, true",
    "SetQueueAttributes, sqs:SetQueueAttributes, false",
    "TagQueue, sqs:TagQueue, false",
    "DeleteQueue, sqs:DeleteQueue, false"
  })
  void policyGrantsOtherAccountsWhatItCan(String operation, String action, boolean policyCounts) {
    sqs.createQueue("orders", "{}");
    setAttribute("orders", "Policy", POLICY);

    sqs.callAs(
        "333333333333",
        operation,
        "{'QueueUrl':'%s','MessageBody':'x','Entries':[{'Id':'1','MessageBody':'x'}]}"
            .formatted(url("orders")));

    assertThat(sqs.authorizer.last().action()).isEqualTo(action);
    assertThat(sqs.authorizer.last().resourceArn()).isEqualTo(arn("orders"));
    assertThat(sqs.authorizer.last().resourceAccount()).isEqualTo(ORDERS);
    assertThat(sqs.authorizer.last().access().resourcePolicy().isPresent()).isEqualTo(policyCounts);
  }

  @Test
  void refusedOperationsChangeNothing() {
    sqs.createQueue("orders", "{}");
    sqs.authorizer.refuse("sqs:SendMessage", "sqs:SetQueueAttributes", "sqs:CreateQueue");

    assertThat(sqs.refusalOn("orders", "SendMessage", "{'MessageBody':'x'}").code())
        .isEqualTo("AccessDeniedException");
    assertThat(sqs.refusalOn("orders", "SetQueueAttributes", "{'Attributes':{'DelaySeconds':'9'}}"))
        .isNotNull();
    assertThat(sqs.refusal("CreateQueue", "{'QueueName':'more'}")).isNotNull();

    assertThat(sqs.attribute("orders", "ApproximateNumberOfMessages")).isEqualTo("0");
    assertThat(sqs.attribute("orders", "DelaySeconds")).isEqualTo("0");
    assertThat(sqs.call("ListQueues", "{}").get("QueueUrls")).hasSize(1);
  }

  private void setAttribute(String queue, String name, String value) {
    ObjectNode input = json("{'Attributes':{}}");
    input.withObject("/Attributes").put(name, value);
    sqs.on(queue, "SetQueueAttributes", input.toString());
  }

  private static String redrive(String target, String count) {
    return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%s}".formatted(arn(target), count);
  }

  @Test
  void booleansComeInAnyCase() {
    sqs.createQueue("a.fifo", "{'FifoQueue':'True','ContentBasedDeduplication':'TRUE'}");
    sqs.createQueue("a.fifo", "{'FifoQueue':'true','ContentBasedDeduplication':'True'}");
    sqs.createQueue("b", "{'SqsManagedSseEnabled':'False'}");

    assertThat(sqs.attribute("a.fifo", "FifoQueue")).isEqualTo("true");
    assertThat(sqs.attribute("a.fifo", "ContentBasedDeduplication")).isEqualTo("true");
    assertThat(sqs.attribute("b", "SqsManagedSseEnabled")).isEqualTo("false");
    assertThat(sqs.refusal("CreateQueue", "{'QueueName':'c','Attributes':{'FifoQueue':'False'}}"))
        .hasMessage("Unknown Attribute FifoQueue.");
    assertThat(
            sqs.refusal(
                    "CreateQueue", "{'QueueName':'c','Attributes':{'SqsManagedSseEnabled':'yes'}}")
                .code())
        .isEqualTo("InvalidAttributeValue");
  }
}

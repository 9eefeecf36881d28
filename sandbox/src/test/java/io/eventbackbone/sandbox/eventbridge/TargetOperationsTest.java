package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.roleArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetOperationsTest {

  private static final String QUEUE = "'Arn': '" + queueArn(GLOBAL, "q") + "'";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void createRule() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.call(
        GLOBAL,
        "PutRule",
        "{'Name': 'r', 'EventBusName': 'bus', 'EventPattern': '{\\\"source\\\":[\\\"a\\\"]}'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q'",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q.fifo', 'SqsParameters': {'MessageGroupId': 'g'}",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'Input': '{\\\"a\\\":1}'",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'InputPath': '$.detail'",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'RetryPolicy': {'MaximumRetryAttempts': 0}",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'RetryPolicy': {'MaximumRetryAttempts': 3, 'MaximumEventAgeInSeconds': 60}",
        "'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'DeadLetterConfig': {'Arn': 'arn:aws:sqs:eu-west-1:222222222222:d'}",
        "'Arn': 'arn:aws:sqs:eu-west-1:222222222222:q', 'RoleArn': 'arn:aws:iam::111111111111:role/f'",
        "'Arn': 'arn:aws:lambda:eu-west-1:111111111111:function:f'",
        "'Arn': 'arn:aws:sns:eu-west-1:111111111111:topic'",
        "'Arn': 'arn:aws:kinesis:eu-west-1:111111111111:stream/s', 'RoleArn': 'arn:aws:iam::111111111111:role/f', 'KinesisParameters': {'PartitionKeyPath': '$.id'}",
        "'Arn': 'arn:aws:firehose:eu-west-1:111111111111:deliverystream/s', 'RoleArn': 'arn:aws:iam::111111111111:role/f'",
        "'Arn': 'arn:aws:states:eu-west-1:111111111111:stateMachine:s', 'RoleArn': 'arn:aws:iam::111111111111:role/f'",
        "'Arn': 'arn:aws:events:eu-west-1:111111111111:api-destination/d/1', 'RoleArn': 'arn:aws:iam::111111111111:role/f', 'HttpParameters': {'PathParameterValues': ['a']}",
        "'Arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/g'",
        "'Arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:g', 'InputTransformer': {'InputPathsMap': {'t': '$.time'}, 'InputTemplate': '{\\\"timestamp\\\":<t>,\\\"message\\\":<t>}'}",
        "'Arn': 'arn:aws:events:eu-west-1:222222222222:event-bus/b', 'RoleArn': 'arn:aws:iam::111111111111:role/f', 'DeadLetterConfig': {'Arn': 'arn:aws:sqs:eu-west-1:111111111111:d'}",
      })
  void listsATargetAsItWasPut(String members) {
    String target = "{'Id': 't', " + members + "}";
    ObjectNode put = put(target);

    assertThat(put.get("FailedEntryCount").asInt()).isZero();
    assertThat(put.get("FailedEntries")).isEmpty();
    assertThat(list().get("Targets").get(0)).isEqualTo(EventBridgeFixture.object(target));
  }

  @Test
  void replacesATargetOfTheSameIdAsAWhole() {
    put("{'Id': 't', %s, 'InputPath': '$.detail'}".formatted(QUEUE));
    put("{'Id': 't', %s}".formatted(QUEUE));

    assertThat(list().get("Targets")).hasSize(1);
    assertThat(list().at("/Targets/0").has("InputPath")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Id': 't'                  | Value null at 'targets.1.member.arn' failed to satisfy constraint: Member must not be null",
        "'Id': 't!', 'Arn': 'a'     | Value 't!' at 'targets.1.member.id' failed to satisfy constraint",
        "'Id': 't', 'Arn': 'queue'  | Parameter queue is not valid. Reason: Provided Arn is not in correct format.",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:222222222222:event-bus/b' | RoleArn is required for target arn:aws:events:eu-west-1:222222222222:event-bus/b.",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:111111111111:event-bus/b' | RoleArn is required for target",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:111111111111:event-bus/bus' | cannot target itself",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:111111111111:api-destination/b' | RoleArn is required for target",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:222222222222:event-bus/b', 'RoleArn': 'arn:aws:iam::111111111111:role/f', 'RetryPolicy': {} | Retry policy is not supported for Event bus targets.",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:222222222222:event-bus/b', 'RoleArn': 'arn:aws:iam::111111111111:role/f', 'InputPath': '$' | Modifying the input for target t is not supported",
        "'Id': 't', 'Arn': 'arn:aws:events:eu-west-1:222222222222:event-bus/b', 'RoleArn': 'role' | is not the ARN of an IAM role",
        "'Id': 't', 'Arn': 'arn:aws:states:eu-west-1:111111111111:stateMachine:s' | RoleArn is required for target",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:222222222222:q' | RoleArn is required for target",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-central-1:111111111111:q' | only event buses are targets of other Regions",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q.fifo' | Parameter(s) SqsParameters must be specified for target: t.",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'Input': '{' | JSON syntax error in input for target t.",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'InputPath': 'detail' | Invalid InputPath for target t",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'InputPath': '$', 'Input': '1' | Only one of Input, InputPath, or InputTransformer must be provided for target t.",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'InputTransformer': {'InputTemplate': '{\\\"a\\\":<x>}'} | InputTemplate for target t contains invalid placeholder x.",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'RetryPolicy': {'MaximumRetryAttempts': 186} | at 'targets.1.member.retryPolicy.maximumRetryAttempts'",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'RetryPolicy': {'MaximumEventAgeInSeconds': 59} | greater than or equal to 60",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'DeadLetterConfig': {'Arn': 'arn:aws:sqs:eu-west-1:111111111111:d.fifo'} | is not a standard SQS queue in Region eu-west-1",
        "'Id': 't', 'Arn': 'arn:aws:sqs:eu-west-1:111111111111:q', 'DeadLetterConfig': {'Arn': 'arn:aws:sqs:eu-central-1:111111111111:d'} | is not a standard SQS queue in Region eu-west-1",
        "'Id': 't', 'Arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:g:*' | Provided Arn is not in correct format.",
        "'Id': 't', 'Arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:g', 'RoleArn': 'arn:aws:iam::111111111111:role/f' | RoleArn is not supported for target",
        "'Id': 't', 'Arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:g', 'InputPath': '$' | The only valid form of input is InputTransformer.",
      })
  void refuses(String members, String message) {
    AwsException refusal = refusal("{" + members + "}");

    assertThat(refusal.code()).isEqualTo("ValidationException");
    assertThat(refusal).hasMessageContaining(message);
    assertThat(list().get("Targets")).isEmpty();
  }

  @Test
  void refusesTheSixthTarget() {
    put(targets(0, 5));

    AwsException refusal = refusal(targets(5, 6));

    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(list().get("Targets")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void takesOneToAHundredEntriesACall(int entries) {
    assertThat(refusal(targets(0, entries)))
        .hasMessageContaining("at 'targets' failed to satisfy constraint: Member must have length");
  }

  @Test
  void needsTheRuleAndPermissionToPassTheRole() {
    assertThat(
            events.refusal(
                GLOBAL, "PutTargets", "{'Rule': 'x', 'EventBusName': 'bus', 'Targets': [{}]}"))
        .hasMessage("Rule x does not exist on EventBus bus.");

    events.authorizer.deniedActions.add("iam:PassRole");
    assertThat(
            refusal(
                    "{'Id': 't', 'Arn': '%s', 'RoleArn': '%s'}"
                        .formatted(busArn(ORDERS, "b"), roleArn(GLOBAL)))
                .code())
        .isEqualTo("AccessDeniedException");
  }

  @Test
  void anotherAccountPutsBusTargetsOnly() {
    events.call(
        GLOBAL,
        "PutPermission",
        "{'EventBusName': 'bus', 'Action': 'events:PutEvents', 'Principal': '%s', 'StatementId': 's'}"
            .formatted(ORDERS));

    assertThat(
            events.refusal(
                ORDERS,
                "PutTargets",
                "{'Rule': 'r', 'EventBusName': '%s', 'Targets': [{'Id': 't', %s}]}"
                    .formatted(busArn(GLOBAL, "bus"), QUEUE)))
        .hasMessage("Only EventBus targets are allowed on cross-account PutTargets calls.");
  }

  @Test
  void listsTargetsPageByPageAndRulesByTarget() {
    put(targets(0, 3));
    events.call(
        GLOBAL,
        "PutRule",
        "{'Name': 'other', 'EventBusName': 'bus', 'EventPattern': '{\\\"source\\\":[\\\"a\\\"]}'}");

    ObjectNode first =
        events.call(
            GLOBAL, "ListTargetsByRule", "{'Rule': 'r', 'EventBusName': 'bus', 'Limit': 2}");
    ObjectNode second =
        events.call(
            GLOBAL,
            "ListTargetsByRule",
            "{'Rule': 'r', 'EventBusName': 'bus', 'Limit': 2, 'NextToken': '%s'}"
                .formatted(first.get("NextToken").asText()));
    ObjectNode rules =
        events.call(
            GLOBAL,
            "ListRuleNamesByTarget",
            "{'EventBusName': 'bus', 'TargetArn': '%s'}".formatted(queueArn(GLOBAL, "q")));

    assertThat(first.findValuesAsText("Id")).containsExactly("t0", "t1");
    assertThat(second.findValuesAsText("Id")).containsExactly("t2");
    assertThat(rules.get("RuleNames"))
        .hasSize(1)
        .first()
        .extracting(n -> n.asText())
        .isEqualTo("r");
  }

  private static String targets(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{'Id': 't" + i + "', " + QUEUE + "}")
        .collect(Collectors.joining(","));
  }

  private ObjectNode put(String targets) {
    return events.call(
        GLOBAL, "PutTargets", "{'Rule': 'r', 'EventBusName': 'bus', 'Targets': [" + targets + "]}");
  }

  private AwsException refusal(String targets) {
    return events.refusal(
        GLOBAL, "PutTargets", "{'Rule': 'r', 'EventBusName': 'bus', 'Targets': [" + targets + "]}");
  }

  private ObjectNode list() {
    return events.call(GLOBAL, "ListTargetsByRule", "{'Rule': 'r', 'EventBusName': 'bus'}");
  }
}

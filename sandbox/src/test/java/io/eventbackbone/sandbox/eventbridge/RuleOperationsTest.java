package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.roleArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleOperationsTest {

  private static final String PATTERN = "'EventPattern': '{\\\"source\\\":[\\\"a\\\"]}'";
  private static final String RULE = "'Name': 'r', 'EventBusName': 'bus'";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void createBus() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
  }

  @Test
  void describesWhatItWasGiven() {
    ObjectNode put =
        events.call(
            GLOBAL,
            "PutRule",
            "{%s, %s, 'State': 'DISABLED', 'Description': 'd', 'RoleArn': '%s'}"
                .formatted(RULE, PATTERN, roleArn(GLOBAL)));
    ObjectNode rule = describe();

    assertThat(put.get("RuleArn").asText())
        .isEqualTo("arn:aws:events:eu-west-1:111111111111:rule/bus/r");
    assertThat(rule.get("Arn")).isEqualTo(put.get("RuleArn"));
    assertThat(rule.get("EventPattern").asText()).isEqualTo("{\"source\":[\"a\"]}");
    assertThat(rule.get("State").asText()).isEqualTo("DISABLED");
    assertThat(rule.get("Description").asText()).isEqualTo("d");
    assertThat(rule.get("RoleArn").asText()).isEqualTo(roleArn(GLOBAL));
    assertThat(rule.get("EventBusName").asText()).isEqualTo("bus");
    assertThat(rule.get("CreatedBy").asText()).isEqualTo(GLOBAL);
  }

  @Test
  void leavesTheDefaultBusOutOfTheArn() {
    ObjectNode put =
        events.call(GLOBAL, "PutRule", "{'Name': 'r', 'ScheduleExpression': 'rate(5 minutes)'}");

    assertThat(put.get("RuleArn").asText())
        .isEqualTo("arn:aws:events:eu-west-1:111111111111:rule/r");
  }

  @Test
  void replacesARuleAsAWholeButNotItsTagsAndTargets() {
    events.call(
        GLOBAL,
        "PutRule",
        "{%s, %s, 'State': 'DISABLED', 'Description': 'd', 'Tags': [{'Key': 'a', 'Value': '1'}]}"
            .formatted(RULE, PATTERN));
    events.call(
        GLOBAL,
        "PutTargets",
        "{'Rule': 'r', 'EventBusName': 'bus', 'Targets': [{'Id': 't', 'Arn': '%s'}]}"
            .formatted(EventBridgeFixture.queueArn(GLOBAL, "q")));

    events.call(
        GLOBAL,
        "PutRule",
        "{%s, %s, 'Tags': [{'Key': 'b', 'Value': '2'}]}".formatted(RULE, PATTERN));

    assertThat(describe().get("State").asText()).isEqualTo("ENABLED");
    assertThat(describe().has("Description")).isFalse();
    ObjectNode tags =
        events.call(
            GLOBAL,
            "ListTagsForResource",
            "{'ResourceARN': '%s'}".formatted(describe().get("Arn").asText()));
    assertThat(tags.findValuesAsText("Key")).containsExactly("a");
    assertThat(
            events
                .call(GLOBAL, "ListTargetsByRule", "{'Rule': 'r', 'EventBusName': 'bus'}")
                .findValuesAsText("Id"))
        .containsExactly("t");
  }

  @Test
  void aRefusedUpdateLeavesTheRule() {
    events.call(GLOBAL, "PutRule", "{%s, %s}".formatted(RULE, PATTERN));
    ObjectNode before = describe();

    events.refusal(GLOBAL, "PutRule", "{" + RULE + ", 'EventPattern': '{}'}");

    assertThat(describe()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PutRule      | 'Name': 'r', 'EventBusName': 'bus' | ValidationException | EventPattern or ScheduleExpression must be specified.",
        "PutRule      | 'Name': 'r', 'EventBusName': 'bus', 'EventPattern': '{}' | InvalidEventPatternException | Event pattern is not valid. Reason: Empty objects are not allowed",
        "PutRule      | 'Name': 'r', 'EventBusName': 'bus', 'ScheduleExpression': 'rate(1 day)' | ValidationException | ScheduleExpression is supported only on the default event bus.",
        "PutRule      | 'Name': 'r', 'ScheduleExpression': 'daily' | ValidationException | Parameter ScheduleExpression is not valid.",
        "PutRule      | 'Name': 'r s', 'EventPattern': '{}' | ValidationException | at 'name'",
        "PutRule      | 'Name': 'r', 'State': 'ON', 'EventPattern': '{}' | InvalidEventPatternException | Event pattern",
        "PutRule      | 'Name': 'r', 'State': 'ON', 'ScheduleExpression': 'rate(1 day)' | ValidationException | at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED",
        "PutRule      | 'Name': 'r', 'EventBusName': 'none', 'EventPattern': '{\\\"a\\\":[1]}' | ResourceNotFoundException | Event bus none does not exist.",
        "DescribeRule | 'Name': 'r', 'EventBusName': 'bus'  | ResourceNotFoundException | Rule r does not exist on EventBus bus.",
        "EnableRule   | 'Name': 'r', 'EventBusName': 'bus'  | ResourceNotFoundException | Rule r does not exist on EventBus bus.",
        "ListRules    | 'EventBusName': 'none'              | ResourceNotFoundException | Event bus none does not exist.",
        "ListRules    | 'Limit': 101                        | ValidationException | at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
        "DeleteRule   | 'Name': 'r', 'EventBusName': 'none' | ResourceNotFoundException | Event bus none does not exist.",
      })
  void refuses(String operation, String members, String code, String message) {
    AwsException refusal = events.refusal(GLOBAL, operation, "{" + members + "}");

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  void refusesTheFirstRuleOverTheQuota() {
    for (int i = 0; i < 300; i++) {
      putRule("r" + i, PATTERN);
    }

    assertThat(
            events
                .refusal(GLOBAL, "PutRule", "{'Name': 'x', 'EventBusName': 'bus', " + PATTERN + "}")
                .code())
        .isEqualTo("LimitExceededException");
    putRule("r0", PATTERN);
    putRuleOnDefaultBus();
  }

  @Test
  void refusesTheFirstWildcardRuleOverTheQuota() {
    String wildcard = "'EventPattern': '{\\\"source\\\":[{\\\"wildcard\\\":\\\"a*\\\"}]}'";
    for (int i = 0; i < 30; i++) {
      putRule("r" + i, wildcard);
    }

    assertThat(
            events
                .refusal(
                    GLOBAL, "PutRule", "{'Name': 'x', 'EventBusName': 'bus', " + wildcard + "}")
                .code())
        .isEqualTo("LimitExceededException");
    putRule("x", PATTERN);
  }

  @Test
  void listsByPrefixPageByPage() {
    putRule("a1", PATTERN);
    putRule("a2", PATTERN);
    putRule("b1", PATTERN);

    ObjectNode first =
        events.call(GLOBAL, "ListRules", "{'EventBusName': 'bus', 'NamePrefix': 'a', 'Limit': 1}");
    ObjectNode second =
        events.call(
            GLOBAL,
            "ListRules",
            "{'EventBusName': '%s', 'NamePrefix': 'a', 'Limit': 1, 'NextToken': '%s'}"
                .formatted(busArn(GLOBAL, "bus"), first.get("NextToken").asText()));

    assertThat(first.findValuesAsText("Name")).containsExactly("a1");
    assertThat(second.findValuesAsText("Name")).containsExactly("a2");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(first.findValues("CreatedBy")).isEmpty();
  }

  @Test
  void deletesARuleOnceItHasNoTargets() {
    putRule("r", PATTERN);
    events.call(
        GLOBAL,
        "PutTargets",
        "{'Rule': 'r', 'EventBusName': 'bus', 'Targets': [{'Id': 't', 'Arn': '%s'}]}"
            .formatted(EventBridgeFixture.queueArn(GLOBAL, "q")));
    assertThat(events.refusal(GLOBAL, "DeleteRule", "{" + RULE + "}"))
        .hasMessage("Rule can't be deleted since it has targets.");

    events.call(
        GLOBAL, "RemoveTargets", "{'Rule': 'r', 'EventBusName': 'bus', 'Ids': ['t', 'none']}");
    events.call(GLOBAL, "DeleteRule", "{" + RULE + "}");
    events.call(GLOBAL, "DeleteRule", "{" + RULE + "}");

    assertThat(events.refusal(GLOBAL, "DescribeRule", "{" + RULE + "}").code())
        .isEqualTo("ResourceNotFoundException");
  }

  @Test
  void turnsARuleOffAndOn() {
    putRule("r", PATTERN);
    events.call(GLOBAL, "DisableRule", "{" + RULE + "}");
    assertThat(describe().get("State").asText()).isEqualTo("DISABLED");

    events.call(GLOBAL, "EnableRule", "{" + RULE + "}");
    assertThat(describe().get("State").asText()).isEqualTo("ENABLED");
  }

  @Test
  void passesARoleOnlyWithPermissionAndTrust() {
    String put = "{%s, %s, 'RoleArn': '%s'}".formatted(RULE, PATTERN, roleArn(GLOBAL));
    events.untrustedRoles.add(roleArn(GLOBAL));
    assertThat(events.refusal(GLOBAL, "PutRule", put))
        .hasMessageContaining("cannot be assumed by principal 'events.amazonaws.com'");
    assertThat(
            events.refusal(GLOBAL, "PutRule", put.replace(roleArn(GLOBAL), roleArn(ORDERS))).code())
        .isEqualTo("AccessDeniedException");

    events.authorizer.deniedActions.add("iam:PassRole");
    assertThat(events.refusal(GLOBAL, "PutRule", put).code()).isEqualTo("AccessDeniedException");
    assertThat(events.authorizer.asked)
        .last()
        .satisfies(asked -> {
          assertThat(asked.resourceArn()).isEqualTo(roleArn(GLOBAL));
          assertThat(asked.context().values())
              .containsEntry("iam:PassedToService", List.of("events.amazonaws.com"));
        });
  }

  @Test
  void letsAnotherAccountIntoABusOnlyByItsPolicy() {
    String put =
        "{'Name': 'r', 'EventBusName': '%s', %s}".formatted(busArn(GLOBAL, "bus"), PATTERN);
    assertThat(events.refusal(ORDERS, "PutRule", put).code()).isEqualTo("AccessDeniedException");

    events.call(
        GLOBAL,
        "PutPermission",
        "{'EventBusName': 'bus', 'Action': 'events:PutEvents', 'Principal': '%s', 'StatementId': 's'}"
            .formatted(ORDERS));
    events.call(ORDERS, "PutRule", put);

    assertThat(describe().get("CreatedBy").asText()).isEqualTo(ORDERS);
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeRule, rule/bus/r",
    "PutRule, rule/bus/r",
    "DeleteRule, rule/bus/r",
    "DisableRule, rule/bus/r",
    "ListRules, rule/bus/*",
    "ListRuleNamesByTarget, rule/bus/*",
    "ListTargetsByRule, rule/bus/r",
    "PutTargets, rule/bus/r",
    "RemoveTargets, rule/bus/r",
  })
  void asksForPermissionOnTheRule(String operation, String resource) {
    events.authorizer.deniedActions.add("events:" + operation);

    AwsException refusal =
        events.refusal(
            GLOBAL,
            operation,
            "{'Name': 'r', 'Rule': 'r', 'TargetArn': 'a', 'EventBusName': 'bus'}");

    assertThat(refusal.code()).isEqualTo("AccessDeniedException");
    assertThat(events.authorizer.asked)
        .last()
        .satisfies(asked ->
            assertThat(asked.resourceArn())
                .isEqualTo("arn:aws:events:eu-west-1:111111111111:" + resource));
  }

  private void putRule(String name, String pattern) {
    events.call(
        GLOBAL, "PutRule", "{'Name': '%s', 'EventBusName': 'bus', %s}".formatted(name, pattern));
  }

  private void putRuleOnDefaultBus() {
    events.call(GLOBAL, "PutRule", "{'Name': 'r', " + PATTERN + "}");
  }

  private ObjectNode describe() {
    return events.call(GLOBAL, "DescribeRule", "{" + RULE + "}");
  }
}

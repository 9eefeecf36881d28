package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionOperationsTest {

  private static final String STATEMENT =
      "'EventBusName': 'bus', 'Action': 'events:PutEvents', 'Principal': '222222222222',"
          + " 'StatementId': 's'";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void createBus() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
  }

  @Test
  void putsAndReplacesAStatement() {
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT + "}");
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT.replace("222222222222", "*") + "}");
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT.replace("'s'", "'t'") + "}");

    assertThat(policy().get("Statement").findValuesAsText("Sid"))
        .containsExactlyInAnyOrder("s", "t");
    assertThat(statement("s").get("Principal").asText()).isEqualTo("*");
    assertThat(statement("t").at("/Principal/AWS").asText())
        .isEqualTo("arn:aws:iam::222222222222:root");
    assertThat(statement("t").get("Resource").asText()).isEqualTo(busArn(GLOBAL, "bus"));
  }

  @Test
  void writesTheOrganizationAsACondition() {
    events.call(
        GLOBAL,
        "PutPermission",
        "{"
            + STATEMENT.replace("222222222222", "*")
            + ", 'Condition': {'Type': 'StringEquals', 'Key': 'aws:PrincipalOrgID',"
            + " 'Value': 'o-1234567890'}}");

    assertThat(statement("s").at("/Condition/StringEquals/aws:PrincipalOrgID").asText())
        .isEqualTo("o-1234567890");
  }

  @Test
  void aWholePolicyReplacesAllStatements() {
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT + "}");
    ObjectNode input = Json.object().put("EventBusName", "bus");
    ObjectNode policy = EventBridgeFixture.object("{'Version': '2012-10-17'}");
    policy.set("Statement", statement("s").deepCopy());
    ((ObjectNode) policy.get("Statement")).put("Sid", "other");
    events.call(GLOBAL, "PutPermission", input.put("Policy", policy.toString()).toString());

    assertThat(policy().get("Statement").findValuesAsText("Sid")).containsExactly("other");
  }

  @Test
  void movesTheTimeOfModification() {
    events.time.pass(Duration.ofMillis(1_500));
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT + "}");

    JsonNode bus = events.call(GLOBAL, "DescribeEventBus", "{'Name': 'bus'}");
    assertThat(bus.get("LastModifiedTime").decimalValue())
        .isEqualByComparingTo(
            bus.get("CreationTime").decimalValue().add(new java.math.BigDecimal("1.5")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StatementId': 's'       |                               | must be specified",
        "events:PutEvents         | events:PutRule                | 'action' is not supported",
        "'222222222222'           | '22'                          | regular expression pattern",
        "'s'                      | 's t'                         | regular expression pattern",
        "'bus'                    | 'arn:aws:events:eu-west-1:111111111111:event-bus/bus' |"
            + " regular expression pattern",
        "'s'                      | 's', 'Policy': '{}'           | could not be combined",
        "'s' | 's', 'Condition': {'Type': 'StringLike', 'Key': 'aws:PrincipalOrgID', 'Value': 'o-1234567890'} |"
            + " 'condition.type' is not supported",
        "'s' | 's', 'Condition': {'Type': 'StringEquals', 'Key': 'aws:SourceArn', 'Value': 'o-1234567890'} |"
            + " 'condition.key' is not supported",
        "'s' | 's', 'Condition': {'Type': 'StringEquals', 'Key': 'aws:PrincipalOrgID', 'Value': 'acme'} |"
            + " 'condition.value' is invalid",
      })
  void refuses(String part, String replacement, String message) {
    String input =
        STATEMENT.replace(part, replacement == null ? "'Action': 'events:PutEvents'" : replacement);

    AwsException refusal = events.refusal(GLOBAL, "PutPermission", "{" + input + "}");

    assertThat(refusal.code()).isEqualTo("ValidationException");
    assertThat(refusal).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StatementId': 'other'                              | ResourceNotFoundException",
        "'StatementId': 's', 'RemoveAllPermissions': true    | ValidationException",
        "'RemoveAllPermissions': false                       | ValidationException",
      })
  void refusesToRemove(String selection, String code) {
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT + "}");

    assertThat(
            events
                .refusal(GLOBAL, "RemovePermission", "{'EventBusName': 'bus', " + selection + "}")
                .code())
        .isEqualTo(code);
  }

  @Test
  void removesOneAndAll() {
    events.call(
        GLOBAL, "RemovePermission", "{'EventBusName': 'bus', 'RemoveAllPermissions': true}");
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT + "}");
    events.call(GLOBAL, "PutPermission", "{" + STATEMENT.replace("'s'", "'t'") + "}");
    events.call(GLOBAL, "RemovePermission", "{'EventBusName': 'bus', 'StatementId': 's'}");
    assertThat(policy().get("Statement").findValuesAsText("Sid")).containsExactly("t");

    events.call(
        GLOBAL, "RemovePermission", "{'EventBusName': 'bus', 'RemoveAllPermissions': true}");
    assertThat(events.call(GLOBAL, "DescribeEventBus", "{'Name': 'bus'}").has("Policy")).isFalse();
  }

  @Test
  void knowsOnlyBusesOfTheCaller() {
    assertThat(events.refusal(ORDERS, "PutPermission", "{" + STATEMENT + "}"))
        .hasMessage("Event bus bus does not exist.");
  }

  private JsonNode policy() {
    String policy =
        events.call(GLOBAL, "DescribeEventBus", "{'Name': 'bus'}").get("Policy").asText();
    return Json.parse(policy).orElseThrow();
  }

  private JsonNode statement(String sid) {
    for (JsonNode statement : policy().get("Statement")) {
      if (statement.get("Sid").asText().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError("no statement " + sid + " in " + policy());
  }
}

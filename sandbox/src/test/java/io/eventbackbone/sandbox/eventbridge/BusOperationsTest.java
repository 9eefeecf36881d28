package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusOperationsTest {

  private final EventBridgeFixture events = new EventBridgeFixture();

  @Test
  void everyAccountHasADefaultBusInEveryRegion() {
    ObjectNode bus = events.callIn("eu-central-1", ORDERS, "DescribeEventBus", "{}");

    assertThat(bus.get("Name").asText()).isEqualTo("default");
    assertThat(bus.get("Arn").asText())
        .isEqualTo("arn:aws:events:eu-central-1:222222222222:event-bus/default");
    assertThat(bus.has("Policy")).isFalse();
  }

  @Test
  void keepsWhatABusIsCreatedWith() {
    ObjectNode created =
        events.call(
            GLOBAL,
            "CreateEventBus",
            "{'Name': 'bus', 'Description': 'all', 'KmsKeyIdentifier': 'alias/k',"
                + " 'DeadLetterConfig': {'Arn': 'arn:q'}, 'LogConfig': {'Level': 'INFO'},"
                + " 'Tags': [{'Key': 'a', 'Value': 'b'}]}");
    ObjectNode described =
        events.call(GLOBAL, "DescribeEventBus", "{'Name': '" + busArn(GLOBAL, "bus") + "'}");

    assertThat(created.get("EventBusArn").asText()).isEqualTo(busArn(GLOBAL, "bus"));
    assertThat(described.get("Description").asText()).isEqualTo("all");
    assertThat(described.get("KmsKeyIdentifier").asText()).isEqualTo("alias/k");
    assertThat(described.at("/DeadLetterConfig/Arn").asText()).isEqualTo("arn:q");
    assertThat(described.at("/LogConfig/Level").asText()).isEqualTo("INFO");
    assertThat(described.has("Tags")).isFalse();
    assertThat(described.get("CreationTime").decimalValue()).isEqualByComparingTo("1795428000");
  }

  @Test
  void updatesWhatIsGivenAndTakesAwayWhatIsEmpty() {
    events.call(
        GLOBAL,
        "CreateEventBus",
        "{'Name': 'bus', 'Description': 'all', 'DeadLetterConfig': {'Arn': 'arn:q'}}");

    ObjectNode updated =
        events.call(GLOBAL, "UpdateEventBus", "{'Name': 'bus', 'DeadLetterConfig': {'Arn': ''}}");

    assertThat(updated.get("Description").asText()).isEqualTo("all");
    assertThat(updated.has("DeadLetterConfig")).isFalse();
    events.call(GLOBAL, "UpdateEventBus", "{'Name': 'bus', 'Description': ''}");
    assertThat(events.call(GLOBAL, "DescribeEventBus", "{'Name': 'bus'}").has("Description"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CreateEventBus   | {'Name': 'bus'}        | ResourceAlreadyExistsException | Event bus bus already exists.",
        "CreateEventBus   | {'Name': 'default'}    | ResourceAlreadyExistsException | Event bus default already exists.",
        "CreateEventBus   | {'Name': 'a/b'}        | ValidationException | Event bus name must not contain '/'.",
        "CreateEventBus   | {'Name': 'a b'}        | ValidationException | 1 validation error detected: Value 'a b' at 'name'",
        "CreateEventBus   | {}                     | ValidationException | Value null at 'name' failed to satisfy constraint: Member must not be null",
        "CreateEventBus   | {'Name': 7}            | SerializationException | 'name' must be a string",
        "CreateEventBus   | {'Name': 'n', 'LogConfig': {'Level': 'ALL'}} | ValidationException | at 'logConfig.level'",
        "DescribeEventBus | {'Name': 'none'}       | ResourceNotFoundException | Event bus none does not exist.",
        "UpdateEventBus   | {'Name': 'none'}       | ResourceNotFoundException | Event bus none does not exist.",
        "UpdateEventBus   | {'Name': 'arn:aws:events:eu-west-1:111111111111:event-bus/bus'} | ValidationException | regular expression pattern",
        "DeleteEventBus   | {'Name': 'default'}    | ValidationException | Cannot delete event bus default.",
        "DeleteEventBus   | {'Name': 'bus'}        | ValidationException | EventBus can't be deleted since it has rules.",
        "CreateConnection | {'Name': 'c'}          | UnknownOperationException | The sandbox does not implement events:CreateConnection. It implements: CancelReplay, CreateArchive",
      })
  void refuses(String operation, String input, String code, String message) {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.call(
        GLOBAL,
        "PutRule",
        "{'Name': 'r', 'EventBusName': 'bus', 'EventPattern': '{\\\"source\\\":[\\\"a\\\"]}'}");

    AwsException refusal = events.refusal(GLOBAL, operation, input);

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.httpStatus()).isEqualTo(400);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  void deletesABusOnceAndAgain() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.call(GLOBAL, "DeleteEventBus", "{'Name': 'bus'}");
    events.call(GLOBAL, "DeleteEventBus", "{'Name': 'bus'}");

    assertThat(events.refusal(GLOBAL, "DescribeEventBus", "{'Name': 'bus'}").code())
        .isEqualTo("ResourceNotFoundException");
  }

  @Test
  void listsPageByPage() {
    for (int i = 0; i < 5; i++) {
      events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus-" + i + "'}");
    }

    ObjectNode first = events.call(GLOBAL, "ListEventBuses", "{'NamePrefix': 'bus-', 'Limit': 3}");
    ObjectNode second =
        events.call(
            GLOBAL,
            "ListEventBuses",
            "{'NamePrefix': 'bus-', 'Limit': 3, 'NextToken': '%s'}"
                .formatted(first.get("NextToken").asText()));

    assertThat(first.findValuesAsText("Name")).containsExactly("bus-0", "bus-1", "bus-2");
    assertThat(second.findValuesAsText("Name")).containsExactly("bus-3", "bus-4");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(events.call(ORDERS, "ListEventBuses", "{}").findValuesAsText("Name"))
        .containsExactly("default");
  }

  @Test
  void holdsAHundredBuses() {
    for (int i = 1; i < 100; i++) {
      events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus-" + i + "'}");
    }

    AwsException refusal = events.refusal(GLOBAL, "CreateEventBus", "{'Name': 'one-more'}");
    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(refusal).hasMessage("The requested resource exceeds the maximum number allowed.");
  }

  @Test
  void asksForPermissionOnTheBus() {
    events.authorizer.deniedActions.add("events:CreateEventBus");

    assertThat(events.refusal(GLOBAL, "CreateEventBus", "{'Name': 'bus'}").code())
        .isEqualTo("AccessDeniedException");
    assertThat(events.authorizer.asked.get(0).resourceArn()).isEqualTo(busArn(GLOBAL, "bus"));
  }
}

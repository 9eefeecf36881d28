package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventOperationsTest {

  private static final String ENTRY =
      "'EventBusName': 'bus', 'Source': 's', 'DetailType': 'D.T', 'Detail': '{}'";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void logEverything() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.forward(
        GLOBAL,
        "bus",
        "all",
        "{'source': [{'prefix': ''}]}",
        "'Arn': '" + queueArn(GLOBAL, "q") + "'");
  }

  @Test
  void answersEachEntryInItsPlaceAndDeliversTheGoodOnes() {
    ObjectNode result =
        putEvents(
            GLOBAL,
            "{%s}, {'EventBusName': 'bus', 'Source': 's', 'DetailType': 'D.T'}, {%s}"
                .formatted(ENTRY, ENTRY));
    events.time.runAll();

    assertThat(result.get("FailedEntryCount").asInt()).isEqualTo(1);
    assertThat(result.at("/Entries/1/ErrorCode").asText()).isEqualTo("InvalidArgument");
    assertThat(result.at("/Entries/1/ErrorMessage").asText())
        .isEqualTo("Parameter Detail is not valid. Reason: Detail is a required argument.");
    assertThat(events.sqs.deliveries)
        .extracting(delivery -> event(delivery.body()).get("id").asText())
        .containsExactly(
            result.at("/Entries/0/EventId").asText(), result.at("/Entries/2/EventId").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Source': 's'       | 'Source': ''         | InvalidArgument",
        "'DetailType': 'D.T' | 'DetailType': ''     | InvalidArgument",
        "'Source': 's'       | 'Source': 'aws.ec2'  | NotAuthorizedForSourceException",
        "'Detail': '{}'      | 'Detail': '{'        | MalformedDetail",
        "'Detail': '{}'      | 'Detail': '[]'       | MalformedDetail",
        "'Detail': '{}'      | 'Detail': '{} {}'    | MalformedDetail",
      })
  void refusesAnEntry(String part, String replacement, String code) {
    ObjectNode result = putEvents(GLOBAL, "{" + ENTRY.replace(part, replacement) + "}");

    assertThat(result.at("/Entries/0/ErrorCode").asText()).isEqualTo(code);
    assertThat(result.at("/Entries/0").has("EventId")).isFalse();
  }

  @Test
  void detailTypesHave128Characters() {
    assertThat(
            putEvents(GLOBAL, "{" + ENTRY.replace("D.T", "x".repeat(128)) + "}")
                .get("FailedEntryCount")
                .asInt())
        .isZero();
    assertThat(
            putEvents(GLOBAL, "{" + ENTRY.replace("D.T", "x".repeat(129)) + "}")
                .at("/Entries/0/ErrorCode")
                .asText())
        .isEqualTo("InvalidArgument");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11})
  void takesOneToTenEntries(int entries) {
    String list = ("{" + ENTRY + "},").repeat(entries);
    AwsException refusal =
        events.refusal(
            GLOBAL,
            "PutEvents",
            "{'Entries': [" + (list.isEmpty() ? "" : list.substring(0, list.length() - 1)) + "]}");

    assertThat(refusal.code()).isEqualTo("ValidationException");
    assertThat(refusal).hasMessageContaining("at 'entries'");
  }

  @Test
  void takesAMebibyteACall() {
    int rest = "s".length() + "D.T".length() + "{'a':''}".length() + "r".length() + 14;
    String entry =
        "{'EventBusName': 'bus', 'Source': 's', 'DetailType': 'D.T', 'Resources': ['r'],"
            + " 'Time': 1795428000.5, 'Detail': '{\\\"a\\\":\\\"%s\\\"}'}";

    assertThat(
            putEvents(GLOBAL, entry.formatted("x".repeat((1 << 20) - rest)))
                .get("FailedEntryCount")
                .asInt())
        .isZero();
    assertThat(
            events.refusal(
                GLOBAL,
                "PutEvents",
                "{'Entries': [" + entry.formatted("x".repeat((1 << 20) - rest + 1)) + "]}"))
        .hasMessage("Total size of the entries in the request is over the limit.");
  }

  @Test
  void stampsTheEventWithTheCallersAccountAndRegion() {
    admit(ORDERS);
    putEvents(
        ORDERS,
        "{"
            + ENTRY.replace("'bus'", "'" + busArn(GLOBAL, "bus") + "'")
            + ", 'Resources': ['r'], 'Time': 1795428000.9}");
    events.time.runAll();

    JsonNode event = event(events.sqs.deliveries.get(0).body());
    assertThat(event.get("account").asText()).isEqualTo(ORDERS);
    assertThat(event.get("region").asText()).isEqualTo("eu-west-1");
    assertThat(event.get("time").asText()).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(event.at("/resources/0").asText()).isEqualTo("r");
  }

  @Test
  void oneUnauthorisedEntryFailsTheWholeCall() {
    events.call(ORDERS, "CreateEventBus", "{'Name': 'own'}");

    AwsException refusal =
        events.refusal(
            ORDERS,
            "PutEvents",
            "{'Entries': [{%s}, {%s}]}"
                .formatted(
                    ENTRY.replace("'bus'", "'own'"),
                    ENTRY.replace("'bus'", "'" + busArn(GLOBAL, "bus") + "'")));
    events.time.runAll();

    assertThat(refusal.code()).isEqualTo("AccessDeniedException");
    assertThat(events.sqs.deliveries).isEmpty();
  }

  @Test
  void asksWithTheConditionKeysOfAnEvent() {
    putEvents(GLOBAL, "{" + ENTRY + "}");

    assertThat(events.authorizer.asked)
        .last()
        .satisfies(asked -> {
          assertThat(asked.action()).isEqualTo("events:PutEvents");
          assertThat(asked.resourceArn()).isEqualTo(busArn(GLOBAL, "bus"));
          assertThat(asked.context().values())
              .containsEntry("events:source", List.of("s"))
              .containsEntry("events:detail-type", List.of("D.T"))
              .containsEntry("events:eventBusInvocation", List.of("false"));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "arn:aws:events:eu-west-1:333333333333:event-bus/none"})
  void acknowledgesAndDropsEventsForABusThatIsNotThere(String bus) {
    ObjectNode result = putEvents(GLOBAL, "{" + ENTRY.replace("'bus'", "'" + bus + "'") + "}");
    events.time.runAll();

    assertThat(result.get("FailedEntryCount").asInt()).isZero();
    assertThat(result.at("/Entries/0/EventId").asText()).isNotEmpty();
    assertThat(events.sqs.deliveries).isEmpty();
  }

  @Test
  void testsPatterns() {
    assertThat(testPattern("{'source': ['s']}", COMPLETE)).isTrue();
    assertThat(testPattern("{'source': ['t']}", COMPLETE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'source': ['s']} | {'source': 's'} | ValidationException          | Parameter Event is not valid.",
        "{'source': ['s']} | text            | ValidationException          | Parameter Event is not valid.",
        "{'source': 's'}   | {}              | InvalidEventPatternException | Event pattern is not valid. Reason:",
      })
  void refusesToTest(String pattern, String event, String code, String message) {
    AwsException refusal =
        events.refusal(GLOBAL, "TestEventPattern", testInput(pattern, event).toString());

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
  }

  private static final String COMPLETE =
      "{'id': '1', 'account': '1', 'source': 's', 'time': '2026-11-23T10:00:00Z', 'region': 'r',"
          + " 'detail-type': 'd'}";

  private boolean testPattern(String pattern, String event) {
    return events
        .call(GLOBAL, "TestEventPattern", testInput(pattern, event).toString())
        .get("Result")
        .booleanValue();
  }

  private static ObjectNode testInput(String pattern, String event) {
    return Json.object()
        .put("EventPattern", EventBridgeFixture.quoted(pattern))
        .put("Event", EventBridgeFixture.quoted(event));
  }

  private void admit(String account) {
    events.call(
        GLOBAL,
        "PutPermission",
        "{'EventBusName': 'bus', 'Action': 'events:PutEvents', 'Principal': '%s', 'StatementId': 's'}"
            .formatted(account));
  }

  private ObjectNode putEvents(String account, String entries) {
    return events.call(account, "PutEvents", "{'Entries': [" + entries + "]}");
  }

  private static JsonNode event(String body) {
    return Json.parseObject(body).orElseThrow();
  }
}

package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveOperationsTest {

  private static final String ARCHIVE = "arn:aws:events:eu-west-1:111111111111:archive/a";

  /** 2026-11-23T10:00:00Z, when virtual time begins. */
  private static final long START = 1_795_428_000L;

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void createBusAndArchive() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'other'}");
    events.forward(
        GLOBAL,
        "bus",
        "log",
        "{'source': [{'prefix': ''}]}",
        "'Arn': '" + queueArn(GLOBAL, "q") + "'");
    events.call(
        GLOBAL,
        "CreateArchive",
        "{'ArchiveName': 'a', 'EventSourceArn': '%s', 'Description': 'd', 'RetentionDays': 7,"
                .formatted(busArn(GLOBAL, "bus"))
            + " 'EventPattern': '{\\\"detail-type\\\":[\\\"Order.Created\\\"]}'}");
  }

  @Test
  void archivesWhatItsPatternMatches() {
    publish("Order.Created");
    publish("Order.Updated");
    ObjectNode archive = describe();

    assertThat(archive.get("ArchiveArn").asText()).isEqualTo(ARCHIVE);
    assertThat(archive.get("EventSourceArn").asText()).isEqualTo(busArn(GLOBAL, "bus"));
    assertThat(archive.get("State").asText()).isEqualTo("ENABLED");
    assertThat(archive.get("RetentionDays").asInt()).isEqualTo(7);
    assertThat(archive.get("EventCount").asLong()).isEqualTo(1);
    assertThat(archive.get("SizeBytes").asLong()).isPositive();
    assertThat(archive.get("EventPattern").asText())
        .isEqualTo("{\"detail-type\":[\"Order.Created\"]}");
  }

  @Test
  void worksByAManagedRuleThatOthersMustLeaveAlone() {
    ObjectNode rule =
        events.call(GLOBAL, "DescribeRule", "{'Name': 'Events-Archive-a', 'EventBusName': 'bus'}");

    assertThat(rule.get("ManagedBy").asText()).isEqualTo("prod.vhs.events.aws.internal");
    assertThat(rule.get("EventPattern").asText())
        .isEqualTo("{\"detail-type\":[\"Order.Created\"],\"replay-name\":[{\"exists\":false}]}");
    for (String operation : List.of("DisableRule", "DeleteRule")) {
      assertThat(
              events
                  .refusal(GLOBAL, operation, "{'Name': 'Events-Archive-a', 'EventBusName': 'bus'}")
                  .code())
          .isEqualTo("ManagedRuleException");
    }
    assertThat(
            events
                .refusal(
                    GLOBAL,
                    "RemoveTargets",
                    "{'Rule': 'Events-Archive-a', 'EventBusName': 'bus', 'Ids': ['x']}")
                .code())
        .isEqualTo("ManagedRuleException");
  }

  @Test
  void forgetsEventsAfterTheirRetention() {
    publish("Order.Created");
    events.time.pass(Duration.ofDays(8));
    publish("Order.Created");

    assertThat(describe().get("EventCount").asLong()).isEqualTo(1);
  }

  @Test
  void updatesWhatIsGiven() {
    events.call(GLOBAL, "UpdateArchive", "{'ArchiveName': 'a', 'RetentionDays': 0}");

    assertThat(describe().get("RetentionDays").asInt()).isZero();
    assertThat(describe().get("Description").asText()).isEqualTo("d");
    assertThat(events.refusal(GLOBAL, "UpdateArchive", "{'ArchiveName': 'a'}").code())
        .isEqualTo("ValidationException");
  }

  @Test
  void keepsAKeyThatIsNotGiven() {
    events.call(GLOBAL, "UpdateArchive", "{'ArchiveName': 'a', 'KmsKeyIdentifier': 'alias/k'}");
    events.call(GLOBAL, "UpdateArchive", "{'ArchiveName': 'a', 'RetentionDays': 0}");
    assertThat(describe().get("KmsKeyIdentifier").asText()).isEqualTo("alias/k");

    events.call(GLOBAL, "UpdateArchive", "{'ArchiveName': 'a', 'KmsKeyIdentifier': ''}");
    assertThat(describe().has("KmsKeyIdentifier")).isFalse();
  }

  @Test
  void deletesTheRuleWithTheArchive() {
    events.call(GLOBAL, "DeleteArchive", "{'ArchiveName': 'a'}");

    assertThat(events.call(GLOBAL, "ListRules", "{'EventBusName': 'bus'}").findValuesAsText("Name"))
        .containsExactly("log");
    assertThat(events.refusal(GLOBAL, "DescribeArchive", "{'ArchiveName': 'a'}"))
        .hasMessage("Archive a does not exist.");
  }

  @Test
  void listsByOneFilter() {
    assertThat(
            events
                .call(GLOBAL, "ListArchives", "{'NamePrefix': 'a'}")
                .findValuesAsText("ArchiveName"))
        .containsExactly("a");
    assertThat(
            events
                .call(
                    GLOBAL,
                    "ListArchives",
                    "{'EventSourceArn': '%s'}".formatted(busArn(GLOBAL, "other")))
                .get("Archives"))
        .isEmpty();
    assertThat(events.refusal(GLOBAL, "ListArchives", "{'NamePrefix': 'a', 'State': 'ENABLED'}"))
        .hasMessageStartingWith("At most one filter is allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ArchiveName': 'a', 'EventSourceArn': 'arn:aws:events:eu-west-1:111111111111:event-bus/bus'  | ResourceAlreadyExistsException",
        "'ArchiveName': 'b', 'EventSourceArn': 'arn:aws:events:eu-west-1:111111111111:event-bus/none' | ResourceNotFoundException",
        "'ArchiveName': 'b', 'EventSourceArn': 'arn:aws:events:eu-west-1:222222222222:event-bus/bus'  | ResourceNotFoundException",
        "'ArchiveName': 'b', 'EventSourceArn': 'bus'                                                  | ValidationException",
        "'ArchiveName': 'b', 'EventSourceArn': 'arn:aws:events:eu-west-1:111111111111:event-bus/bus', 'EventPattern': '{}' | InvalidEventPatternException",
      })
  void refusesToCreate(String members, String code) {
    assertThat(events.refusal(GLOBAL, "CreateArchive", "{" + members + "}").code()).isEqualTo(code);
  }

  @Test
  void replaysWithNewIdsAndTheReplaysName() {
    String id = publish("Order.Created");
    ObjectNode started = replay("replay", "");
    events.time.runAll();

    assertThat(started.get("State").asText()).isEqualTo("STARTING");
    assertThat(events.sqs.deliveries).hasSize(2);
    JsonNode again = Json.parseObject(events.sqs.deliveries.get(1).body()).orElseThrow();
    assertThat(again.get("replay-name").asText()).isEqualTo("replay");
    assertThat(again.get("id").asText()).isNotEqualTo(id);
    assertThat(again.get("account").asText()).isEqualTo(GLOBAL);
    assertThat(describe().get("EventCount").asLong()).isEqualTo(1);
    ObjectNode replay = events.call(GLOBAL, "DescribeReplay", "{'ReplayName': 'replay'}");
    assertThat(replay.get("State").asText()).isEqualTo("COMPLETED");
    assertThat(replay.get("EventLastReplayedTime").asLong()).isEqualTo(START);
    assertThat(replay.at("/Destination/Arn").asText()).isEqualTo(busArn(GLOBAL, "bus"));
  }

  @Test
  void replaysToTheRulesOfItsFilterOnly() {
    events.forward(
        GLOBAL,
        "bus",
        "second",
        "{'source': [{'prefix': ''}]}",
        "'Arn': '" + queueArn(GLOBAL, "second") + "'");
    publish("Order.Created");
    replay("replay", ", 'FilterArns': ['arn:aws:events:eu-west-1:111111111111:rule/bus/second']");
    events.time.runAll();

    assertThat(events.sqs.to(queueArn(GLOBAL, "q"))).hasSize(1);
    assertThat(events.sqs.to(queueArn(GLOBAL, "second"))).hasSize(2);
  }

  @Test
  void aCancelledReplaySendsNothing() {
    publish("Order.Created");
    replay("replay", "");
    ObjectNode cancelled = events.call(GLOBAL, "CancelReplay", "{'ReplayName': 'replay'}");
    events.time.runAll();

    assertThat(cancelled.get("State").asText()).isEqualTo("CANCELLING");
    assertThat(
            events.call(GLOBAL, "DescribeReplay", "{'ReplayName': 'replay'}").get("State").asText())
        .isEqualTo("CANCELLED");
    assertThat(events.sqs.deliveries).hasSize(1);
    assertThat(events.refusal(GLOBAL, "CancelReplay", "{'ReplayName': 'replay'}").code())
        .isEqualTo("IllegalStatusException");
  }

  @Test
  void aReplayTakesTimeForEachMinuteAndCanBeCancelledBetweenThem() {
    publish("Order.Created");
    events.time.pass(Duration.ofMinutes(1));
    publish("Order.Created");
    replay("replay", "");
    events.time.runDue();

    ObjectNode running = events.call(GLOBAL, "DescribeReplay", "{'ReplayName': 'replay'}");
    assertThat(running.get("State").asText()).isEqualTo("RUNNING");
    assertThat(running.get("EventLastReplayedTime").asLong()).isEqualTo(START);
    events.call(GLOBAL, "CancelReplay", "{'ReplayName': 'replay'}");
    events.time.runAll();
    assertThat(events.sqs.deliveries).hasSize(3);
  }

  @Test
  void tenReplaysRunAtOnce() {
    for (int i = 0; i < 10; i++) {
      replay("replay-" + i, "");
    }

    assertThat(events.refusal(GLOBAL, "StartReplay", replayInput("one-more", "")).code())
        .isEqualTo("LimitExceededException");
    events.time.runAll();
    replay("one-more", "");
    assertThat(
            events
                .call(GLOBAL, "ListReplays", "{'State': 'COMPLETED'}")
                .findValuesAsText("ReplayName"))
        .hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "archive/a     | archive/b       | ValidationException | Parameter EventSourceArn is not valid. Reason: Archive b does not exist.",
        "event-bus/bus | event-bus/other | ValidationException | Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
        "event-bus/bus | event-bus/none  | ResourceNotFoundException | Event bus none does not exist.",
        "1795431600    | 1795428000      | ValidationException | Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
        "'r'           | 'done'          | ResourceAlreadyExistsException | Replay done already exists.",
      })
  void refusesToReplay(String part, String replacement, String code, String message) {
    replay("done", "");

    AwsException refusal =
        events.refusal(GLOBAL, "StartReplay", replayInput("r", "").replace(part, replacement));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessage(message);
  }

  @Test
  void timesAreCheckedBeforeTheBusOfTheArchive() {
    String input =
        replayInput("r", "")
            .replace("event-bus/bus", "event-bus/other")
            .replace("1795431600", "1795428000");

    assertThat(events.refusal(GLOBAL, "StartReplay", input))
        .hasMessageContaining("EventStartTime must be before EventEndTime.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'EventSourceArn': 'arn:aws:events:eu-west-1:111111111111:event-bus/none' | Event bus none does not exist.",
        "'EventSourceArn': 'arn:aws:events:eu-west-1:999999999999:event-bus/bus'  | Event bus bus does not exist.",
        "'State': 'OPEN' | 1 validation error detected: Value 'OPEN' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, CREATING, UPDATING, CREATE_FAILED, UPDATE_FAILED]",
      })
  void refusesToList(String filter, String message) {
    assertThat(events.refusal(GLOBAL, "ListArchives", "{" + filter + "}")).hasMessage(message);
  }

  private ObjectNode replay(String name, String destinationMembers) {
    return events.call(GLOBAL, "StartReplay", replayInput(name, destinationMembers));
  }

  private static String replayInput(String name, String destinationMembers) {
    return "{'ReplayName': '%s', 'EventSourceArn': '%s', 'EventStartTime': %d, 'EventEndTime': %d,"
            .formatted(name, ARCHIVE, START, START + 3_600)
        + " 'Destination': {'Arn': '%s'%s}}".formatted(busArn(GLOBAL, "bus"), destinationMembers);
  }

  private String publish(String detailType) {
    String id = events.publish(GLOBAL, "bus", detailType);
    events.time.runAll();
    return id;
  }

  private ObjectNode describe() {
    return events.call(GLOBAL, "DescribeArchive", "{'ArchiveName': 'a'}");
  }
}

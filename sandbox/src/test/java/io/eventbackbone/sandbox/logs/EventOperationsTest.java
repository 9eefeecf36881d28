package io.eventbackbone.sandbox.logs;

import static io.eventbackbone.sandbox.logs.LogsDriver.GROUP_ARN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventOperationsTest {

  private static final long NOW = 1795435200000L;
  private static final long HOUR = 3_600_000L;

  private final LogsDriver logs = new LogsDriver();

  @BeforeEach
  void createStream() {
    logs.createGroup();
    logs.onGroup("CreateLogStream", "{'logStreamName':'s'}");
  }

  private static String event(long time, String message) {
    return "{'timestamp':%d,'message':'%s'}".formatted(time, message);
  }

  private ObjectNode put(String stream, String... events) {
    return logs.onGroup(
        "PutLogEvents",
        "{'logStreamName':'%s','logEvents':[%s]}".formatted(stream, String.join(",", events)));
  }

  private AwsException refusedPut(String... events) {
    return logs.refusalOnGroup(
        "PutLogEvents",
        "{'logStreamName':'s','logEvents':[%s]}".formatted(String.join(",", events)));
  }

  private ObjectNode get(String parameters) {
    return logs.onGroup("GetLogEvents", "{'logStreamName':'s'" + parameters + "}");
  }

  private static List<String> messages(JsonNode page) {
    List<String> messages = new ArrayList<>();
    page.get("events").forEach(event -> messages.add(event.get("message").asText()));
    return messages;
  }

  @Test
  void eventsComeInOrderOfTheirTimestamps() {
    put("s", event(NOW - 2, "b"), event(NOW, "d"));
    put("s", event(NOW - 3, "a"), event(NOW - 1, "c"));

    ObjectNode page = get("");
    assertThat(messages(page)).containsExactly("a", "b", "c", "d");
    assertThat(page.at("/events/0/ingestionTime").asLong()).isEqualTo(NOW);
  }

  @Test
  void withoutTokenOneSeesTheLatestAndGoesBackOrOn() {
    put("s", event(NOW - 4, "a"), event(NOW - 3, "b"), event(NOW - 2, "c"), event(NOW - 1, "d"));

    ObjectNode latest = get(",'limit':2");
    assertThat(messages(latest)).containsExactly("c", "d");
    assertThat(
            messages(
                get(",'limit':2,'nextToken':'" + latest.get("nextBackwardToken").asText() + "'")))
        .containsExactly("a", "b");
    ObjectNode end = get(",'nextToken':'" + latest.get("nextForwardToken").asText() + "'");
    assertThat(messages(end)).isEmpty();
    assertThat(end.get("nextForwardToken")).isEqualTo(latest.get("nextForwardToken"));
    put("s", event(NOW, "e"));
    assertThat(messages(get(",'nextToken':'" + end.get("nextForwardToken").asText() + "'")))
        .containsExactly("e");
    assertThat(messages(get(",'startFromHead':true,'limit':1"))).containsExactly("a");
  }

  @Test
  void timesBoundWhatIsSeen() {
    put("s", event(NOW - 3, "a"), event(NOW - 2, "b"), event(NOW - 1, "c"));

    assertThat(messages(get(",'startTime':%d,'endTime':%d".formatted(NOW - 2, NOW - 1))))
        .containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,'limit':10001     | 1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000
          ,'nextToken':'bad' | The specified nextToken is invalid.
          """,
      quoteCharacter = '"')
  void refusesToGetEvents(String parameters, String message) {
    AwsException refusal =
        logs.refusalOnGroup("GetLogEvents", "{'logStreamName':'s'" + parameters + "}");

    assertThat(refusal.code()).isEqualTo("InvalidParameterException");
    assertThat(refusal).hasMessage(message);
  }

  @Test
  void refusesBatchesOutOfOrderOrTooLongOrTooLarge() {
    assertThat(refusedPut(event(NOW, "b"), event(NOW - 1, "a")))
        .hasMessage("Log events in a single PutLogEvents request must be in chronological order.");
    assertThat(refusedPut(event(NOW - 24 * HOUR - 1, "a"), event(NOW, "b")))
        .hasMessageContaining("cannot span more than 24 hours");
    assertThat(refusedPut(event(NOW, "x".repeat(1_048_551))))
        .hasMessage("Upload too large: 1048577 bytes exceeds limit of 1048576");
    assertThat(refusedPut(event(NOW, ""))).isNotNull();
    assertThat(refusedPut()).isNotNull();
    assertThat(messages(get(""))).isEmpty();
  }

  @Test
  void tooOldAndTooNewEventsAreLeftOut() {
    JsonNode old =
        put("s", event(NOW - 14 * 24 * HOUR - 1, "old"), event(NOW - 14 * 24 * HOUR, "kept"));
    assertThat(old.at("/rejectedLogEventsInfo/tooOldLogEventEndIndex").asInt()).isEqualTo(1);
    JsonNode ahead = put("s", event(NOW + 2 * HOUR, "soon"), event(NOW + 2 * HOUR + 1, "too soon"));
    assertThat(ahead.at("/rejectedLogEventsInfo/tooNewLogEventStartIndex").asInt()).isEqualTo(1);
    assertThat(put("s", event(NOW, "now")).has("rejectedLogEventsInfo")).isFalse();

    assertThat(messages(get(""))).containsExactly("kept", "now", "soon");
  }

  @Test
  void retentionExpiresEvents() {
    logs.onGroup("PutRetentionPolicy", "{'retentionInDays':1}");
    JsonNode expired = put("s", event(NOW - 24 * HOUR - 1, "expired"), event(NOW - HOUR, "a"));
    put("s", event(NOW, "b"));
    assertThat(expired.at("/rejectedLogEventsInfo/expiredLogEventEndIndex").asInt()).isEqualTo(1);
    assertThat(messages(get(""))).containsExactly("a", "b");

    logs.clock.advance(Duration.ofHours(23).plusMillis(1));
    assertThat(messages(get(""))).containsExactly("b");
  }

  @Test
  void missingStreamsAndGroupsAreNamedSo() {
    assertThat(logs.refusalOnGroup("GetLogEvents", "{'logStreamName':'x'}"))
        .hasMessage("The specified log stream does not exist.");
    assertThat(logs.refusal("GetLogEvents", "{'logGroupName':'x','logStreamName':'s'}"))
        .hasMessage("The specified log group does not exist.");
    assertThat(logs.refusalOnGroup("CreateLogStream", "{'logStreamName':'s'}").code())
        .isEqualTo("ResourceAlreadyExistsException");
    assertThat(logs.refusalOnGroup("CreateLogStream", "{'logStreamName':'a:b'}").code())
        .isEqualTo("InvalidParameterException");
  }

  @Test
  void describesStreams() {
    logs.onGroup("CreateLogStream", "{'logStreamName':'t'}");
    put("s", event(NOW - 1, "a"));
    put("t", event(NOW - 5, "b"));

    JsonNode byName = logs.onGroup("DescribeLogStreams", "{}").get("logStreams");
    assertThat(byName.get(0).get("arn").asText()).isEqualTo(GROUP_ARN + ":log-stream:s");
    assertThat(byName.get(0).get("firstEventTimestamp").asLong()).isEqualTo(NOW - 1);
    assertThat(byName.get(1).get("logStreamName").asText()).isEqualTo("t");
    assertThat(
            logs.onGroup("DescribeLogStreams", "{'orderBy':'LastEventTime','descending':true}")
                .at("/logStreams/0/logStreamName")
                .asText())
        .isEqualTo("s");
    assertThat(
            logs.call("DescribeLogStreams", "{'logGroupIdentifier':'" + GROUP_ARN + "'}")
                .get("logStreams"))
        .hasSize(2);
    assertThat(logs.onGroup("DescribeLogStreams", "{'logStreamNamePrefix':'t'}").get("logStreams"))
        .hasSize(1);
    assertThat(logs.refusalOnGroup("DescribeLogStreams", "{'logGroupIdentifier':'x'}").code())
        .isEqualTo("ValidationException");
    logs.onGroup("DeleteLogStream", "{'logStreamName':'t'}");
    assertThat(logs.onGroup("DescribeLogStreams", "{}").get("logStreams")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                   | order created,order updated,other created
          'filterPattern':'order'              | order created,order updated
          'filterPattern':'created order'      | order created
          'filterPattern':'\\"r created\\"'    | order created,other created
          'filterPattern':'Order'              | ''
          'logStreamNames':['t']               | order updated
          'logStreamNamePrefix':'s'            | order created,other created
          'startTime':1795435199999            | other created
          """,
      quoteCharacter = '~')
  void findsEventsInAllStreams(String parameters, String found) {
    logs.onGroup("CreateLogStream", "{'logStreamName':'t'}");
    put("s", event(NOW - 3, "order created"), event(NOW - 1, "other created"));
    put("t", event(NOW - 2, "order updated"));

    JsonNode page =
        logs.onGroup("FilterLogEvents", "{" + (parameters.equals("''") ? "" : parameters) + "}");

    assertThat(String.join(",", messages(page))).isEqualTo(found.equals("''") ? "" : found);
  }

  @Test
  void foundEventsComeInPages() {
    put("s", event(NOW - 3, "a"), event(NOW - 2, "b"), event(NOW - 1, "c"));
    ObjectNode first = logs.onGroup("FilterLogEvents", "{'limit':2}");
    ObjectNode second =
        logs.onGroup("FilterLogEvents", "{'nextToken':'" + first.get("nextToken").asText() + "'}");

    assertThat(messages(first)).containsExactly("a", "b");
    assertThat(messages(second)).containsExactly("c");
    assertThat(first.at("/events/0/logStreamName").asText()).isEqualTo("s");
    assertThat(first.at("/events/0/eventId").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a, b]", "%order%", "{ $.source = %order% }"})
  void refusesPatternsOfOtherForms(String pattern) {
    assertThat(logs.refusalOnGroup("FilterLogEvents", "{'filterPattern':'" + pattern + "'}"))
        .hasMessageContaining("does not implement");
  }
}

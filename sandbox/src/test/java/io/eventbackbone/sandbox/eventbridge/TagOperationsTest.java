package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagOperationsTest {

  private static final String PATTERN = "'EventPattern': '{\\\"source\\\":[\\\"a\\\"]}'";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void createResources() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'bus'}");
    events.call(GLOBAL, "PutRule", "{'Name': 'r', 'EventBusName': 'bus', " + PATTERN + "}");
    events.call(GLOBAL, "PutRule", "{'Name': 'r', " + PATTERN + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-bus/bus", "rule/bus/r", "rule/r"})
  void mergesAndRemovesTags(String resource) {
    String arn = new Home(GLOBAL, EventBridgeFixture.REGION).arn("events", resource);
    tag(arn, "{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}");
    tag(arn, "{'Key': 'b', 'Value': '3'}, {'Key': 'c', 'Value': ''}");
    assertThat(tags(arn)).isEqualTo("a=1 b=3 c=");

    events.call(
        GLOBAL, "UntagResource", "{'ResourceARN': '%s', 'TagKeys': ['a', 'x']}".formatted(arn));
    assertThat(tags(arn)).isEqualTo("b=3 c=");
    assertThat(tags(busArn(GLOBAL, "default"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event-bus/none | {'Key': 'a', 'Value': ''}                             | ResourceNotFoundException",
        "rule/bus/none  | {'Key': 'a', 'Value': ''}                             | ResourceNotFoundException",
        "archive/a      | {'Key': 'a', 'Value': ''}                             | ValidationException",
        "event-bus/bus  | {'Key': 'aws:a', 'Value': ''}                         | ValidationException",
        "event-bus/bus  | {'Key': 'a', 'Value': ''}, {'Key': 'a', 'Value': ''}  | ValidationException",
        "event-bus/bus  | {'Key': 'a'}                                          | ValidationException",
      })
  void refuses(String resource, String tags, String code) {
    String arn = new Home(GLOBAL, EventBridgeFixture.REGION).arn("events", resource);

    assertThat(refusal(arn, tags).code()).isEqualTo(code);
  }

  @Test
  void takesFiftyTags() {
    String arn = busArn(GLOBAL, "bus");
    tag(
        arn,
        IntStream.range(0, 50)
            .mapToObj(i -> "{'Key': 'k" + i + "', 'Value': ''}")
            .collect(Collectors.joining(",")));

    assertThat(refusal(arn, "{'Key': 'one-more', 'Value': ''}").code())
        .isEqualTo("ValidationException");
  }

  private void tag(String arn, String tags) {
    events.call(GLOBAL, "TagResource", "{'ResourceARN': '%s', 'Tags': [%s]}".formatted(arn, tags));
  }

  private AwsException refusal(String arn, String tags) {
    return events.refusal(
        GLOBAL, "TagResource", "{'ResourceARN': '%s', 'Tags': [%s]}".formatted(arn, tags));
  }

  private String tags(String arn) {
    StringBuilder tags = new StringBuilder();
    events
        .call(GLOBAL, "ListTagsForResource", "{'ResourceARN': '%s'}".formatted(arn))
        .get("Tags")
        .forEach(tag ->
            tags.append(' ')
                .append(tag.get("Key").asText())
                .append('=')
                .append(tag.get("Value").asText()));
    return tags.toString().strip();
  }
}

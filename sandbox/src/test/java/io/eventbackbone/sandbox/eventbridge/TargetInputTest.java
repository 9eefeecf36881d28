package io.eventbackbone.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventPath;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import io.eventbackbone.sandbox.eventbridge.model.TargetInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetInputTest {

  private static final Event EVENT =
      new Event(
          "e1",
          "Order.Created",
          "order-service",
          "222222222222",
          Instant.parse("2026-11-23T10:00:00.700Z"),
          "eu-west-1",
          List.of("r0", "r1"),
          "{\"id\":\"o 1\",\"total\":12.50,\"data\":{\"a/b\":1},\"say\":\"\\\"hi\\\"\",\"list\":[1,2]}",
          Optional.empty(),
          Optional.empty());

  private static final Rule RULE =
      Rule.create(
          new BusId(new Home("222222222222", "eu-west-1"), "local"),
          "r",
          new Rule.Definition(
              Optional.empty(),
              Optional.empty(),
              Rule.State.ENABLED,
              Optional.empty(),
              Optional.empty()),
          "222222222222",
          Tags.NONE);

  private static final TargetInput.Match MATCH =
      new TargetInput.Match(RULE, EVENT, Instant.parse("2026-11-23T10:00:01Z"));

  @Test
  void givesTheWholeEventWithWholeSecondsAndNumbersAsWritten() {
    assertThat(new TargetInput.WholeEvent().of(MATCH).orElseThrow())
        .isEqualTo(
            EventBridgeFixture.quoted(
                    "{'version':'0','id':'e1','detail-type':'Order.Created',"
                        + "'source':'order-service','account':'222222222222',"
                        + "'time':'2026-11-23T10:00:00Z','region':'eu-west-1',"
                        + "'resources':['r0','r1'],'detail':")
                + EVENT.detail()
                + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.detail.id         | 'o 1'",
        "$.detail.total      | 12.50",
        "$.detail.data.a/b   | 1",
        "$.resources[1]      | 'r1'",
        "$.resources         | ['r0','r1']",
      })
  void givesAPartOfTheEvent(String path, String expected) {
    TargetInput part = new TargetInput.Part(EventPath.parse(path).orElseThrow());

    assertThat(part.of(MATCH)).contains(EventBridgeFixture.quoted(expected));
  }

  @ParameterizedTest
  @CsvSource({"detail", "$detail", "$..id", "$.a[*]", "$.a[x]", "$.", "''"})
  void knowsNoOtherNotationOfPaths(String text) {
    assertThat(EventPath.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id': <id>, 'total': <total>}          | {'id': 'o 1', 'total': 12.50}",
        "{'text': 'order <id> of <total>'}       | {'text': 'order o 1 of 12.50'}",
        "'order <id> of <data>'                  | 'order o 1 of {a/b:1}'",
        "'{[<id>'                                | '{[o 1'",
        "{'say': '<say>'}                        | {'say': '\\'hi\\''}",
        "'order <id>, <absent>.'                 | 'order o 1, .'",
        "{'absent': <absent>}                    | {'absent': ''}",
        "{'rule': <aws.events.rule-name>}        | {'rule': 'r'}",
        "{'at': <aws.events.event.ingestion-time>} | {'at': '2026-11-23T10:00:01Z'}",
      })
  void fillsTemplates(String template, String expected) {
    assertThat(transform(template)).contains(EventBridgeFixture.quoted(expected));
  }

  @Test
  void givesTheEventWithAndWithoutItsDetail() {
    assertThat(transform("{'e': <aws.events.event.json>}").orElseThrow())
        .isEqualTo("{\"e\": " + EVENT.json() + "}");
    assertThat(transform("{'e': <aws.events.event>}"))
        .contains(
            EventBridgeFixture.quoted(
                "{'e': {'id':'e1','account':'222222222222','detailType':'Order.Created',"
                    + "'time':'2026-11-23T10:00:00Z','source':'order-service',"
                    + "'region':'eu-west-1','resources':['r0','r1'],'version':'0'}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'id': <id>,}", "{'text': 'order of <data>'}", "{'text': '<list>'}"})
  void findsBrokenJson(String template) {
    assertThat(transform(template)).isEmpty();
  }

  @Test
  void knowsThePlaceholdersThatNobodyFills() {
    assertThat(
            transformer("{'a': <id>, 'b': <other>, 'c': <aws.events.rule-arn>}")
                .unknownPlaceholders())
        .containsExactly("other");
  }

  private static Optional<String> transform(String template) {
    return transformer(template).of(MATCH);
  }

  private static TargetInput.Transformer transformer(String template) {
    Map<String, EventPath> paths = new TreeMap<>();
    for (String field : List.of("id", "total", "data", "say", "list", "absent")) {
      paths.put(field, new EventPath("$.detail." + field));
    }
    return new TargetInput.Transformer(paths, EventBridgeFixture.quoted(template));
  }
}

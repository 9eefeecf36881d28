package io.eventbackbone.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.eventbridge.model.EventPattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {

  private static final int QUOTA = RuleQuotas.DEFAULT.patternCharacters();

  private static final String EVENT =
      EventBridgeFixture.quoted(
          "{'source': 'order-service', 'detail-type': 'Order.Created', 'account': '222222222222',"
              + " 'resources': [], 'detail': {'n': 300, 'price': 300.0, 'text': '300', 'none': null,"
              + " 'lines': [{'sku': 'a', 'ok': false}, {'sku': 'b', 'ok': true}], 'ip': '10.0.0.7'}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'source': [{'prefix': ''}]}                                  | true",
        "{'account': [{'anything-but': ['222222222222']}]}             | false",
        "{'account': [{'anything-but': ['333333333333']}]}             | true",
        "{'detail-type': ['Order.Created', 'Order.Updated']}           | true",
        "{'detail-type': ['order.created']}                            | false",
        "{'detail-type': [{'equals-ignore-case': 'ORDER.created'}]}    | true",
        "{'detail-type': [{'suffix': '.Created'}]}                     | true",
        "{'detail-type': [{'wildcard': 'Order.*'}]}                    | true",
        "{'detail-type': [{'anything-but': {'prefix': 'Order.'}}]}     | false",
        "{'detail': {'n': [300.0]}}                                    | true",
        "{'detail': {'price': [300]}}                                  | true",
        "{'detail': {'text': [300]}}                                   | false",
        "{'detail': {'n': [{'numeric': ['>', 100, '<=', 300]}]}}       | true",
        "{'detail': {'none': [null]}}                                  | true",
        "{'detail': {'absent': [{'exists': false}]}}                   | true",
        "{'resources': [{'exists': true}]}                             | false",
        "{'detail.n': [300]}                                           | true",
        "{'detail': {'ip': [{'cidr': '10.0.0.0/24'}]}}                 | true",
        "{'detail': {'lines': {'sku': ['a'], 'ok': [true]}}}           | false",
        "{'detail': {'lines': {'sku': ['b'], 'ok': [true]}}}           | true",
        "{'$or': [{'source': ['x']}, {'account': ['222222222222']}]}   | true",
        "{'$or': [{'source': ['x']}, {'account': ['333333333333']}]}   | false",
        "{'source': ['x'], 'source': ['order-service']}                | true",
      },
      quoteCharacter = '`')
  void matchesAsTheServiceDoes(String pattern, boolean expected) {
    EventPattern compiled = EventPattern.of(EventBridgeFixture.quoted(pattern), QUOTA);

    assertThat(compiled.matches(EVENT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "not json",
        "{'source': 'x'}",
        "{'source': []}",
        "{'source': [{'prefix': 'a', 'suffix': 'b'}]}",
        "{'source': [{'anything-but': ['a', 1]}]}",
        "{'source': [{'anything-but': [null]}]}",
        "{'source': [{'anything-but': {'prefix': ''}}]}",
        "{'source': [{'wildcard': 'a**b'}]}",
        "{'source': [{'PREFIX': 'a'}]}",
        "{'source': [{'wildcard': '*a*a*a*a*a*a*a*a*a*a*a*'}]}",
      })
  void refusesWhatTheServiceRefuses(String pattern) {
    assertThat(refusal(EventBridgeFixture.quoted(pattern)).code())
        .isEqualTo("InvalidEventPatternException");
  }

  @Test
  void namesThePlaceInThePattern() {
    assertThat(refusal("{\"source\": \"x\"}"))
        .hasMessageStartingWith(
            "Event pattern is not valid. Reason: \"source\" must be an object or an array")
        .hasMessageContaining("line: 1");
  }

  @Test
  void takesTheLongestPatternAndNoLonger() {
    String frame = "{\"source\": [\"\"]}";
    String longest = frame.replace("\"\"", "\"" + "x".repeat(2_048 - frame.length()) + "\"");

    assertThat(EventPattern.of(longest, QUOTA).text()).hasSize(2_048);
    assertThat(refusal(longest + " ")).hasMessageContaining("2,048");
    assertThat(EventPattern.of(longest + " ", 2_049).text()).hasSize(2_049);
  }

  @Test
  void takesAThousandCombinationsAndNoMore() {
    assertThat(EventPattern.of(alternatives(10, 10, 10), QUOTA).text()).isNotEmpty();
    assertThat(refusal(alternatives(10, 10, 11))).hasMessageContaining("combinations");
  }

  @Test
  void countsCombinationsBeforeWritingThemOut() {
    assertThat(refusal(alternatives(12, 12, 12, 12, 12, 12, 12)))
        .hasMessageContaining("combinations");
  }

  @Test
  void failsAsTheServiceFailsOnAnEmptyListOfPrefixes() {
    AwsException failure = refusal("{\"source\": [{\"anything-but\": {\"prefix\": []}}]}");

    assertThat(failure.httpStatus()).isEqualTo(500);
    assertThat(failure.code()).isEqualTo("InternalFailure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'source': [{'wildcard': 'a*'}]}                             | true",
        "{'source': [{'anything-but': {'wildcard': 'a*'}}]}           | true",
        "{'detail': {'a': {'b': [1, {'wildcard': 'a*'}]}}}            | true",
        "{'$or': [{'source': [{'wildcard': 'a*'}]}, {'a': [1]}]}      | true",
        "{'detail': {'wildcard': ['a*']}}                             | false",
        "{'source': ['wildcard', {'prefix': 'wildcard'}]}             | false",
      },
      quoteCharacter = '`')
  void knowsTheWildcardOperator(String pattern, boolean expected) {
    assertThat(EventPattern.of(EventBridgeFixture.quoted(pattern), QUOTA).hasWildcard())
        .isEqualTo(expected);
  }

  /** A field of the detail for each size, each with an $or of that many alternatives. */
  private static String alternatives(int... sizes) {
    return IntStream.range(0, sizes.length)
        .mapToObj(field ->
            IntStream.range(0, sizes[field])
                .mapToObj(i -> "{\"" + i + "\":[1]}")
                .collect(Collectors.joining(",", "\"f" + field + "\":{\"$or\":[", "]}")))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static AwsException refusal(String pattern) {
    return catchThrowableOfType(AwsException.class, () -> EventPattern.of(pattern, QUOTA));
  }
}

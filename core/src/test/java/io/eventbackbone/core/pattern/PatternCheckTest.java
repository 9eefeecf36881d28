package io.eventbackbone.core.pattern;

import static io.eventbackbone.core.pattern.Patterns.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'source':[{'prefix':''}]}",
        "{'account':[{'anything-but':['222222222222']}]}",
        "{'detail':{'data':{'total':[{'numeric':['>',0,'<=',5]},300]}}}",
        "{'detail':{'data':{'address':[{'cidr':'10.0.0.0/24'},null,true,'']}}}",
        "{'detail':{'state':[{'anything-but':{'wildcard':['a*','*b']}},{'exists':false}]}}",
        "{'detail':{'name':[{'prefix':{'equals-ignore-case':'a'}},{'suffix':'b'}]}}",
        "{'$or':[{'detail':{'a':[1]}},{'detail':{'a':[2],'$or':[{'b':[1]},{'c':[1]}]}}]}",
        "{'detail.a':[1],'detail':{'b':[1]}}",
        "{'detail':{'prefix':['x']}}",
      })
  void takesWhatEventBridgeTakes(String pattern) {
    PatternCheck check = PatternCheck.of(json(pattern));

    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'detail':{'a':'x'}}             | detail.a    | write [\"x\"]",
        "{'detail':{'a':null}}            | detail.a    | write [null]",
        "{'detail':{'a':[]}}              | detail.a    | empty list",
        "{'detail':{'data':{}}}           | detail.data | empty object",
        "{'detail':{'a.b':'x'}}           | detail.\"a.b\" | write [\"x\"]",
        "{'detail':{'a':[1,[2]]}}         | detail.a[1] | write a text, number",
        "{'detail':{'a':[1,{}]}}          | detail.a[1] | one operator",
        "{'detail':{'a':[{'prefix':'a','suffix':'b'}]}} | detail.a[0] | one operator",
        "{'detail':{'a':['x',{'prefx':'a'}]}} | detail.a[1] | no operator prefx; it has anything-but, cidr,",
        "{'detail':{'a':[{'Prefix':'a'}]}} | detail.a[0] | no operator Prefix",
        "{'detail':{'a':[{'exactly':'a'}]}} | detail.a[0] | write the text itself",
        "{'detail':{'a':[{'prefix':1}]}}   | detail.a[0] | write {\"prefix\":\"text\"}",
        "{'detail':{'a':[{'suffix':['b']}]}} | detail.a[0] | write {\"suffix\":\"text\"}",
        "{'detail':{'a':[{'equals-ignore-case':1}]}} | detail.a[0] | write {\"equals-ignore-case\":\"text\"}",
        "{'detail':{'a':[{'exists':'yes'}]}} | detail.a[0] | write {\"exists\":true}",
        "{'detail':{'a':[{'cidr':'10.0.0.0'}]}} | detail.a[0] | write {\"cidr\":\"10.0.0.0/24\"}",
        "{'detail':{'a':[{'cidr':'10.0.0.1/32'}]}} | detail.a[0] | write {\"cidr\":\"10.0.0.0/24\"}",
        "{'detail':{'a':[{'numeric':['>',5,'<',3]}]}} | detail.a[0] | write {\"numeric\"",
        "{'detail':{'a':[{'numeric':['=','1']}]}} | detail.a[0] | Value of equals must be numeric",
        "{'detail':{'a':[{'wildcard':'a**b'}]}} | detail.a[0] | never two stars",
        "{'detail':{'a':[{'wildcard':'a\\\\b'}]}} | detail.a[0] | Invalid escape",
        "{'detail':{'a':[{'anything-but':[1,'a']}]}} | detail.a[0] | mixed type",
        "{'detail':{'a':[{'anything-but':[true]}]}} | detail.a[0] | texts alone or numbers alone",
        "{'detail':{'a':[{'anything-but':[]}]}} | detail.a[0] | write {\"anything-but\"",
        "{'detail':{'a':[{'anything-but':{'numeric':['>',1]}}]}} | detail.a[0] | write {\"anything-but\"",
        "{'detail':{'a':[{'anything-but':{'prefix':''}}]}} | detail.a[0] | write {\"anything-but\"",
        "{'detail':{'a':[{'anything-but':{'prefix':[]}}]}} | detail.a[0] | nothing is listed",
        "{'detail':{'a':[{'anything-but':{'suffix':[]}}]}} | detail.a[0] | nothing is listed",
        "{'detail':{'a':[{'anything-but':{'wildcard':[]}}]}} | detail.a[0] | nothing is listed",
        "{'detail':{'a':[{'anything-but':{'equals-ignore-case':[]}}]}} | detail.a[0] | nothing is listed",
        "{'$or':{'source':['a']}}          | $or         | a list of two",
        "{'$or':[{'source':['a']}]}        | $or         | a list of two",
        "{'detail':{'$or':['a','b']}}      | detail.$or  | a list of two",
        "{'$or':[{'source':['a']},{}]}     | $or[1]      | empty object",
        "{'$or':[{'source':['a']},{'detail':{'b':[{'no':1}]}}]} | $or[1].detail.b[0] | no operator no",
        "{'$or':[{'detail':{'prefix':['a']}},{'source':['b']}]} | $or[0].detail.prefix | outside of $or",
        "{'source':['a'],'$or':[{'source':['b']},{'id':['c']}]} | $or[0].source | source is matched at source",
        "{'detail':{'a':[1]},'detail.a':[2]} | \"detail.a\" | detail.a is matched at detail.a",
      })
  void namesThePlaceAndWhatToWrite(String pattern, String place, String message) {
    List<PatternProblem> problems = PatternCheck.of(json(pattern)).problems();

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).place()).isEqualTo(place);
    assertThat(problems.get(0).message()).contains(message).doesNotContain("[Source:");
  }

  @Test
  void namesEveryProblemAtOnce() {
    PatternCheck check =
        PatternCheck.of(json("{'source':'a','detail':{'x':[{'no':1}],'y':[1,{'prefix':2}]}}"));

    assertThat(check.problems())
        .extracting(PatternProblem::place)
        .containsExactly("source", "detail.x[0]", "detail.y[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'detail':{'a':[{'wildcard':'*x'}]}} | true",
        "{'detail':{'a':['x',{'anything-but':{'wildcard':['*x']}}]}} | true",
        "{'$or':[{'detail':{'a':[{'wildcard':'*x'}]}},{'id':['x']}]} | true",
        "{'detail':{'wildcard':['x']}} | false",
        "{'wildcard':{'wildcard':[{'suffix':'wildcard'}]}} | false",
      })
  void wildcardsAreOperatorsAndNotFields(String pattern, boolean expected) {
    assertThat(EventPattern.of(json(pattern)).hasWildcards()).isEqualTo(expected);
  }

  @Test
  void anEmptyPatternIsNone() {
    assertThat(PatternCheck.of(json("{}")).problems())
        .singleElement()
        .extracting(PatternProblem::place)
        .isEqualTo("");
  }

  @Test
  void warnsOfFieldsThatNoEventHas() {
    PatternCheck check =
        PatternCheck.of(json("{'data':{'a':[1]},'$or':[{'detailType':['A']},{'detail.a':[1]}]}"));

    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings()).hasSize(2);
    assertThat(check.warnings().get(0)).startsWith("data.a: no event has a field data");
    assertThat(check.warnings().get(1)).startsWith("$or[0].detailType: no event has");
  }

  /** As YAML reads what is written without quotes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'account':['111111111111',222222222222]} | account[1]: 222222222222 is a number",
        "{'account':[{'anything-but':222222222222}]} | account[0]: 222222222222 is a number",
        "{'account':[{'anything-but':[222222222222]}]} | account[0]: 222222222222 is a number",
        "{'$or':[{'account':[222222222222]},{'id':['a']}]} | $or[0].account[0]: 222222222222 is a number",
        "{'version':[0]} | version[0]: 0 is a number",
      })
  void warnsOfNumbersWhereEventsHaveTexts(String pattern, String warning) {
    PatternCheck check = PatternCheck.of(json(pattern));

    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings())
        .singleElement()
        .asString()
        .startsWith(warning)
        .endsWith("put quotes around it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':[1,2],'b':[1]} | {'a':[2,3],'b':[1]} | false",
        "{'a':[1,2],'b':[1]} | {'a':[1],'b':[1,2]} | false",
        "{'a':[1]}           | {'a':[1,2]}         | false",
        "{'a':[1,2]}         | {'a':[1]}           | true",
        "{'a':[1,2],'b':[1]} | {'a':[1,2],'b':[2]} | true",
        "{'a':[1,2]}         | {'a':[2,3],'b':[1]} | true",
      })
  void refusesAlternativesOfWhichEventBridgeMayDropOne(String one, String other, boolean isTaken) {
    String pattern = "{'detail':{'$or':[%s,%s]}}".formatted(one, other);

    assertThat(PatternCheck.of(json(pattern)).problems().isEmpty()).isEqualTo(isTaken);
  }

  @Test
  void takesWhatTheHighestQuotaTakesAndNoMore() {
    String longest = "{'source':['%s']}".formatted("x".repeat(4096 - "{'source':['']}".length()));

    assertThat(PatternCheck.of(json(longest)).problems()).isEmpty();
    assertThat(PatternCheck.of(json(longest.replace("x'", "xx'"))).problems())
        .containsExactly(
            new PatternProblem(
                "",
                "the pattern has 4,097 characters, and EventBridge takes 4,096: name fewer values"));
  }

  @Test
  void takes1000CombinationsAndNoMore() {
    String ten = alternatives(10);
    String thousand = "{'detail':{'a':%s,'b':%s,'c':%s}}".formatted(ten, ten, ten);
    String more = "{'detail':{'a':%s,'b':%s,'c':%s}}".formatted(ten, ten, alternatives(11));

    assertThat(PatternCheck.of(json(thousand)).problems()).isEmpty();
    assertThat(PatternCheck.of(json(more)).problems())
        .singleElement()
        .extracting(PatternProblem::message)
        .asString()
        .contains("1,100 combinations of $or alternatives, and EventBridge takes 1,000");
  }

  @Test
  void countsCombinationsWithoutMakingThem() {
    String two = alternatives(2);
    String powerOfFifty =
        IntStream.range(0, 50)
            .mapToObj(i -> "'f%d':%s".formatted(i, two))
            .collect(Collectors.joining(",", "{'detail':{", "}}"));

    assertThat(PatternCheck.of(json(powerOfFifty)).problems())
        .singleElement()
        .extracting(PatternProblem::message)
        .asString()
        .contains("1,125,899,906,842,624 combinations");
  }

  @Test
  void theAlternativesOfAnOrAddUp() {
    String nested =
        "{'$or':[{'detail':{'a':%s}},{'detail':{'b':%s}},{'id':['1']}]}"
            .formatted(alternatives(40), alternatives(40));

    assertThat(PatternCheck.of(json(nested)).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5,true", "6,false"})
  void takesWildcardsUpToAComplexityOf10(int wildcards, boolean isTaken) {
    String pattern =
        IntStream.range(0, wildcards)
            .mapToObj(i -> "{'wildcard':'*q%d'}".formatted(i))
            .collect(Collectors.joining(",", "{'source':['s'],'detail':{'a':[", "]}}"));

    List<PatternProblem> problems = PatternCheck.of(json(pattern)).problems();

    assertThat(problems.isEmpty()).isEqualTo(isTaken);
    assertThat(problems)
        .allSatisfy(problem -> {
          assertThat(problem.place()).isEqualTo("detail.a");
          assertThat(problem.message()).contains("complexity above 10");
        });
  }

  @Test
  void wildcardsOfAlternativesAddUp() {
    String pattern =
        IntStream.range(0, 6)
            .mapToObj(i -> "{'detail':{'a':[{'wildcard':'*q%d'}]}}".formatted(i))
            .collect(Collectors.joining(",", "{'$or':[", "]}"));

    assertThat(PatternCheck.of(json(pattern)).problems())
        .singleElement()
        .extracting(PatternProblem::place)
        .isEqualTo("");
  }

  private static String alternatives(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{'x':[%d]}".formatted(i))
        .collect(Collectors.joining(",", "{'$or':[", "]}"));
  }
}

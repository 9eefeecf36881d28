package io.eventbackbone.core.pattern;

import static io.eventbackbone.core.pattern.Patterns.QUOTA;
import static io.eventbackbone.core.pattern.Patterns.detailTypes;
import static io.eventbackbone.core.pattern.Patterns.json;
import static io.eventbackbone.core.pattern.Patterns.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions.ValidationAction;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {

  private static final Conventions DEFAULTS = new Conventions(null, null, null);

  @Test
  void aFilterOfNothingLetsEverythingPass() {
    assertThat(Filters.check(EventFilter.everything(), DEFAULTS, QUOTA))
        .isEqualTo(new FilterVerdict.Accepted(EventPattern.EVERYTHING, List.of()));
  }

  @Test
  void aCheckThatRemembersTellsFiltersAndQuotasApart() {
    FilterCheck check = FilterCheck.remembering();
    EventFilter filter = detailTypes("Order.Created");

    FilterVerdict verdict = check.check(filter, DEFAULTS, QUOTA);
    assertThat(verdict).isEqualTo(Filters.check(filter, DEFAULTS, QUOTA));
    assertThat(check.check(detailTypes("Order.Created"), DEFAULTS, QUOTA)).isSameAs(verdict);
    assertThat(check.check(detailTypes("order"), DEFAULTS, QUOTA))
        .isInstanceOf(FilterVerdict.Refused.class);
    assertThat(check.check(filter, DEFAULTS, new PatternQuota(5, "")))
        .isInstanceOf(FilterVerdict.TooLong.class);
  }

  @Test
  void detailTypesAreSortedAndSingle() {
    assertAccepted(
        detailTypes("Order.Updated", "Order.Created", "Order.Updated"),
        "{'detail-type':['Order.Created','Order.Updated']}");
  }

  @Test
  void detailTypesAndPatternMustBothMatch() {
    EventFilter filter =
        new EventFilter(
            List.of("Order.Created"),
            json("{'$or':[{'detail':{'a':[1]}},{'region':['eu-west-1']}],'account':['1']}"));

    assertAccepted(
        filter,
        "{'account':['1'],'detail-type':['Order.Created'],"
            + "'$or':[{'detail':{'a':[1]}},{'region':['eu-west-1']}]}");
  }

  @Test
  void theOrderOfFieldsMakesNoDifference() {
    assertThat(
            Filters.check(pattern("{'detail':{'b':[1],'a':[2]},'account':['3']}"), DEFAULTS, QUOTA))
        .isEqualTo(
            Filters.check(
                pattern("{'account':['3'],'detail':{'a':[2],'b':[1]}}"), DEFAULTS, QUOTA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'detail-type':['Order.Updated']} | pattern.detail-type",
        "{'$or':[{'detail-type':['Order.Updated']},{'id':['1']}]} | pattern.$or[0].detail-type",
      })
  void detailTypesAreListedInOnePlace(String pattern, String place) {
    assertRefused(new EventFilter(List.of("Order.Created"), json(pattern)), DEFAULTS)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.place()).isEqualTo(place);
          assertThat(problem.message()).contains("detailTypes has detail types already");
        });
  }

  @Test
  void problemsOfThePatternHaveTheirPlaceInTheFilter() {
    assertRefused(pattern("{'detail':{'data':{'total':[{'nummeric':['>',0]}]}}}"), DEFAULTS)
        .singleElement()
        .asString()
        .startsWith("pattern.detail.data.total[0]: EventBridge has no operator nummeric");
  }

  @Test
  void detailTypesCountTowardsTheLength() {
    EventFilter filter =
        detailTypes(
            IntStream.range(0, 100)
                .mapToObj(i -> "Order.Created" + i + "x".repeat(10))
                .toArray(String[]::new));

    assertTooLong(Filters.check(filter, DEFAULTS, QUOTA));
    assertTooLong(Filters.checkRoute(filter, SenderMatch.ACCOUNT, DEFAULTS, QUOTA));
    assertThat(Filters.checkForm(filter)).isInstanceOf(FilterVerdict.Accepted.class);
    assertThat(Filters.checkRouteForm(filter, SenderMatch.ACCOUNT))
        .isInstanceOf(FilterVerdict.Accepted.class);
    assertThat(Filters.check(filter, DEFAULTS, PatternQuota.HIGHEST))
        .isInstanceOf(FilterVerdict.Accepted.class);
  }

  private static void assertTooLong(FilterVerdict verdict) {
    assertThat(verdict)
        .asInstanceOf(type(FilterVerdict.TooLong.class))
        .satisfies(tooLong ->
            assertThat(tooLong.message())
                .startsWith("the pattern has 2,8")
                .contains("EventBridge takes 2,048: name fewer values, or have it raised"));
  }

  @Test
  void warningsOfThePatternHaveTheirPlaceInTheFilter() {
    assertThat(Filters.check(pattern("{'data':{'a':[1]}}"), DEFAULTS, QUOTA))
        .asInstanceOf(type(FilterVerdict.Accepted.class))
        .satisfies(accepted ->
            assertThat(accepted.warnings())
                .singleElement()
                .asString()
                .startsWith("pattern.data.a: "));
  }

  @Test
  void detailTypesHaveTheFormOfTheConventions() {
    assertRefused(detailTypes("Order.Created", "order.created", "XOrder.Created!"), DEFAULTS)
        .extracting(PatternProblem::place)
        .containsExactly("detailTypes[1]", "detailTypes[2]");
  }

  @Test
  void theFormIsMatchedAsAWhole() {
    Conventions unanchored = new Conventions("[A-Z]+", null, null);

    assertRefused(detailTypes("ABC", "ABCd"), unanchored)
        .extracting(PatternProblem::place)
        .containsExactly("detailTypes[1]");
  }

  @Test
  void detailTypesWithinThePatternHaveTheFormToo() {
    assertRefused(
            pattern(
                "{'$or':[{'detail-type':['Order.Created','order.created']},"
                    + "{'detail-type':['ORDER',{'prefix':'order'}],'detail':{'a':[1]}}]}"),
            DEFAULTS)
        .extracting(PatternProblem::place)
        .containsExactly("pattern.$or[0].detail-type[1]", "pattern.$or[1].detail-type[0]");
  }

  @Test
  void aFormThatIsNoExpressionIsTheBackbonesProblem() {
    assertRefused(detailTypes("Order.Created"), new Conventions("([A-Z]", null, null))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.place())
              .isEqualTo("EventBackbone's spec.conventions.detailTypeFormat");
          assertThat(problem.message()).contains("([A-Z]").contains("Unclosed group");
        });
  }

  @Test
  void aFormThatIsNoExpressionHurtsNoFilterWithoutDetailTypes() {
    assertThat(
            Filters.check(EventFilter.everything(), new Conventions("([A-Z]", null, null), QUOTA))
        .isInstanceOf(FilterVerdict.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'source':['orders']} | pattern.source",
        "{'$or':[{'detail':{'source':['x']}},{'source':[{'prefix':'o'}]}]} | pattern.$or[1].source",
      })
  void matchingOnSourceIsAllowedWarnedOfOrRefused(String pattern, String place) {
    EventFilter filter = pattern(pattern);

    assertThat(warnings(filter, ValidationAction.ALLOW)).isEmpty();
    assertThat(warnings(filter, ValidationAction.WARN))
        .singleElement()
        .asString()
        .startsWith(place + ": ")
        .contains("match on detail type and data instead");
    assertRefused(filter, new Conventions(null, ValidationAction.REFUSE, null))
        .extracting(PatternProblem::place)
        .containsExactly(place);
  }

  @Test
  void aSourceWithinTheDetailIsAnother() {
    assertThat(warnings(pattern("{'detail':{'source':['x']}}"), ValidationAction.REFUSE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'%s':['x']}", "{'$or':[{'%s':['x']},{'id':['1']}]}", "{'%s':{'deep':['x']}}"})
  void aRouteLeavesTheSenderToSenderMatch(String form) {
    assertRouteRefused(form.formatted("account"), SenderMatch.ACCOUNT, "account");
    assertRouteRefused(form.formatted("source"), SenderMatch.SOURCE, "source");
    assertRouteAccepted(form.formatted("account"), SenderMatch.SOURCE);
    assertRouteAccepted(form.formatted("source"), SenderMatch.ACCOUNT);
  }

  @Test
  void aSubscriptionMayMatchOnAccount() {
    assertAccepted(pattern("{'account':['111111111111']}"), "{'account':['111111111111']}");
  }

  private static void assertAccepted(EventFilter filter, String pattern) {
    assertThat(Filters.check(filter, DEFAULTS, QUOTA))
        .isEqualTo(
            new FilterVerdict.Accepted(new EventPattern(pattern.replace('\'', '"')), List.of()));
  }

  private static ListAssert<PatternProblem> assertRefused(
      EventFilter filter, Conventions conventions) {
    FilterVerdict verdict = Filters.check(filter, conventions, QUOTA);
    assertThat(verdict).isInstanceOf(FilterVerdict.Refused.class);
    return assertThat(((FilterVerdict.Refused) verdict).problems());
  }

  private static List<String> warnings(EventFilter filter, ValidationAction matchOnSource) {
    FilterVerdict verdict =
        Filters.check(filter, new Conventions(null, matchOnSource, null), QUOTA);
    assertThat(verdict).isInstanceOf(FilterVerdict.Accepted.class);
    return ((FilterVerdict.Accepted) verdict).warnings();
  }

  private static void assertRouteRefused(String pattern, SenderMatch senderMatch, String field) {
    assertThat(Filters.checkRoute(pattern(pattern), senderMatch, DEFAULTS, QUOTA))
        .asInstanceOf(type(FilterVerdict.Refused.class))
        .satisfies(refused ->
            assertThat(refused.problems())
                .singleElement()
                .asString()
                .contains("." + field)
                .contains("matches on " + field + " to tell the sender")
                .contains("spec.from"));
  }

  private static void assertRouteAccepted(String pattern, SenderMatch senderMatch) {
    assertThat(Filters.checkRoute(pattern(pattern), senderMatch, DEFAULTS, QUOTA))
        .isInstanceOf(FilterVerdict.Accepted.class);
  }

  /** What walks a pattern calls itself at each level. */
  @Test
  void aPatternThatIsTooDeepIsNotWalked() {
    ObjectNode deep = nested(900);
    PatternProblem problem =
        new PatternProblem(
            "",
            "the pattern has 901 levels of objects and lists, and the operator takes 100: name a"
                + " nested field by its path, a.b for b in a");
    EventFilter filter = new EventFilter(List.of(), deep);
    assertThat(Filters.check(filter, DEFAULTS, QUOTA))
        .isEqualTo(new FilterVerdict.Refused(List.of(problem)));
    assertThat(Filters.checkRoute(filter, SenderMatch.SOURCE, DEFAULTS, QUOTA))
        .isEqualTo(new FilterVerdict.Refused(List.of(problem)));
    assertThat(Filters.checkForm(filter)).isEqualTo(new FilterVerdict.Refused(List.of(problem)));
    assertThat(Filters.checkRouteForm(filter, SenderMatch.ACCOUNT))
        .isEqualTo(new FilterVerdict.Refused(List.of(problem)));
    assertThat(Filters.problems(deep, QUOTA)).containsExactly(problem);
    assertThat(Filters.problems(filter, SenderMatch.ACCOUNT)).containsExactly(problem);
    assertThat(Filters.hasWildcards(deep)).isFalse();
  }

  @Test
  void aPatternAsDeepAsIsTakenIsWalked() {
    assertThat(Filters.checkForm(new EventFilter(List.of(), nested(99))))
        .isInstanceOf(FilterVerdict.Accepted.class);
    assertThat(Filters.checkForm(new EventFilter(List.of(), nested(100))))
        .isInstanceOf(FilterVerdict.Refused.class);
  }

  private static ObjectNode nested(int objects) {
    ObjectNode pattern = JsonNodeFactory.instance.objectNode();
    ObjectNode innermost = pattern;
    for (int i = 1; i < objects; i++) {
      innermost = innermost.putObject("a");
    }
    innermost.putArray("a").add("x");
    return pattern;
  }
}

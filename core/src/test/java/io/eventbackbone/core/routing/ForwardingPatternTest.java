package io.eventbackbone.core.routing;

import static io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch.ACCOUNT;
import static io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch.SOURCE;
import static io.eventbackbone.core.pattern.Patterns.QUOTA;
import static io.eventbackbone.core.pattern.Patterns.detailTypes;
import static io.eventbackbone.core.pattern.Patterns.json;
import static io.eventbackbone.core.pattern.Patterns.matches;
import static io.eventbackbone.core.pattern.Patterns.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.pattern.EventRuler;
import io.eventbackbone.core.pattern.PatternQuota;
import io.eventbackbone.core.pattern.Patterns;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingPatternTest {

  private static final String ORDERS_ACCOUNT = "222222222222";
  private static final Receiver ORDERS = new Receiver(ORDERS_ACCOUNT, "order-service");
  private static final Producer DELIVERY = new Producer("333333333333", "delivery-service");
  private static final Producer BILLING = new Producer("111111111111", "billing");
  private static final Producer OF_ORDERS = new Producer(ORDERS_ACCOUNT, "order-service");
  private static final Producer NEIGHBOUR = new Producer(ORDERS_ACCOUNT, "returns");
  private static final Producers EVERYONE = new Producers.Everyone();
  private static final EventFilter EVERYTHING = EventFilter.everything();

  @Test
  void noRouteMeansNoRule() {
    assertThat(ForwardingPattern.compile(ORDERS, List.of(), QUOTA))
        .isEqualTo(new Forwarding.Nothing());
  }

  @Test
  void everyoneButTheBussOwnAccount() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}]}", clause(ACCOUNT, EVERYONE, EVERYTHING));
  }

  @Test
  void everyoneButTheBussOwnSource() {
    assertPattern(
        "{'source':[{'anything-but':['order-service']}]}", clause(SOURCE, EVERYONE, EVERYTHING));
  }

  @Test
  void selectedProducersAreSortedAndWithoutTheBussOwnAccount() {
    assertPattern(
        "{'account':['111111111111','333333333333']}",
        clause(ACCOUNT, only(DELIVERY, OF_ORDERS, BILLING, NEIGHBOUR), EVERYTHING));
  }

  @Test
  void aNeighbourInTheSameAccountIsToldByItsSource() {
    assertPattern(
        "{'source':['billing','returns']}",
        clause(SOURCE, only(OF_ORDERS, NEIGHBOUR, BILLING), EVERYTHING));
  }

  @Test
  void aRouteWithoutAProducerBesidesTheBusItselfBringsNothing() {
    assertThat(
            ForwardingPattern.compile(
                ORDERS,
                List.of(
                    clause(ACCOUNT, only(OF_ORDERS, NEIGHBOUR), EVERYTHING),
                    clause(SOURCE, only(OF_ORDERS), EVERYTHING),
                    clause(ACCOUNT, only(), EVERYTHING)),
                QUOTA))
        .isEqualTo(new Forwarding.Nothing());
  }

  @Test
  void aFilterStandsBesideTheSender() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],'detail':{'a':[1]},"
            + "'detail-type':['Order.Created']}",
        clause(
            ACCOUNT,
            EVERYONE,
            new EventFilter(List.of("Order.Created"), json("{'detail':{'a':[1]}}"))));
  }

  @Test
  void equalRoutesAreOne() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],'detail-type':['A.B']}",
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(ACCOUNT, EVERYONE, pattern("{'detail-type':['A.B']}")));
  }

  @Test
  void whatAnotherRouteBringsAnywayIsDropped() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}]}",
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(ACCOUNT, EVERYONE, EVERYTHING),
        clause(ACCOUNT, only(DELIVERY), pattern("{'$or':[{'id':['1']},{'id':['2']}]}")));
  }

  @Test
  void aStricterFilterIsDroppedForALaxerOneOfTheSameSenders() {
    assertPattern(
        "{'account':['111111111111','333333333333'],'detail-type':['A.B','C.D']}",
        clause(ACCOUNT, only(DELIVERY, BILLING), detailTypes("A.B", "C.D")),
        clause(ACCOUNT, only(DELIVERY), new EventFilter(List.of("C.D"), json("{'id':['1']}"))));
  }

  @Test
  void producersOfEqualFiltersAreUnited() {
    assertPattern(
        "{'account':['111111111111','333333333333'],'detail-type':['A.B']}",
        clause(ACCOUNT, only(DELIVERY), detailTypes("A.B")),
        clause(ACCOUNT, only(BILLING), detailTypes("A.B")));
  }

  @Test
  void detailTypesOfTheSameSendersAreUnited() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],'detail':{'a':[1]},"
            + "'detail-type':['A.B','C.D','E.F']}",
        clause(
            ACCOUNT,
            EVERYONE,
            new EventFilter(List.of("E.F", "A.B"), json("{'detail':{'a':[1]}}"))),
        clause(ACCOUNT, EVERYONE, pattern("{'detail':{'a':[1]},'detail-type':['C.D','A.B']}")));
  }

  @Test
  void differentFiltersOfTheSameSendersAreAlternativesBesideIt() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],"
            + "'$or':[{'detail':{'a':[1]}},{'detail-type':['A.B']}]}",
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(ACCOUNT, EVERYONE, pattern("{'detail':{'a':[1]}}")));
  }

  @Test
  void differentSendersAreAlternativesOfTheirOwn() {
    assertPattern(
        "{'$or':[{'account':['333333333333'],'detail-type':['A.B']},"
            + "{'source':[{'anything-but':['order-service']}],"
            + "'$or':[{'detail':{'a':[1]}},{'detail-type':['C.D']}]}]}",
        clause(ACCOUNT, only(DELIVERY), detailTypes("A.B")),
        clause(SOURCE, EVERYONE, detailTypes("C.D")),
        clause(SOURCE, EVERYONE, pattern("{'detail':{'a':[1]}}")));
  }

  @Test
  void anOrOfAFilterNestsWithinTheOrOfTheRoutes() {
    EventPattern pattern =
        assertPattern(
            "{'account':[{'anything-but':['222222222222']}],'$or':["
                + "{'$or':[{'detail':{'a':[9]}},{'detail':{'$or':[{'x':[1]},{'y':[1]}]}}]},"
                + "{'detail':{'a':[1]},'detail-type':['A.B'],"
                + "'$or':[{'region':['r']},{'detail':{'b':[1]}}]}]}",
            clause(
                ACCOUNT,
                EVERYONE,
                new EventFilter(
                    List.of("A.B"),
                    json("{'detail':{'a':[1]},'$or':[{'region':['r']},{'detail':{'b':[1]}}]}"))),
            clause(
                ACCOUNT,
                EVERYONE,
                pattern(
                    "{'$or':[{'detail':{'a':[9]}},{'detail':{'$or':[{'x':[1]},{'y':[1]}]}}]}")));

    assertThat(arrives(pattern, "3", "A.B", "{'a':1,'b':1}")).isTrue();
    assertThat(arrives(pattern, "3", "A.B", "{'a':1,'b':2}")).isFalse();
    assertThat(arrives(pattern, "3", "X", "{'a':1,'b':1}")).isFalse();
    assertThat(arrives(pattern, "3", "X", "{'a':9}")).isTrue();
    assertThat(arrives(pattern, "3", "X", "{'y':1}")).isTrue();
    assertThat(arrives(pattern, ORDERS_ACCOUNT, "A.B", "{'a':9,'b':1,'y':1}")).isFalse();
  }

  /** Within {@code $or} event-ruler keeps the names of operators for operators. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'detail':{'data':{'cidr':['x']}}} | {'detail':{'data.cidr':['x']}}",
        "{'detail':{'prefix':['x'],'a':[1]}} | {'detail':{'a':[1]},'detail.prefix':['x']}",
        "{'detail':{'a':{'b':['x'],'exists':{'c':[true]}}}}"
            + "| {'detail':{'a':{'b':['x']},'a.exists':{'c':[true]}}}",
        "{'detail':{'suffix':{'numeric':['x']}}} | {'detail':{'suffix.numeric':['x']}}",
        "{'detail':{'wildcard':{'$or':[{'a':[1]},{'b':[1]}]}}}"
            + "| {'detail.wildcard':{'$or':[{'a':[1]},{'b':[1]}]}}",
        "{'detail':{'a':[{'wildcard':'*x'}]}} | {'detail':{'a':[{'wildcard':'*x'}]}}",
      })
  void fieldsNamedLikeOperatorsAreNamedWithTheirParents(String filter, String alternative) {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],'$or':[%s,{'detail-type':['A.B']}]}"
            .formatted(alternative),
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(ACCOUNT, EVERYONE, pattern(filter)));
  }

  @Test
  void fieldsNamedLikeOperatorsStayAsTheyAreWhereTheyMay() {
    assertPattern(
        "{'account':[{'anything-but':['222222222222']}],'detail':{'cidr':['x']}}",
        clause(ACCOUNT, EVERYONE, pattern("{'detail':{'cidr':['x']}}")));
  }

  @Test
  void aFieldNamedLikeAnOperatorWithoutAParentIsRefused() {
    assertRefused(
        "cidr",
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(ACCOUNT, EVERYONE, pattern("{'cidr':['x'],'detail':{'a':[{'wildcard':'*x'}]}}")));
  }

  /** event-ruler would take the second for a repetition of the first. */
  @Test
  void filtersThatOverlapInEveryFieldAreToldApart() {
    EventPattern pattern =
        assertPattern(
            "{'$or':[{'account':['111111111111','333333333333'],'detail-type':['A.B']},"
                + "{'account':['333333333333'],'detail-type':['A.B','C.D'],"
                + "'id':[{'anything-but':['1']}]}]}",
            clause(ACCOUNT, only(DELIVERY), detailTypes("A.B", "C.D")),
            clause(ACCOUNT, only(DELIVERY, BILLING), detailTypes("A.B")));

    assertThat(arrives(pattern, "333333333333", "C.D", "{}")).isTrue();
    assertThat(arrives(pattern, "333333333333", "A.B", "{}")).isTrue();
    assertThat(arrives(pattern, "111111111111", "A.B", "{}")).isTrue();
    assertThat(arrives(pattern, "111111111111", "C.D", "{}")).isFalse();
  }

  @Test
  void filtersOnIdThatOverlapInEveryFieldAreRefused() {
    assertRefused(
        "share a value in each of their fields (account, detail.a, id)",
        clause(ACCOUNT, EVERYONE, pattern("{'id':['x','y'],'detail':{'a':[1,2]}}")),
        clause(ACCOUNT, EVERYONE, pattern("{'id':['y','z'],'detail':{'a':[2,3]}}")));
  }

  @Test
  void anEventOfSeveralAlternativesArrivesOnce() {
    EventPattern pattern =
        rule(
                clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
                clause(ACCOUNT, EVERYONE, pattern("{'detail':{'a':[1]}}")),
                clause(SOURCE, EVERYONE, pattern("{'detail':{'a':[1],'b':[1]}}")))
            .pattern();

    assertThat(Patterns.machine(pattern).rulesForJSONEvent(event("3", "A.B", "{'a':1,'b':1}")))
        .hasSize(1);
  }

  @Test
  void equalFiltersOfSendersToldInDifferentWaysStayApart() {
    assertPattern(
        "{'$or':[{'account':[{'anything-but':['222222222222']}],'detail-type':['A.B']},"
            + "{'detail-type':['A.B'],'source':[{'anything-but':['order-service']}]}]}",
        clause(ACCOUNT, EVERYONE, detailTypes("A.B")),
        clause(SOURCE, EVERYONE, detailTypes("A.B")));
  }

  /** The first could be united with either of the others, and then not with the third. */
  @Test
  void theOrderOfRoutesMakesNoDifference() {
    RouteClause one = clause(ACCOUNT, only(DELIVERY), detailTypes("A.B"));
    RouteClause sameTypes = clause(ACCOUNT, only(BILLING), detailTypes("A.B"));
    RouteClause sameSender = clause(ACCOUNT, only(DELIVERY), detailTypes("C.D"));

    assertThat(
            Stream.of(
                    List.of(one, sameTypes, sameSender),
                    List.of(one, sameSender, sameTypes),
                    List.of(sameTypes, one, sameSender),
                    List.of(sameTypes, sameSender, one),
                    List.of(sameSender, one, sameTypes),
                    List.of(sameSender, sameTypes, one))
                .map(routes -> ForwardingPattern.compile(ORDERS, routes, QUOTA)))
        .hasSize(6)
        .containsOnly(rule(one, sameTypes, sameSender));
  }

  @Test
  void namesTheRoutesThatBringSomething() {
    Forwarding.Rule rule =
        rule(
            new RouteClause("ns/b", ACCOUNT, EVERYONE, EVERYTHING),
            new RouteClause("ns/a", ACCOUNT, EVERYONE, detailTypes("A.B")),
            new RouteClause("ns/c", ACCOUNT, only(OF_ORDERS), EVERYTHING));

    assertThat(rule.routes()).containsExactly("ns/a", "ns/b");
  }

  @Test
  void aFilterThatMatchesOnTheSenderIsRefused() {
    assertThat(
            ForwardingPattern.compile(
                ORDERS,
                List.of(
                    new RouteClause("ns/good", ACCOUNT, EVERYONE, EVERYTHING),
                    new RouteClause("ns/bad", ACCOUNT, EVERYONE, pattern("{'account':['1']}"))),
                QUOTA))
        .asInstanceOf(type(Forwarding.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.routes()).containsExactly("ns/bad");
          assertThat(refused.message())
              .startsWith("EventRoute ns/bad: spec.filter: pattern.account: ");
        });
  }

  @Test
  void tooManyProducersAreRefusedWithTheFigure() {
    assertRefused(
        "2,113 characters, and EventBridge takes 2,048",
        clause(ACCOUNT, accounts(140), EVERYTHING));
  }

  @Test
  void aRaisedQuotaTakesThem() {
    List<RouteClause> clauses = List.of(clause(ACCOUNT, accounts(140), EVERYTHING));
    assertThat(ForwardingPattern.compile(ORDERS, clauses, new PatternQuota(2_113, "")))
        .asInstanceOf(type(Forwarding.Rule.class))
        .satisfies(rule -> assertThat(rule.pattern().length()).isEqualTo(2_113));
    assertThat(ForwardingPattern.compile(ORDERS, clauses, PatternQuota.HIGHEST))
        .isInstanceOf(Forwarding.Rule.class);
  }

  @Test
  void whatHelpsIsSaid() {
    assertRefused(
        "or let spec.from be All, which needs no list of producers, or have it raised",
        clause(ACCOUNT, accounts(140), EVERYTHING));
  }

  @Test
  void producersOf135AccountsFit() {
    assertThat(rule(clause(ACCOUNT, accounts(135), EVERYTHING)).pattern().length())
        .isLessThanOrEqualTo(2048);
  }

  @Test
  void tooManyCombinationsAreRefusedWithTheFigure() {
    String ten = "{'$or':[%s]}".formatted("{'x':[1]},".repeat(9) + "{'x':[1]}");
    String fiveHundred = "{'detail':{'%s':%s,'b':%s,'c':{'$or':[%s]}}}";
    String five = "{'x':[1]},".repeat(4) + "{'x':[1]}";

    assertRefused(
        "1,500 combinations of $or alternatives, and EventBridge takes 1,000",
        clause(ACCOUNT, EVERYONE, pattern(fiveHundred.formatted("a", ten, ten, five))),
        clause(ACCOUNT, EVERYONE, pattern(fiveHundred.formatted("d", ten, ten, five))),
        clause(ACCOUNT, EVERYONE, pattern(fiveHundred.formatted("e", ten, ten, five))));
  }

  @Test
  void tooManyWildcardsAreRefusedWithTheFigure() {
    assertRefused(
        "wildcards of a complexity above 10",
        IntStream.range(0, 6)
            .mapToObj(i -> pattern("{'detail':{'a':[{'wildcard':'*q%d'}]}}".formatted(i)))
            .map(filter -> clause(ACCOUNT, EVERYONE, filter))
            .toArray(RouteClause[]::new));
  }

  /** Of a route's filter and what is asked for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{} | {'detail-type':['A.B']}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':['A.B']}",
        // What both list, or what one side lists and the other lets pass.
        "{'detail-type':['A.B','C.D']} | {'detail-type':['C.D','E.F']}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':['C.D']}",
        "{'detail-type':[{'prefix':'A.'}]} | {'detail-type':['A.B','C.D']}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':['A.B']}",
        "{} | {'account':['222222222222','333333333333']} | {'account':['333333333333']}",
        // Neither is a list of texts: the route's counts.
        "{'detail-type':[{'prefix':'A.'}]} | {'detail-type':[{'suffix':'.B'}]}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':[{'prefix':'A.'}]}",
        // Other parts of an event stand beside each other.
        "{'detail':{'a':[1]}} | {'detail':{'b':[2]},'region':['r']}"
            + "| {'account':[{'anything-but':['222222222222']}],"
            + "'detail':{'a':[1],'b':[2]},'region':['r']}",
        // What may be in one list may be met by different elements of it.
        "{'detail':{'data':{'a':[1]}}} | {'detail':{'data':{'b':[2]},'metadata':{'c':[3]}}}"
            + "| {'account':[{'anything-but':['222222222222']}],"
            + "'detail':{'data':{'a':[1]},'metadata':{'c':[3]}}}",
        "{'resources':['x']} | {'resources':['y'],'detail-type':['A.B']}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':['A.B'],"
            + "'resources':['x']}",
        // An object takes one $or.
        "{'$or':[{'detail':{'a':[1]}},{'region':['r']}]}"
            + "| {'$or':[{'detail':{'b':[1]}},{'version':['0']}],'detail-type':['A.B']}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail-type':['A.B'],"
            + "'$or':[{'detail':{'a':[1]}},{'region':['r']}]}",
        "{'detail':{'a':[1]}} | {'$or':[{'detail':{'b':[1]}},{'detail-type':['A.B']}]}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail':{'a':[1]},"
            + "'$or':[{'detail':{'b':[1]}},{'detail-type':['A.B']}]}",
        "{} | {'detail':{'a':[{'wildcard':'*x'}],'b':[1]}}"
            + "| {'account':[{'anything-but':['222222222222']}],'detail':{'b':[1]}}",
      })
  void whatIsAskedForNarrowsWhatARouteLetsThrough(String route, String asked, String expected) {
    assertThat(asked(clause(ACCOUNT, EVERYONE, pattern(route)), pattern(asked)))
        .asInstanceOf(type(Forwarding.Rule.class))
        .satisfies(
            rule -> assertThat(rule.pattern().text()).isEqualTo(expected.replace('\'', '"')));
  }

  /** Why conditions of both sides on one part of an event can't stand in one pattern. */
  @Test
  void elementsOfAListMeetTheRouteAndTheSubscriptionOneEach() {
    ObjectNode event = event("3", "A.B", "{'items':[{'p':1},{'q':2}]}");
    EventFilter route = pattern("{'detail':{'items':{'p':[1]}}}");
    EventFilter asked = pattern("{'detail':{'items':{'q':[2]}}}");

    assertThat(EventRuler.matches(route.pattern(), event)).isTrue();
    assertThat(EventRuler.matches(asked.pattern(), event)).isTrue();
    assertThat(EventRuler.matches(json("{'detail':{'items':{'p':[1],'q':[2]}}}"), event)).isFalse();
    assertThat(asked(clause(ACCOUNT, EVERYONE, route), asked))
        .asInstanceOf(type(Forwarding.Rule.class))
        .satisfies(rule -> assertThat(matches(rule.pattern(), event)).isTrue());
  }

  @Test
  void whatSeveralAskForIsUnited() {
    assertThat(
            asked(
                clause(ACCOUNT, EVERYONE, EVERYTHING),
                detailTypes("A.B"),
                detailTypes("C.D", "A.B"),
                pattern("{'detail':{'a':[1]}}")))
        .isEqualTo(
            new Forwarding.Rule(
                new EventPattern(
                    ("{'account':[{'anything-but':['222222222222']}],"
                            + "'$or':[{'detail':{'a':[1]}},{'detail-type':['A.B','C.D']}]}")
                        .replace('\'', '"')),
                List.of("platform/all")));
  }

  @Test
  void oneThatAsksForEverythingGetsWhatTheRouteLetsThrough() {
    assertThat(asked(clause(ACCOUNT, EVERYONE, EVERYTHING), detailTypes("A.B"), EVERYTHING))
        .isEqualTo(rule(clause(ACCOUNT, EVERYONE, EVERYTHING)));
  }

  @Test
  void whatNoRouteBringsMeansNoRule() {
    assertThat(asked(clause(ACCOUNT, EVERYONE, detailTypes("A.B")), detailTypes("C.D")))
        .isEqualTo(new Forwarding.Nothing());
    assertThat(asked(clause(ACCOUNT, EVERYONE, EVERYTHING))).isEqualTo(new Forwarding.Nothing());
    assertThat(
            asked(clause(ACCOUNT, EVERYONE, EVERYTHING), pattern("{'account':['222222222222']}")))
        .isEqualTo(new Forwarding.Nothing());
  }

  private static Forwarding asked(RouteClause route, EventFilter... filters) {
    return ForwardingPattern.compile(
        ORDERS, List.of(route), new Demand.AnyOf(List.of(filters)), QUOTA);
  }

  private static EventPattern assertPattern(String expected, RouteClause... clauses) {
    EventPattern pattern = rule(clauses).pattern();
    assertThat(pattern.text()).isEqualTo(expected.replace('\'', '"'));
    assertThat(EventRuler.refusal(json(pattern.text()))).isEmpty();
    return pattern;
  }

  private static void assertRefused(String figure, RouteClause... clauses) {
    assertThat(ForwardingPattern.compile(ORDERS, List.of(clauses), QUOTA))
        .asInstanceOf(type(Forwarding.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.message()).contains(figure).contains("platform/all");
          assertThat(refused.routes()).containsExactly("platform/all");
        });
  }

  private static Forwarding.Rule rule(RouteClause... clauses) {
    Forwarding forwarding = ForwardingPattern.compile(ORDERS, List.of(clauses), QUOTA);
    assertThat(forwarding).isInstanceOf(Forwarding.Rule.class);
    return (Forwarding.Rule) forwarding;
  }

  private static boolean arrives(
      EventPattern pattern, String account, String detailType, String detail) {
    return matches(pattern, event(account, detailType, detail));
  }

  private static ObjectNode event(String account, String detailType, String detail) {
    return json(
        "{'id':'0','account':'%s','source':'s','detail-type':'%s','detail':%s}"
            .formatted(account, detailType, detail));
  }

  private static RouteClause clause(SenderMatch match, Producers producers, EventFilter filter) {
    return new RouteClause("platform/all", match, producers, filter);
  }

  private static Producers only(Producer... producers) {
    return new Producers.Only(Set.of(producers));
  }

  private static Producers accounts(int count) {
    return new Producers.Only(
        IntStream.range(0, count)
            .mapToObj(i -> new Producer("%012d".formatted(i), "service-" + i))
            .collect(Collectors.toSet()));
  }
}

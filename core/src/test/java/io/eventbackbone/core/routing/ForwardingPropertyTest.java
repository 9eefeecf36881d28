package io.eventbackbone.core.routing;

import static io.eventbackbone.core.pattern.Patterns.QUOTA;
import static io.eventbackbone.core.pattern.Patterns.json;
import static io.eventbackbone.core.pattern.Patterns.machine;
import static io.eventbackbone.core.pattern.Patterns.matches;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.pattern.Patterns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import software.amazon.event.ruler.Machine;

/** Whatever the routes: the one rule of a bus does what each route on its own says. */
class ForwardingPropertyTest {

  /** What a service published: the account of its credentials and its Source tell who it is. */
  record Published(Producer sender, String detailType, ObjectNode detail) {

    ObjectNode event() {
      ObjectNode event = detail.objectNode();
      event.put("id", "17793124-05d4-b198-2fde-7ededc63b103");
      event.put("account", sender.accountId()).put("source", sender.identifier());
      event.put("detail-type", detailType).set("detail", detail);
      return event;
    }
  }

  /** Some share an account; none shares both. */
  private static final List<Producer> SERVICES =
      List.of(
          new Producer("111111111111", "orders"),
          new Producer("111111111111", "returns"),
          new Producer("222222222222", "delivery"),
          new Producer("333333333333", "billing"));

  private static final List<String> DETAIL_TYPES =
      List.of("Order.Created", "Order.Updated", "Delivery.Updated");

  @Property(tries = 200)
  void aBusGetsExactlyWhatSomeRouteBringsItAndNeverItsOwn(
      @ForAll("routes") List<RouteClause> routes, @ForAll("events") List<Published> events) {
    for (Producer service : SERVICES) {
      Receiver bus = new Receiver(service.accountId(), service.identifier());
      Optional<Machine> rule = rule(ForwardingPattern.compile(bus, routes, QUOTA));
      for (Published published : events) {
        boolean arrives = rule.filter(machine -> matches(machine, published.event())).isPresent();

        assertThat(arrives)
            .as("%s at %s by %s", published, bus, routes)
            .isEqualTo(routes.stream().anyMatch(route -> brings(route, published, bus)));
        assertThat(arrives && published.sender().equals(service)).isFalse();
      }
    }
  }

  /** The fallback is part of it: what does not fit is not narrowed. */
  @Property(tries = 2_000)
  void aSubscriptionGetsTheSameWhetherAllIsForwardedOrWhatIsAskedFor(
      @ForAll("routes") List<RouteClause> routes,
      @ForAll("subscriptions") List<EventFilter> subscriptions,
      @ForAll("events") List<Published> events) {
    Receiver bus = new Receiver("111111111111", "orders");
    Optional<Machine> all = rule(ForwardingPattern.compile(bus, routes, QUOTA));
    Forwarding narrowed =
        ForwardingPattern.compile(bus, routes, new Demand.AnyOf(subscriptions), QUOTA);
    Statistics.collect(narrowed.getClass().getSimpleName());
    Optional<Machine> asked = narrowed instanceof Forwarding.Refused ? all : rule(narrowed);
    for (Published published : events) {
      boolean isLetThrough = all.filter(it -> matches(it, published.event())).isPresent();
      boolean arrives = asked.filter(it -> matches(it, published.event())).isPresent();
      boolean isAskedFor = subscriptions.stream().anyMatch(it -> passes(it, published));

      assertThat(arrives || !isLetThrough || !isAskedFor)
          .as("%s is not lost at %s by %s", published, subscriptions, routes)
          .isTrue();
      assertThat(isLetThrough || !arrives)
          .as("%s goes no new way to %s by %s", published, subscriptions, routes)
          .isTrue();
    }
  }

  @Property(tries = 500)
  void whatNobodyAsksForIsNotForwardedByRoutesWithoutAFilter(
      @ForAll("subscriptions") List<EventFilter> subscriptions,
      @ForAll("events") List<Published> events) {
    Receiver bus = new Receiver("111111111111", "orders");
    RouteClause fanOut =
        new RouteClause(
            "ns/fan-out", SenderMatch.ACCOUNT, new Producers.Everyone(), EventFilter.everything());
    List<EventFilter> sayable =
        subscriptions.stream()
            .filter(it -> !it.pattern().toString().matches(".*(wildcard|\"account\").*"))
            .toList();
    Forwarding narrowed =
        ForwardingPattern.compile(bus, List.of(fanOut), new Demand.AnyOf(sayable), QUOTA);
    if (narrowed instanceof Forwarding.Refused) {
      return;
    }
    Optional<Machine> asked = rule(narrowed);
    for (Published published : events) {
      assertThat(asked.filter(it -> matches(it, published.event())).isPresent())
          .as("%s to %s", published, sayable)
          .isEqualTo(
              brings(fanOut, published, bus)
                  && sayable.stream().anyMatch(it -> passes(it, published)));
    }
  }

  @Property(tries = 500)
  void aClauseBringsAFilterNothingIfTheirRuleWouldBeEmpty(
      @ForAll("routes") List<RouteClause> routes,
      @ForAll("subscriptions") List<EventFilter> subscriptions) {
    Receiver bus = new Receiver("111111111111", "orders");
    for (RouteClause route : routes) {
      for (EventFilter filter : subscriptions) {
        Forwarding forwarding =
            ForwardingPattern.compile(
                bus, List.of(route), new Demand.AnyOf(List.of(filter)), QUOTA);

        assertThat(ForwardingPattern.isNothing(bus, route, filter))
            .isEqualTo(forwarding instanceof Forwarding.Nothing);
      }
    }
  }

  @Property(tries = 100)
  void theOrderOfRoutesMakesNoDifference(
      @ForAll("routes") List<RouteClause> routes, @ForAll Random random) {
    Receiver bus = new Receiver("111111111111", "orders");
    List<RouteClause> shuffled = new ArrayList<>(routes);
    Collections.shuffle(shuffled, random);

    assertThat(ForwardingPattern.compile(bus, shuffled, QUOTA))
        .isEqualTo(ForwardingPattern.compile(bus, routes, QUOTA));
  }

  private static Optional<Machine> rule(Forwarding forwarding) {
    assertThat(forwarding).isNotInstanceOf(Forwarding.Refused.class);
    return forwarding instanceof Forwarding.Rule rule
        ? Optional.of(machine(rule.pattern()))
        : Optional.empty();
  }

  /** The semantics of one route, in the simplest words. */
  private static boolean brings(RouteClause route, Published published, Receiver bus) {
    Producer sender = published.sender();
    boolean isProducer =
        !(route.producers() instanceof Producers.Only only)
            || only.producers().stream()
                .anyMatch(producer -> isSame(route.senderMatch(), producer, sender));
    boolean isOwn =
        isSame(route.senderMatch(), new Producer(bus.accountId(), bus.identifier()), sender);
    return isProducer && !isOwn && passes(route.filter(), published);
  }

  private static boolean isSame(SenderMatch match, Producer one, Producer other) {
    return match == SenderMatch.ACCOUNT
        ? one.accountId().equals(other.accountId())
        : one.identifier().equals(other.identifier());
  }

  private static boolean passes(EventFilter filter, Published published) {
    return (filter.detailTypes().isEmpty() || filter.detailTypes().contains(published.detailType()))
        && (filter.pattern().isEmpty()
            || matches(new EventPattern(filter.pattern().toString()), published.event()));
  }

  @Provide
  Arbitrary<List<RouteClause>> routes() {
    Arbitrary<Producers> producers =
        Arbitraries.oneOf(
            Arbitraries.just(new Producers.Everyone()),
            Arbitraries.of(SERVICES).set().map(Producers.Only::new));
    return Combinators.combine(Arbitraries.of(SenderMatch.class), producers, filters())
        .as((match, from, filter) ->
            new RouteClause("ns/" + filter.hashCode(), match, from, filter))
        .list()
        .ofMaxSize(5);
  }

  /** Filters that routes can have, and those that only subscriptions can. */
  @Provide
  Arbitrary<List<EventFilter>> subscriptions() {
    Arbitrary<EventFilter> ofTheirOwn =
        Arbitraries.of(
                "{'account':['222222222222']}",
                "{'account':[{'anything-but':['333333333333']}],'detail-type':['Order.Created']}",
                "{'account':['111111111111'],'detail':{'a':[1]}}",
                "{'source':['orders','billing']}",
                "{'source':[{'prefix':''}]}",
                "{'$or':[{'source':['delivery']},{'account':['333333333333']}]}",
                "{'detail':{'b':[{'wildcard':'*e*'}]},'detail-type':[{'prefix':'Order.'}]}",
                "{'detail.a':[2],'detail-type':[{'suffix':'.Updated'}]}",
                "{'detail':{'items':{'q':[2]}}}")
            .map(pattern -> new EventFilter(List.of(), json(pattern)));
    return Arbitraries.oneOf(filters(), filters(), ofTheirOwn).list().ofMaxSize(4);
  }

  private static Arbitrary<EventFilter> filters() {
    Arbitrary<EventFilter> byDetailTypes =
        Combinators.combine(
                Arbitraries.of(DETAIL_TYPES).set().ofMaxSize(2).map(List::copyOf),
                Arbitraries.oneOf(Arbitraries.just("{}"), patterns(), namedLikeOperators()))
            .as((detailTypes, pattern) -> new EventFilter(detailTypes, json(pattern)));
    Arbitrary<EventFilter> byPattern =
        patternsWithDetailTypes().map(pattern -> new EventFilter(List.of(), json(pattern)));
    Arbitrary<EventFilter> byDetailTypesAlone =
        Arbitraries.of(DETAIL_TYPES)
            .set()
            .ofMinSize(1)
            .map(detailTypes -> new EventFilter(List.copyOf(detailTypes), null));
    return Arbitraries.oneOf(byDetailTypes, byDetailTypesAlone, byPattern);
  }

  /** Patterns that event-ruler takes as long as no $or is around them. */
  private static Arbitrary<String> namedLikeOperators() {
    return Arbitraries.of(
            "'cidr':['x']",
            "'a':[1],'prefix':{'exists':[true],'b':['x']}",
            "'items':{'wildcard':[1,2]},'numeric':{'anything-but':{'p':[{'prefix':'y'}]}}",
            "'suffix':{'$or':[{'a':[1]},{'b':['x']}]}")
        .map("{'detail':{%s}}"::formatted);
  }

  /** Patterns with every place that a $or can have. */
  private static Arbitrary<String> patterns() {
    Arbitrary<String> data =
        Arbitraries.of(
            "'a':[1]",
            "'a':[1,2]",
            "'a':[2,3]",
            "'a':[{'numeric':['>',1]}]",
            "'b':[{'exists':false}]",
            "'b':['x',{'prefix':'y'}]",
            "'a':[2],'b':[{'anything-but':['x']}]",
            "'$or':[{'a':[1]},{'b':['x']}]",
            "'items':{'p':[1]}",
            "'items':{'q':[2]}",
            "'a':[1,2],'$or':[{'b':['x']},{'c':[true],'$or':[{'b':['y']},{'d':[null]}]}]");
    Arbitrary<String> detail = data.map("'detail':{%s}"::formatted);
    Arbitrary<String> either =
        Combinators.combine(detail, detail).as("'$or':[{%s},{%s,'region':['r']}]"::formatted);
    return Arbitraries.oneOf(detail, either, either.map("'version':['0'],%s"::formatted))
        .map("{%s}"::formatted);
  }

  private static Arbitrary<String> patternsWithDetailTypes() {
    Arbitrary<String> detailType = Arbitraries.of(DETAIL_TYPES);
    return Combinators.combine(detailType, detailType, patterns())
        .flatAs((one, other, pattern) ->
            Arbitraries.of(
                "{'detail-type':[{'anything-but':['%s']}]}".formatted(one),
                "{'detail-type':['%s','%s']}".formatted(one, other),
                "{'$or':[{'detail-type':['%s']},%s]}".formatted(one, pattern)));
  }

  @Provide
  Arbitrary<List<Published>> events() {
    Arbitrary<ObjectNode> detail =
        Arbitraries.of(
                "{}",
                "{'a':1}",
                "{'a':2,'b':'y'}",
                "{'a':3,'b':'x','c':true}",
                "{'b':'z','d':null}",
                "{'a':1,'b':'yes','c':true,'d':null}",
                "{'a':[1,5],'b':['x','z']}",
                "{'items':[{'p':1},{'q':2}]}",
                "{'a':[1,2],'items':[{'p':1,'q':3},{'p':2,'q':2}]}",
                "{'a':1,'cidr':['x','y'],'prefix':{'exists':true,'b':'x'},'suffix':{'a':1}}",
                "{'prefix':[{'exists':true},{'b':'x'}],'numeric':{'anything-but':{'p':'yes'}}}",
                "{'items':[{'wildcard':1},{'p':1}],'numeric':[{'anything-but':{'p':['y','z']}}]}")
            .map(Patterns::json);
    return Combinators.combine(Arbitraries.of(SERVICES), Arbitraries.of(DETAIL_TYPES), detail)
        .as(Published::new)
        .list()
        .ofSize(6);
  }
}

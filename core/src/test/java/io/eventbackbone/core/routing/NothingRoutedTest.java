package io.eventbackbone.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which subscriptions of the example's delivery bus provably get nothing. Without a route of a test
 * there is none: the example's own route is taken away.
 */
class NothingRoutedTest {

  private static final String ORDERS = "filter: {detailTypes: [Order.Created]}";
  private static final String ALL_TO_ALL = route("all");
  private static final String SELECTED = "{type: Selected, busSelector: {matchLabels: {tier: %s}}}";

  static Stream<Arguments> cases() {
    return Stream.of(
        nothing("no route", ORDERS, "", "no EventRoute reaches ServiceAccountBus deliveries/"),
        nothing(
            "a route to other buses",
            ORDERS,
            route("core", "to: " + SELECTED.formatted("core")),
            "label the bus so that spec.to.busSelector of a route selects it"),
        something("a route of everyone's events", ORDERS, ALL_TO_ALL),
        something(
            "a route from a bus", ORDERS, route("core", "from: " + SELECTED.formatted("core"))),
        nothing(
            "a route from no bus",
            ORDERS,
            route("none", "from: " + SELECTED.formatted("none")),
            "EventRoute event-platform/none has no producer besides the bus's own services"),
        something("a filter that the route meets", ORDERS, route("orders", ORDERS)),
        nothing(
            "a filter of other detail types",
            ORDERS,
            route("others", "filter: {detailTypes: [Order.Updated]}"),
            "EventRoute event-platform/others and the filter of the subscription have no event in common"),
        something(
            "one route of two that brings events",
            ORDERS,
            route("others", "filter: {detailTypes: [Order.Updated]}") + ALL_TO_ALL),
        nothing(
            "two routes, each for a reason of its own",
            ORDERS,
            route("none", "from: " + SELECTED.formatted("none"))
                + route("others", "filter: {detailTypes: [Order.Updated]}"),
            "spec.from select another bus; EventRoute event-platform/others and"),
        something(
            "conditions on data that may overlap",
            "filter: {pattern: {detail: {data: {country: [DE]}}}}",
            route("se", "filter: {pattern: {detail: {data: {country: [SE]}}}}")),
        nothing(
            "the bus's own account",
            "filter: {pattern: {account: ['333333333333']}}",
            ALL_TO_ALL,
            "have no event in common"),
        nothing(
            "the bus's own Source, where the Source tells the sender",
            "filter: {pattern: {source: [delivery-service]}}",
            route("by-source", "senderMatch: Source"),
            "have no event in common"),
        something(
            "a route that is not accepted, which leaves the rule as it was",
            ORDERS,
            route("wrong", "filter: {detailTypes: [wrong]}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isProvedBySpecs(String name, String filter, String routes, Optional<String> message) {
    Cluster cluster = cluster(routes, filter);
    Optional<NothingRouted> proof = new Routing(cluster).nothingFor(subscription(cluster));
    if (message.isPresent()) {
      assertThat(proof.orElseThrow().message()).contains(message.get());
    } else {
      assertThat(proof).isEmpty();
    }
  }

  private static Cluster cluster(String routes, String filter) {
    Cluster cluster = Cluster.of(Cluster.ECOMMERCE);
    cluster.remove(cluster.get(EventRoute.class, "fan-out"));
    Cluster.of(
            routes,
            Manifests.of(
                "EventSubscription", "deliveries/asked", "busRef: {name: deliveries}", filter))
        .objects()
        .forEach(cluster::apply);
    return cluster;
  }

  private static AdmittedSubscription subscription(Cluster cluster) {
    return new Admissions(cluster)
        .subscription(cluster.get(EventSubscription.class, "asked"))
        .admitted()
        .orElseThrow();
  }

  private static String route(String name, String... more) {
    return Manifests.of(
        "EventRoute", "event-platform/" + name, Manifests.with(more, "backboneRef: {name: main}"));
  }

  private static Arguments nothing(String name, String filter, String routes, String message) {
    return Arguments.of(name, filter, routes, Optional.of(message));
  }

  private static Arguments something(String name, String filter, String routes) {
    return Arguments.of(name, filter, routes, Optional.empty());
  }
}

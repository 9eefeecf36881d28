package io.eventbackbone.cli.reception;

import static io.eventbackbone.cli.Example.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReceptionTest {

  private static String route(String spec) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventRoute
    metadata: {name: fan-out, namespace: event-platform}
    spec: {backboneRef: {name: main}%s}
    """
        .formatted(spec.isEmpty() ? "" : ", " + spec);
  }

  private static String bus(String name, String more) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: ServiceAccountBus
    metadata: {name: %1$s, namespace: %1$s}
    spec:
      backboneRef: {name: main, namespace: event-platform}
      accountRef: {name: %1$s}
    %2$s
    """
        .formatted(name, more.indent(2));
  }

  /** Manifests in place of the example's, what is asked, and what becomes of the subscription. */
  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("a detail type that is listed", "", "Order.Created", "Always fan-out"),
        Arguments.of(
            "a detail type that is not listed",
            "",
            "Order.Cancelled",
            "Never EB105 detail-type = \"Order.Cancelled\"; the filter wants [\"Order.Created\"]"),
        Arguments.of(
            "a condition on the detail",
            subscription(
                "{detailTypes: [Order.Created], pattern: {detail: {data: {country: [DE]}}}}"),
            "Order.Created",
            "Conditional fan-out EB111 if detail.data.country = \"DE\""),
        Arguments.of(
            "every event",
            subscription("{pattern: {source: [{prefix: ''}]}}"),
            "Order.Created",
            "Always fan-out"),
        Arguments.of(
            "no detail types, conditions with $or",
            subscription(
                "{pattern: {$or: [{detail: {data: {total: [{numeric: ['>', 5]}]}}}, {source: [a, b]}]}}"),
            "Order.Created",
            "Conditional fan-out EB111 if (detail.data.total > 5) or (source in [\"a\",\"b\"])"),
        Arguments.of(
            "a route with other detail types",
            route("filter: {detailTypes: [Payment.Made]}"),
            "Order.Created",
            "Never EB104 EventRoute event-platform/fan-out: detail-type = \"Order.Created\"; the filter"
                + " wants [\"Payment.Made\"]"),
        Arguments.of(
            "a route to other buses",
            route("to: {type: Selected, busSelector: {matchLabels: {tier: core}}}"),
            "Order.Created",
            "Never EB101 no EventRoute reaches ServiceAccountBus deliveries/deliveries"),
        Arguments.of(
            "a route from selected producers",
            route("from: {type: Selected, busSelector: {matchLabels: {tier: core}}}"),
            "Order.Created",
            "Conditional fan-out EB111 if account = \"222222222222\""),
        Arguments.of(
            "a route from nobody",
            route("from: {type: Selected, busSelector: {matchLabels: {tier: none}}}"),
            "Order.Created",
            "Never EB103 EventRoute event-platform/fan-out: its spec.from selects no bus besides the"
                + " receiver's own"),
        Arguments.of(
            "filters that contradict each other",
            route("filter: {pattern: {source: [shop]}}")
                + "---\n"
                + subscription("{detailTypes: [Order.Created], pattern: {source: [billing]}}"),
            "Order.Created",
            "Never EB106 the filters of EventRoute event-platform/fan-out and of the subscription have"
                + " no event in common"),
        Arguments.of(
            "a suspended subscription",
            subscription("{detailTypes: [Order.Created]}")
                .replace("spec: {", "spec: {suspend: true, "),
            "Order.Created",
            "Never EB107 spec.suspend is true: its rule is disabled"),
        Arguments.of(
            "a bus that does not exist",
            subscription("{detailTypes: [Order.Created]}")
                .replace("busRef: {name: deliveries}", "busRef: {name: none}"),
            "Order.Created",
            "Never EB108 spec.busRef: ServiceAccountBus deliveries/none does not exist, or can't be read: create it,"
                + " correct it, or correct the reference"),
        Arguments.of(
            "a filter that is none",
            subscription("{pattern: {source: []}}"),
            "Order.Created",
            "Never EB108 spec.filter: pattern.source: an empty list matches nothing: list a value, or"
                + " leave the field out"),
        Arguments.of(
            "an earlier filter's rule",
            subscription("{pattern: {source: []}}") + "status: {ruleArn: 'arn:aws:events:x'}\n",
            "Order.Created",
            "Conditional EB109 its rule is that of an earlier filter, which the cluster does not know:"
                + " spec.filter: pattern.source: an empty list matches nothing: list a value, or leave"
                + " the field out"),
        Arguments.of(
            "a route that is not accepted",
            route("filter: {pattern: {account: ['222222222222']}}"),
            "Order.Created",
            "Conditional EB109 the bus's rule on the global bus stays as it was, since these routes are"
                + " not accepted: event-platform/fan-out"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tellsWhoReceivesADetailType(
      String name, String manifests, String detailType, String expected) {
    assertThat(texts(ask(manifests, Facts.ofType(detailType), ""))).containsExactly(expected);
  }

  static Stream<Arguments> events() {
    String filter =
        subscription(
            "{detailTypes: [Order.Created], pattern: {detail: {data: {country: [DE], items: {sku: [a],"
                + " n: [1]}}}}}");
    return Stream.of(
        Arguments.of(
            "all fields match",
            filter,
            "{country: 'DE', items: {sku: 'a', n: 1}}",
            "Always fan-out"),
        Arguments.of(
            "one does not",
            filter,
            "{country: 'SE', items: {sku: 'a', n: 1}}",
            "Never EB105 detail.data.country = \"SE\"; the filter wants [\"DE\"]"),
        Arguments.of(
            "one is missing",
            filter,
            "{items: {sku: 'a', n: 1}}",
            "Never EB105 detail.data.country is missing; the filter wants [\"DE\"]"),
        Arguments.of(
            "elements of a list match, and none as a whole",
            filter,
            "{country: 'DE', items: [{sku: 'a', n: 2}, {sku: 'b', n: 1}]}",
            "Never EB105 each field has a value that the filter wants, but no one element of a list has"
                + " them all"),
        Arguments.of(
            "an element matches as a whole",
            filter,
            "{country: 'DE', items: [{sku: 'b', n: 2}, {sku: 'a', n: 1}]}",
            "Always fan-out"),
        Arguments.of(
            "the Source is not said",
            subscription("{detailTypes: [Order.Created], pattern: {source: [shop]}}"),
            "{}",
            "Conditional fan-out EB111 if source = \"shop\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void tellsWhoReceivesAnEvent(String name, String manifests, String data, String expected) {
    Facts facts =
        Facts.ofEvent(
            Json.read(
                "{\"detail-type\": \"Order.Created\", \"detail\": {\"data\": %s}}"
                    .formatted(data.replace('\'', '"').replaceAll("([{ ])(\\w+):", "$1\"$2\":"))));
    assertThat(texts(ask(manifests, facts, ""))).containsExactly(expected);
  }

  @Test
  void knowsTheSender() {
    assertThat(texts(ask("", Facts.ofType("Order.Created"), "orders")))
        .containsExactly("Always fan-out");
    assertThat(texts(ask("", Facts.ofType("Order.Created"), "deliveries")))
        .containsExactly(
            "Never EB102 account = \"333333333333\": the event is the bus's own, and what a service"
                + " sends never comes back to it");
    assertThat(
            texts(
                ask(
                    route("from: {type: Selected, busSelector: {matchLabels: {tier: core}}}"),
                    Facts.ofType("Order.Created"),
                    "orders")))
        .containsExactly("Always fan-out");
  }

  @Test
  void tellsThatASenderMayNotPublish() {
    String elsewhere =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: main, namespace: event-platform}
        spec: {accountRef: {name: backbone}, region: eu-west-1, allowedBuses: {from: Selector, selector: {matchLabels: {team: deliveries}}}}
        """;
    assertThat(texts(ask(elsewhere, Facts.ofType("Order.Created"), "orders")))
        .containsExactly(
            "Never EB110 ServiceAccountBus orders/orders is not accepted: EventBackbone"
                + " event-platform/main does not admit namespace orders: label the namespace"
                + " team=deliveries (now orders), or have its owner admit it in spec.allowedBuses");
  }

  @Test
  void namesEachRouteThatBringsTheEvent() {
    String second =
        route("filter: {pattern: {detail: {data: {country: [DE]}}}}").replace("fan-out", "german");
    assertThat(texts(ask(second, Facts.ofType("Order.Created"), "")))
        .containsExactly(
            "Always fan-out", "Conditional german EB111 if detail.data.country = \"DE\"");
  }

  @Test
  void endsByWhetherAnybodyReceives() {
    assertThat(ask("", Facts.ofType("Order.Created"), "").exitCode()).isEqualTo(ExitCode.YES);
    assertThat(ask("", Facts.ofType("No.Such"), "").exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void knowsWhenServicesShareAnAccount() {
    String shared =
        route("senderMatch: Source") + "---\n" + bus("orders", "identifier: order-service");
    assertThat(texts(ask(shared, Facts.ofType("Order.Created"), "deliveries")))
        .containsExactly(
            "Never EB102 source = \"delivery-service\": the event is the bus's own, and what a service"
                + " sends never comes back to it");
  }

  private static Receivers ask(String manifests, Facts facts, String sender) {
    Cluster cluster = Cluster.of(Cluster.ECOMMERCE, manifests);
    Snapshot snapshot = Snapshot.of(cluster.objects());
    Optional<ServiceAccountBus> bus =
        Optional.of(sender)
            .filter(it -> !it.isEmpty())
            .map(it -> cluster.get(ServiceAccountBus.class, it));
    return new Question(facts, bus, Optional.empty()).answer(Sight.whole(snapshot));
  }

  private static java.util.List<String> texts(Receivers answer) {
    assertThat(answer.receivers()).isNotEmpty();
    assertThat(answer.receivers().get(0).subscription()).isEqualTo("deliveries/new-orders");
    return answer.receivers().stream().map(ReceptionTest::text).toList();
  }

  private static String text(Receiver receiver) {
    return Stream.of(
            Optional.of(receiver.verdict().text()),
            receiver.route().map(it -> it.substring(it.indexOf('/') + 1)),
            receiver.code().map(it -> it.text()),
            receiver.message())
        .flatMap(Optional::stream)
        .reduce("", (one, other) -> one.isEmpty() ? other : one + " " + other);
  }

  @Test
  void nothingIsAskedOfASubscriptionThatIsGone() {
    Cluster cluster = Cluster.of(Cluster.ECOMMERCE);
    cluster.remove(cluster.get(EventSubscription.class, "new-orders"));
    Receivers answer =
        new Question(Facts.ofType("Order.Created"), Optional.empty(), Optional.empty())
            .answer(Sight.whole(Snapshot.of(cluster.objects())));
    assertThat(answer.receivers()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.NO);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all subscriptions          | Order.Created   |            | 1 | NO
          no subscription            | Order.Created   |            | 1 | YES
          of another detail type     | Order.Cancelled |            | 0 | CANNOT_TELL
          those of a namespace       | Order.Created   | deliveries | 1 | YES
          those of another namespace | Order.Created   | orders     | 0 | CANNOT_TELL
          """)
  void anEventTypeNamesSubscriptionsThatTheCallerMayNotSee(
      String who, String detailType, String namespace, int told, ExitCode exitCode) {
    EventType type =
        (EventType)
            Cluster.read(
                Manifests.of(
                    "EventType",
                    "orders/created",
                    "busRef: {name: orders}",
                    "detailType: Order.Created",
                    "versions: [{version: \"1\", schema: {type: object}}]"));
    type.setStatus(
        new EventTypeStatus(
            1L, new EventTypeStatus.Receivers(1, List.of("deliveries/unseen")), null, List.of()));
    Snapshot snapshot = Snapshot.of(List.of(type));
    boolean isWhole = who.equals("all subscriptions");
    Sight sight =
        isWhole
            ? Sight.whole(snapshot)
            : new Sight(snapshot, Set.of(), Map.of(), List.of("EventSubscriptions"));

    Receivers answer =
        new Question(Facts.ofType(detailType), Optional.empty(), Optional.ofNullable(namespace))
            .answer(sight);

    assertThat(answer.receivers()).hasSize(isWhole ? 0 : told);
    assertThat(answer.exitCode()).isEqualTo(exitCode);
    assertThat(answer.receivers())
        .allSatisfy(it -> {
          assertThat(it.subscription()).isEqualTo("deliveries/unseen");
          assertThat(it.verdict()).isEqualTo(Verdict.CONDITIONAL);
          assertThat(it.code()).contains(Code.TOLD_BY_TYPE);
        });
  }
}

package io.eventbackbone.cli.trace;

import static io.eventbackbone.cli.Example.backbone;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks whether the order service may publish, and did. */
class PublisherTracerTest {

  private static final String BUS = "global-bus";
  private static final String LOG = "/aws/events/global-bus";

  private static final ObjectNode EVENT =
      Aws.json(
          """
          {'id': 'e-1', 'detail-type': 'Order.Created', 'source': 'order-service',
           'account': '222222222222', 'time': '2026-11-29T00:00:00Z', 'detail': {}}
          """);

  private static View<JsonNode> policy(String condition) {
    return new View.Seen<>(
        Aws.json(
            "{'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': '222222222222'}, 'Action':"
                + " 'events:PutEvents', 'Condition': %s}]}".formatted(condition)));
  }

  private static Arguments of(
      String name, String manifest, UnaryOperator<Aws> change, String expected, Ending ending) {
    return Arguments.of(name, manifest, change, expected, ending);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        of(
            "it publishes",
            "",
            aws -> aws.logged(LOG, EVENT),
            "- account 222222222222 may publish, and since 2026-11-29T00:00:00Z 1 of its events were"
                + " logged, the last of them Order.Created with Source order-service, id e-1",
            Ending.DELIVERED),
        of(
            "it does not publish",
            "",
            aws -> aws.logged(LOG, EVENT.deepCopy().put("account", "333333333333")),
            "EB201 account 222222222222 may publish, and since 2026-11-29T00:00:00Z nothing from it was"
                + " logged",
            Ending.STOPPED),
        of(
            "it is bound to its Source, and publishes with another",
            backbone("publishers: {bindSources: true}"),
            aws -> aws.policy(BUS, policy("{'StringEquals': {'events:source': 'order-service'}}")),
            "EB201 account 222222222222 may publish with Source order-service alone, and since",
            Ending.STOPPED),
        of(
            "the policy binds it to the Source of another bus",
            backbone("publishers: {bindSources: true}"),
            aws -> aws.policy(BUS, policy("{'StringEquals': {'events:source': 'billing'}}")),
            "EB203 the policy of bus global-bus in account 111111111111 does not let account"
                + " 222222222222 publish with Source order-service",
            Ending.STOPPED),
        of(
            "there is no policy",
            "",
            aws -> aws.policy(BUS, new View.Missing<>()),
            "EB203 the policy of bus global-bus",
            Ending.STOPPED),
        of(
            "the log is off",
            backbone("audit: {enabled: false}"),
            aws -> aws,
            "EB202 no log tells whether it publishes; unseen: the audit log of EventBackbone"
                + " event-platform/main, which is off: kubectl patch eventbackbone main",
            Ending.CANNOT_TELL),
        of(
            "there is no log group",
            "",
            aws -> aws.log(LOG, new View.Missing<>()),
            "EB202 no log tells whether it publishes; unseen: log group /aws/events/global-bus does not"
                + " exist",
            Ending.CANNOT_TELL),
        of(
            "neither policy nor log can be seen",
            "",
            aws ->
                aws.policy(BUS, new View.Unseen<>("no policy"))
                    .log(LOG, new View.Unseen<>("no log")),
            "EB202 you may not see whether it published; unseen: no policy; unseen: no log",
            Ending.CANNOT_TELL),
        of(
            "the operator does not accept its bus",
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: AwsAccount
            metadata: {name: orders}
            spec: {accountId: "222222222222", allowedNamespaces: {from: None}}
            """,
            aws -> aws,
            "EB110 the operator does not accept the bus",
            Ending.STOPPED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tellsWhetherAServicePublishes(
      String name, String manifest, UnaryOperator<Aws> change, String expected, Ending ending) {
    Sight sight = Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE, manifest).objects()));
    ServiceAccountBus orders = sight.snapshot().bus("orders", "orders").orElseThrow();

    Trace trace =
        new PublisherTracer(sight, change.apply(new Aws()), Instant.parse("2026-11-29T00:00:00Z"))
            .of(orders);

    assertThat(
            "%s %s%s"
                .formatted(
                    trace.code().map(Code::text).orElse("-"),
                    trace.message().orElseThrow(),
                    trace.unseen().stream().map("; unseen: "::concat).reduce("", String::concat)))
        .startsWith(expected);
    assertThat(trace.outcome()).isEqualTo(ending);
  }
}

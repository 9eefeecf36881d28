package io.eventbackbone.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Observation.Breach;
import io.eventbackbone.cli.answer.Observation.Observed;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObserverTest {

  private static final Snapshot SNAPSHOT =
      Snapshot.of(
          Cluster.of(
                  Cluster.ECOMMERCE,
                  Manifests.eventType(
                      "orders/created",
                      "Order.Created",
                      "{type: object, required: [total], properties: {total: {type: number}}}",
                      """
                      {type: object, required: [total], properties: {total: {type: number}, note: {type: string},
                        lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}}}\
                      """),
                  Manifests.eventType("orders/bad", "Order.Bad", "{type: string}"))
              .objects());

  private static final EventBackbone BACKBONE =
      SNAPSHOT.backbone("event-platform", "main").orElseThrow();

  private static List<Observed> observe(Sight sight, String... events) {
    return new Observer(sight, BACKBONE).observe(Arrays.stream(events).map(ObserverTest::json));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String event(String id, String detailType, String data) {
    return "{id: %s, detail-type: %s, detail: {metadata: {}, data: %s}}"
        .formatted(id, detailType, data);
  }

  @Test
  void violationsAreCountedByTheirPlaces() {
    List<Observed> types =
        observe(
            Sight.whole(SNAPSHOT),
            event("e1", "Order.Created", "{total: 1}"),
            event("e2", "Order.Created", "{total: secret, lines: [{sku: 1}, {sku: 2}]}"),
            event("e3", "Order.Created", "{total: secret, note: x}"),
            event("e4", "Order.Created", "{note: x}"));

    assertThat(types)
        .containsExactly(
            new Observed(
                "Order.Created",
                Optional.of("orders/created"),
                4,
                3,
                Optional.of(Code.CONTRACT_BROKEN),
                Optional.of("no version of the contract accepts 3 of 4 events"),
                List.of(
                    new Breach("$.detail.data.total", "is not a number", 2, "e2"),
                    new Breach("$.detail.data.lines[*].sku", "is not a text", 1, "e2"),
                    new Breach("$.detail.data.total", "is missing", 1, "e4"))));
    assertThat(types.toString()).doesNotContain("secret");
  }

  @Test
  void anEventOfAnEarlierVersionIsNoViolation() {
    assertThat(observe(Sight.whole(SNAPSHOT), event("e1", "Order.Created", "{total: 1, note: 7}")))
        .extracting(Observed::code)
        .containsExactly(Optional.empty());
  }

  @Test
  void aDetailTypeMayHaveNoContract() {
    Sight partial =
        new Sight(
            SNAPSHOT,
            EnumSet.complementOf(EnumSet.of(Kind.EVENT_TYPE)),
            Map.of(Kind.EVENT_TYPE, Set.of("orders")),
            List.of("the EventTypes of other namespaces"));
    String event = event("e1", "Stock.Counted", "{}");

    assertThat(observe(Sight.whole(SNAPSHOT), event))
        .extracting(Observed::code)
        .containsExactly(Optional.of(Code.UNKNOWN_TYPE));
    assertThat(observe(partial, event))
        .extracting(Observed::code)
        .containsExactly(Optional.of(Code.NOT_VISIBLE));
    assertThat(observe(Sight.whole(SNAPSHOT), event("e1", "Order.Bad", "{}")))
        .extracting(Observed::code)
        .containsExactly(Optional.of(Code.TYPE_REFUSED));
  }
}

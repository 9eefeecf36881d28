package io.eventbackbone.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Node;
import io.eventbackbone.cli.answer.Graph.NodeType;
import io.eventbackbone.cli.answer.Graph.State;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.print.GraphFormat;
import io.eventbackbone.core.model.Cluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TopologyGraphTest {

  private static Graph graph(String... manifests) {
    return TopologyGraph.whole(Sight.whole(Snapshot.of(Cluster.of(manifests).objects())));
  }

  private static List<String> edges(Graph graph) {
    return graph.edges().stream().map(it -> it.from() + " → " + it.to()).toList();
  }

  @Test
  void hasTheWayFromProducersToSubscriptions() {
    assertThat(edges(graph(Cluster.ECOMMERCE)))
        .containsExactlyInAnyOrder(
            "producer orders/orders → backbone event-platform/main",
            "producer deliveries/deliveries → backbone event-platform/main",
            "backbone event-platform/main → route event-platform/fan-out",
            "route event-platform/fan-out → bus orders/orders",
            "route event-platform/fan-out → bus deliveries/deliveries",
            "bus deliveries/deliveries → subscription deliveries/new-orders");
  }

  @Test
  void tellsTheStateByTheConditions() {
    String conditions =
        "status: {conditions: [{type: Ready, status: '%s', reason: R, message: m}, {type: %s, status: '%s', reason: R, message: m}]}";
    assertThat(stateOfNewOrders(conditions.formatted("True", "InSync", "True")))
        .isEqualTo(State.READY);
    assertThat(stateOfNewOrders(conditions.formatted("True", "Delivering", "True")))
        .isEqualTo(State.READY);
    assertThat(stateOfNewOrders(conditions.formatted("True", "Delivering", "False")))
        .isEqualTo(State.NOT_DELIVERING);
    assertThat(stateOfNewOrders(conditions.formatted("False", "Delivering", "Unknown")))
        .isEqualTo(State.NOT_READY);
    assertThat(stateOfNewOrders("status: {}")).isEqualTo(State.UNKNOWN);
  }

  private static State stateOfNewOrders(String status) {
    return graph(Cluster.ECOMMERCE + status).nodes().stream()
        .filter(it -> it.type() == NodeType.SUBSCRIPTION)
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void tellsTheAccountsOfBusesAndBackbones() {
    assertThat(graph(Cluster.ECOMMERCE).nodes())
        .filteredOn(it -> it.account().isPresent())
        .extracting(it -> it.id() + " " + it.account().orElseThrow())
        .contains("bus orders/orders 222222222222", "backbone event-platform/main 111111111111")
        .hasSize(5);
  }

  @Test
  void showsWhatIsAroundAnObject() {
    Graph around = TopologyGraph.around("orders/orders", graph(Cluster.ECOMMERCE));

    assertThat(around.nodes())
        .extracting(Node::id)
        .contains("bus orders/orders", "producer deliveries/deliveries")
        .doesNotContain("bus deliveries/deliveries", "subscription deliveries/new-orders");
    assertThat(TopologyGraph.around("orders/none", graph(Cluster.ECOMMERCE)).nodes()).isEmpty();
  }

  @Test
  void groupsByNamespace() {
    Graph grouped =
        TopologyGraph.grouped(
            graph(Cluster.ECOMMERCE),
            Set.of(NodeType.PRODUCER, NodeType.BUS, NodeType.SUBSCRIPTION));

    assertThat(edges(grouped))
        .containsExactlyInAnyOrder(
            "producers orders → backbone event-platform/main",
            "producers deliveries → backbone event-platform/main",
            "backbone event-platform/main → route event-platform/fan-out",
            "route event-platform/fan-out → group orders",
            "route event-platform/fan-out → group deliveries");
    assertThat(grouped.nodes())
        .filteredOn(it -> it.id().equals("group deliveries"))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.label()).contains("1 bus, 1 subscription");
          assertThat(it.state()).isEqualTo(State.UNKNOWN);
        });
  }

  @Test
  void drawsAPicture() throws Exception {
    Graph graph = graph(Cluster.ECOMMERCE);

    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    GraphFormat.svg.print(graph).getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(graph.nodes().size());
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(graph.edges().size());
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(GraphFormat.html.print(graph))
        .contains("default-src 'none'", "<svg", "<td>deliveries/new-orders, EventSubscription");
  }

  @Test
  void writesForOtherPrograms() {
    Graph graph = graph(Cluster.ECOMMERCE);

    assertThat(GraphFormat.dot.print(graph))
        .startsWith("digraph backbone {")
        .contains(
            "\"route event-platform/fan-out\" -> \"bus orders/orders\"",
            "[label=\"deliveries/new-orders\\nEventSubscription, state unknown\\nOrder.Created\"");
    assertThat(GraphFormat.mermaid.print(graph))
        .startsWith("flowchart LR")
        .contains(
            "[\"deliveries/new-orders<br>EventSubscription, state unknown<br>Order.Created\"]");
    assertThat(GraphFormat.table.print(graph)).contains("event-platform/fan-out");
    assertThat(GraphFormat.json.print(graph)).contains("\"kind\" : \"Graph\"");
  }

  @Test
  void drawsNothingOfNothing() {
    assertThat(GraphFormat.svg.print(graph())).contains("<svg");
  }
}

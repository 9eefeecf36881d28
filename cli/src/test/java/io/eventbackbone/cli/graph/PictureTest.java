package io.eventbackbone.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.Teams;
import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Node;
import io.eventbackbone.cli.answer.Graph.NodeType;
import io.eventbackbone.cli.answer.Matches.Match;
import io.eventbackbone.cli.answer.Matches.MatchType;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.graph.Picture.Focus;
import io.eventbackbone.core.model.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {

  private static final Sight ECOMMERCE =
      Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE).objects()));

  private static List<String> ids(Sight sight, Focus focus) {
    return Picture.of(sight, focus).nodes().stream().map(Node::id).toList();
  }

  @Test
  void drawsTheWaysOfAnEventType() {
    assertThat(ids(ECOMMERCE, new Focus.OnDetailType("Order.Created")))
        .containsExactlyInAnyOrder(
            "producer orders/orders",
            "producer deliveries/deliveries",
            "backbone event-platform/main",
            "route event-platform/fan-out",
            "bus deliveries/deliveries",
            "subscription deliveries/new-orders");
    assertThat(ids(ECOMMERCE, new Focus.OnDetailType("Nobody.Wants"))).isEmpty();
  }

  @Test
  void drawsWhatIsJoinedToAnAccount() {
    assertThat(ids(ECOMMERCE, new Focus.OnAccount("333333333333")))
        .contains("bus deliveries/deliveries", "subscription deliveries/new-orders")
        .doesNotContain("bus orders/orders");
    assertThat(ids(ECOMMERCE, new Focus.OnAccount("999999999999"))).isEmpty();
  }

  @Test
  void groupsManyTeamsAndDrawsEachOfThem() {
    Sight many = Teams.sight(40);

    Graph everything = Picture.of(many, new Focus.Everything());
    assertThat(everything.nodes())
        .extracting(Node::type)
        .contains(NodeType.GROUP)
        .doesNotContain(NodeType.BUS, NodeType.SUBSCRIPTION);
    assertThat(ids(many, new Focus.OnNamespace("team-7")))
        .contains("bus team-7/bus", "subscription team-7/events-0")
        .doesNotContain("bus team-8/bus");
    assertThat(ids(many, new Focus.OnDetailType("Thing7.Made0")))
        .contains("subscription team-7/events-0")
        .doesNotContain("subscription team-8/events-0");
    assertThat(ids(many, new Focus.OnObject("team-7/events-0")))
        .contains("subscription team-7/events-0")
        .doesNotContain("subscription team-8/events-0");
  }

  @Test
  void findsByPartOfAName() {
    assertThat(Search.of("ORDER", ECOMMERCE).matches())
        .containsExactly(
            new Match(MatchType.EVENT_TYPE, "Order.Created"),
            new Match(MatchType.BUS, "orders/orders"),
            new Match(MatchType.SUBSCRIPTION, "deliveries/new-orders"));
    assertThat(Search.of("2222", ECOMMERCE).matches())
        .containsExactly(new Match(MatchType.ACCOUNT, "222222222222"));
    assertThat(Search.of("team", Teams.sight(40)).more()).isEqualTo(130);
    assertThat(Search.of("none", ECOMMERCE).matches()).isEmpty();
  }
}

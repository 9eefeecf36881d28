package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Graph.Node;
import io.eventbackbone.cli.answer.Graph.State;
import java.util.ArrayList;
import java.util.List;

/** What stands on a node. */
final class NodeTexts {

  private NodeTexts() {}

  /** Name, kind, and what else there is to say, a line each. */
  static List<String> lines(Node node) {
    List<String> lines = new ArrayList<>();
    lines.add(node.name());
    lines.add(kind(node) + state(node.state()));
    node.label().ifPresent(lines::add);
    return lines;
  }

  private static String kind(Node node) {
    return switch (node.type()) {
      case PRODUCER -> "publishes";
      case BACKBONE -> "EventBackbone";
      case ROUTE -> "EventRoute";
      case BUS -> "ServiceAccountBus";
      case SUBSCRIPTION -> "EventSubscription";
      case GROUP -> "namespace";
    };
  }

  private static String state(State state) {
    return switch (state) {
      case READY -> "";
      case NOT_READY -> ", not ready";
      case NOT_DELIVERING -> ", not delivering";
      case UNKNOWN -> ", state unknown";
    };
  }
}

package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The topology: who can send what to whom.
 *
 * @param nodes in the order of columns, then names
 * @param edges from node to node, in the way of the events
 */
public record Graph(List<String> unseen, List<Node> nodes, List<Edge> edges) implements Answer {

  public Graph {
    unseen = List.copyOf(unseen);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node stands for, in the order of the columns that events pass from left to right. */
  public enum NodeType {
    /** A service that publishes, by its bus. */
    @JsonProperty("Producer")
    PRODUCER,
    @JsonProperty("EventBackbone")
    BACKBONE,
    @JsonProperty("EventRoute")
    ROUTE,
    @JsonProperty("ServiceAccountBus")
    BUS,
    @JsonProperty("EventSubscription")
    SUBSCRIPTION,
    /** The buses of a namespace, with their subscriptions. */
    @JsonProperty("Group")
    GROUP
  }

  /** By the conditions of its object. */
  public enum State {
    @JsonProperty("Ready")
    READY,
    @JsonProperty("NotReady")
    NOT_READY,
    @JsonProperty("NotDelivering")
    NOT_DELIVERING,
    /** There is no condition, or none is seen. */
    @JsonProperty("Unknown")
    UNKNOWN
  }

  /**
   * An object, or a group of them.
   *
   * @param id what edges name it by
   * @param name {@code namespace/name}; of a group the namespace
   * @param label further words for people, for instance detail types
   * @param account number of the AWS account of a bus or backbone, as far as the caller may see it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Node(
      String id,
      NodeType type,
      String name,
      State state,
      Optional<String> label,
      Optional<String> account) {}

  /**
   * The way of events.
   *
   * @param label which, for people; empty: all
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Edge(String from, String to, Optional<String> label) {}

  @Override
  public ExitCode exitCode() {
    return nodes.isEmpty() && partial() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}

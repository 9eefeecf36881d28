package io.eventbackbone.cli.graph;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.NodeType;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Question;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the part of the topology that a person wants to see, and makes it small enough to read.
 */
public final class Picture {

  /** A person can't read a picture of more nodes. */
  private static final int MANY = 60;

  private static final Set<NodeType> OF_NAMESPACES =
      Set.of(NodeType.PRODUCER, NodeType.BUS, NodeType.SUBSCRIPTION);

  private Picture() {}

  /** The part that a person wants to see. */
  public sealed interface Focus {
    /** Every object. */
    record Everything() implements Focus {}

    /** What is joined to an object, {@code namespace/name}. */
    record OnObject(String name) implements Focus {}

    /** The buses and subscriptions of a namespace, with what may come to them. */
    record OnNamespace(String namespace) implements Focus {}

    /** The subscriptions that may receive events of a type, with the ways to them. */
    record OnDetailType(String detailType) implements Focus {}

    /** What is joined to the buses of an AWS account, by its number. */
    record OnAccount(String account) implements Focus {}
  }

  /** The part that a focus selects; without nodes if it selects nothing that the caller may see. */
  public static Graph of(Sight sight, Focus focus) {
    Graph whole = TopologyGraph.whole(sight);
    return switch (focus) {
      case Focus.Everything() -> ofMany(whole);
      case Focus.OnObject(String name) -> ofFew(TopologyGraph.around(name, whole));
      case Focus.OnNamespace(String namespace) ->
          ofFew(TopologyGraph.ofNamespace(namespace, whole));
      case Focus.OnDetailType(String detailType) -> ofFew(receiving(detailType, sight, whole));
      case Focus.OnAccount(String account) ->
          ofFew(TopologyGraph.around(it -> it.account().equals(Optional.of(account)), whole));
    };
  }

  /** Makes one node of each namespace, if there are many objects. */
  public static Graph ofMany(Graph graph) {
    return graph.nodes().size() <= MANY ? graph : TopologyGraph.grouped(graph, OF_NAMESPACES);
  }

  /** Makes one node of the producers of each namespace, if there are many objects. */
  public static Graph ofFew(Graph graph) {
    return graph.nodes().size() <= MANY
        ? graph
        : TopologyGraph.grouped(graph, Set.of(NodeType.PRODUCER));
  }

  private static Graph receiving(String detailType, Sight sight, Graph whole) {
    Set<String> routes = new HashSet<>();
    Set<String> receiving = new HashSet<>();
    new Question(Facts.ofType(detailType), Optional.empty(), Optional.empty())
        .answer(sight).receivers().stream()
            .filter(it -> it.verdict() != Verdict.NEVER)
            .forEach(it -> add(it, routes, receiving));
    TopologyGraph.upstreamOf(routes, whole).nodes().forEach(it -> receiving.add(it.id()));
    return TopologyGraph.only(whole, receiving::contains);
  }

  private static void add(Receiver receiver, Set<String> routes, Set<String> receiving) {
    receiver.route().map(it -> TopologyGraph.id(NodeType.ROUTE, it)).ifPresent(routes::add);
    receiving.add(TopologyGraph.id(NodeType.BUS, receiver.bus()));
    receiving.add(TopologyGraph.id(NodeType.SUBSCRIPTION, receiver.subscription()));
  }
}

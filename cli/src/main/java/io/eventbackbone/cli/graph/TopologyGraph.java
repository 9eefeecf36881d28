package io.eventbackbone.cli.graph;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.Producers;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Edge;
import io.eventbackbone.cli.answer.Graph.Node;
import io.eventbackbone.cli.answer.Graph.NodeType;
import io.eventbackbone.cli.answer.Graph.State;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.cluster.Statuses;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.routing.Routing;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Producers, routes, buses and subscriptions, as their specs refer to each other. A service stands
 * in it twice: as a producer on the left, and by its bus on the right.
 */
public final class TopologyGraph {

  private static final Comparator<Node> ORDER =
      Comparator.comparing(Node::type).thenComparing(Node::name);

  private final Snapshot snapshot;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  private TopologyGraph(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Every object that the caller may see. */
  public static Graph whole(Sight sight) {
    TopologyGraph topology = new TopologyGraph(sight.snapshot());
    sight.snapshot().readable(EventBackbone.class).forEach(topology::add);
    return topology.graph(sight);
  }

  /**
   * What is joined to an object, by whatever way events take. Of a bus it is what may come to it;
   * whom its own events go to, its node as a producer tells.
   *
   * @param name {@code namespace/name} of a bus, subscription, route or backbone
   */
  public static Graph around(String name, Graph whole) {
    return around(it -> it.name().equals(name), whole);
  }

  /** What is joined to the objects that are wanted. */
  static Graph around(Predicate<Node> isWanted, Graph whole) {
    Set<String> centre = objects(isWanted, whole);
    Set<String> near = new LinkedHashSet<>(reached(centre, whole.edges(), Edge::from, Edge::to));
    near.addAll(reached(centre, whole.edges(), Edge::to, Edge::from));
    return only(whole, near::contains);
  }

  private static Set<String> objects(Predicate<Node> isWanted, Graph whole) {
    return whole.nodes().stream()
        .filter(it -> it.type() != NodeType.PRODUCER)
        .filter(isWanted)
        .map(Node::id)
        .collect(Collectors.toSet());
  }

  private static Set<String> reached(
      Set<String> from, List<Edge> edges, Function<Edge, String> near, Function<Edge, String> far) {
    Map<String, List<Edge>> byNear = edges.stream().collect(Collectors.groupingBy(near));
    Set<String> reached = new LinkedHashSet<>(from);
    List<String> open = new ArrayList<>(from);
    while (!open.isEmpty()) {
      for (Edge edge : byNear.getOrDefault(open.remove(open.size() - 1), List.of())) {
        if (reached.add(far.apply(edge))) {
          open.add(far.apply(edge));
        }
      }
    }
    return reached;
  }

  /** The buses and subscriptions of a namespace, with what may come to them. */
  public static Graph ofNamespace(String namespace, Graph whole) {
    return upstreamOf(objects(it -> it.name().startsWith(namespace + "/"), whole), whole);
  }

  /** The nodes of these ids, with what may come to them. */
  static Graph upstreamOf(Set<String> ids, Graph whole) {
    Set<String> near = reached(ids, whole.edges(), Edge::to, Edge::from);
    return only(whole, near::contains);
  }

  /** The nodes that are wanted, and the edges between them. */
  static Graph only(Graph whole, Predicate<String> isWanted) {
    return new Graph(
        whole.unseen(),
        whole.nodes().stream().filter(it -> isWanted.test(it.id())).toList(),
        whole.edges().stream()
            .filter(it -> isWanted.test(it.from()) && isWanted.test(it.to()))
            .toList());
  }

  /** A node in place of those of the types in a namespace; producers have one of their own. */
  public static Graph grouped(Graph whole, Set<NodeType> types) {
    Map<String, String> groups = new LinkedHashMap<>();
    Map<String, List<Node>> members = new LinkedHashMap<>();
    for (Node node : whole.nodes()) {
      String group = types.contains(node.type()) ? groupOf(node) : node.id();
      groups.put(node.id(), group);
      members.computeIfAbsent(group, key -> new ArrayList<>()).add(node);
    }
    List<Node> nodes =
        members.entrySet().stream()
            .map(it ->
                groups.containsKey(it.getKey())
                    ? it.getValue().get(0)
                    : group(it.getKey(), it.getValue()))
            .sorted(ORDER)
            .toList();
    Set<Edge> edges = new LinkedHashSet<>();
    whole
        .edges()
        .forEach(it -> edges.add(new Edge(groups.get(it.from()), groups.get(it.to()), it.label())));
    edges.removeIf(it -> it.from().equals(it.to()));
    return new Graph(whole.unseen(), nodes, List.copyOf(edges));
  }

  private static String groupOf(Node node) {
    String namespace = node.name().split("/", 2)[0];
    return switch (node.type()) {
      case PRODUCER -> "producers " + namespace;
      case BUS, SUBSCRIPTION -> "group " + namespace;
      case BACKBONE, ROUTE, GROUP -> node.id();
    };
  }

  private static Node group(String id, List<Node> members) {
    Node first = members.get(0);
    boolean areProducers = first.type() == NodeType.PRODUCER;
    long buses = members.stream().filter(it -> it.type() != NodeType.SUBSCRIPTION).count();
    long subscriptions = members.size() - buses;
    return new Node(
        id,
        areProducers ? NodeType.PRODUCER : NodeType.GROUP,
        first.name().split("/", 2)[0],
        worst(members),
        Optional.of(
            areProducers
                ? count(buses, "producer", "producers")
                : count(buses, "bus", "buses")
                    + ", "
                    + count(subscriptions, "subscription", "subscriptions")),
        Optional.empty());
  }

  private static String count(long number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }

  private static State worst(Collection<Node> members) {
    return members.stream()
        .map(Node::state)
        .filter(it -> it != State.READY)
        .min(Comparator.naturalOrder())
        .orElse(State.READY);
  }

  private Graph graph(Sight sight) {
    return new Graph(
        sight.unseen(), nodes.values().stream().sorted(ORDER).toList(), List.copyOf(edges));
  }

  private void add(EventBackbone backbone) {
    node(NodeType.BACKBONE, backbone, Optional.of(backbone.getSpec().region()));
    List<ServiceAccountBus> buses = snapshot.busesOf(backbone);
    for (ServiceAccountBus bus : buses) {
      node(NodeType.PRODUCER, bus, Optional.empty());
      edge(NodeType.PRODUCER, bus, NodeType.BACKBONE, backbone, Optional.empty());
      node(NodeType.BUS, bus, Optional.empty());
      snapshot
          .subscriptionsOf(bus)
          .forEach(it -> {
            node(NodeType.SUBSCRIPTION, it, filter(Optional.ofNullable(it.getSpec().filter())));
            edge(NodeType.BUS, bus, NodeType.SUBSCRIPTION, it, Optional.empty());
          });
    }
    snapshot.routesOf(backbone).forEach(it -> add(it, backbone, buses));
  }

  private void add(EventRoute route, EventBackbone backbone, List<ServiceAccountBus> buses) {
    node(NodeType.ROUTE, route, filter(route.getSpec().writtenFilter()));
    if (route.getSpec().from().type() == Producers.Type.ALL) {
      edge(NodeType.BACKBONE, backbone, NodeType.ROUTE, route, Optional.empty());
    } else {
      edge(
          NodeType.BACKBONE,
          backbone,
          NodeType.ROUTE,
          route,
          Optional.of(
              "from "
                  + Abbreviation.of(
                      buses.stream()
                          .filter(bus -> Routing.selectsProducer(route, bus))
                          .map(Snapshot::key)
                          .toList())));
    }
    buses.stream()
        .filter(bus -> Routing.reaches(route, bus))
        .forEach(bus -> edge(NodeType.ROUTE, route, NodeType.BUS, bus, Optional.empty()));
  }

  private static Optional<String> filter(Optional<EventFilter> filter) {
    return filter.map(it ->
        it.detailTypes().isEmpty()
            ? "by pattern"
            : Abbreviation.of(it.detailTypes()) + (it.pattern().isEmpty() ? "" : ", by pattern"));
  }

  private void node(NodeType type, BackboneResource<?, ?> object, Optional<String> label) {
    String id = id(type, object);
    nodes.put(id, new Node(id, type, Snapshot.key(object), state(object), label, account(object)));
  }

  private void edge(
      NodeType from,
      BackboneResource<?, ?> source,
      NodeType to,
      BackboneResource<?, ?> target,
      Optional<String> label) {
    edges.add(new Edge(id(from, source), id(to, target), label));
  }

  private Optional<String> account(BackboneResource<?, ?> object) {
    return switch (object) {
      case EventBackbone backbone -> account(backbone.getSpec().accountRef());
      case ServiceAccountBus bus -> account(bus.getSpec().accountRef());
      default -> Optional.empty();
    };
  }

  private Optional<String> account(LocalReference reference) {
    return snapshot.account(reference.name()).map(it -> it.getSpec().accountId());
  }

  private static String id(NodeType type, BackboneResource<?, ?> object) {
    return id(type, Snapshot.key(object));
  }

  static String id(NodeType type, String name) {
    return type.name().toLowerCase(Locale.ROOT) + " " + name;
  }

  private static State state(BackboneResource<?, ?> object) {
    if (isFalse(object, "Delivering")) {
      return State.NOT_DELIVERING;
    }
    return Statuses.condition(object, "Ready")
        .map(Condition::getStatus)
        .map(it -> it.equals("True") ? State.READY : State.NOT_READY)
        .orElse(State.UNKNOWN);
  }

  private static boolean isFalse(BackboneResource<?, ?> object, String type) {
    return Statuses.condition(object, type)
        .filter(it -> it.getStatus().equals("False"))
        .isPresent();
  }
}

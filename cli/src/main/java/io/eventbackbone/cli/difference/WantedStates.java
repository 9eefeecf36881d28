package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.reception.Reception;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.routing.Routes;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the objects of a snapshot want in AWS. Each wanted state is computed when it is first asked
 * for: a change touches few of them.
 */
final class WantedStates {

  /** Part of owner tags, which are the same before and after. */
  private static final Topology TOPOLOGY = new Topology("cluster");

  private final Snapshot snapshot;
  private final Reception reception;
  private final Admissions admissions;
  private final Routing routing;

  /** By kind and name of the object; buses come after backbones, subscriptions after buses. */
  private final Map<String, Derived> derived = new TreeMap<>();

  /** The wanted state of one object. */
  private static final class Derived {

    private final AccountScope home;
    private final List<?> origins;
    private final Supplier<WantedState> derivation;
    private Optional<WantedState> state = Optional.empty();

    /**
     * A state that is not yet computed.
     *
     * @param home the account that has the object's own resources
     * @param origins all that the state is derived from
     */
    Derived(AccountScope home, List<?> origins, Supplier<WantedState> derivation) {
      this.home = home;
      this.origins = origins;
      this.derivation = derivation;
    }

    WantedState state() {
      WantedState known = state.orElseGet(derivation);
      state = Optional.of(known);
      return known;
    }
  }

  WantedStates(Snapshot snapshot, Reception reception) {
    this.snapshot = snapshot;
    this.reception = reception;
    admissions = snapshot.admissions();
    routing = new Routing(snapshot, admissions);
    snapshot
        .readable(EventBackbone.class)
        .filter(it -> it.getSpec().managementPolicy() == ManagementPolicy.MANAGE)
        .flatMap(it -> admissions.backbone(it).admitted().stream())
        .forEach(this::add);
  }

  /** The objects whose wanted states differ in two snapshots, or that only one of them has. */
  static Set<String> differing(WantedStates one, WantedStates other) {
    return Stream.of(one, other)
        .flatMap(it -> it.derived.keySet().stream())
        .distinct()
        .filter(key -> differ(one.derived.get(key), other.derived.get(key)))
        .collect(Collectors.toSet());
  }

  private static boolean differ(Derived one, Derived other) {
    return one == null
        || other == null
        || !(one.origins.equals(other.origins) || one.state().equals(other.state()));
  }

  /** What the objects want, backbones first. */
  List<WantedState> of(Set<String> objects) {
    return derived.entrySet().stream()
        .filter(it -> objects.contains(it.getKey()))
        .map(it -> it.getValue().state())
        .toList();
  }

  /** The accounts of the objects. */
  Set<AccountScope> homes(Set<String> objects) {
    return objects.stream()
        .flatMap(it -> Stream.ofNullable(derived.get(it)))
        .map(it -> it.home)
        .collect(Collectors.toSet());
  }

  /** The objects of accounts. */
  Set<String> in(Set<AccountScope> accounts) {
    return derived.entrySet().stream()
        .filter(it -> accounts.contains(it.getValue().home))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void add(AdmittedBackbone backbone) {
    List<AdmittedBus> buses = admissions.busesOf(backbone);
    put(
        "0 " + Snapshot.key(backbone.resource()),
        backbone.scope(),
        List.of(backbone, buses),
        () -> TOPOLOGY.of(backbone, PolicyBudget.of(backbone, buses)));
    buses.stream()
        .filter(bus -> admissions.bus(bus.resource()).admitted().isPresent())
        .forEach(this::add);
  }

  private void add(AdmittedBus bus) {
    Routes reaching = reception.reaching(bus);
    List<EventSubscription> subscriptions = snapshot.subscriptionsOf(bus.resource());
    List<Admission<AdmittedSubscription>> demands =
        subscriptions.stream().map(admissions::subscription).toList();
    put(
        "1 " + Snapshot.key(bus.resource()),
        bus.scope(),
        List.of(bus, reaching, subscriptions, demands),
        () -> TOPOLOGY.of(bus, routing.to(bus, reaching)));
    subscriptions.forEach(it -> add(it, bus));
  }

  /**
   * A refused filter leaves AWS as it is. A bus that does not admit the subscription removes its
   * rule.
   */
  private void add(EventSubscription subscription, AdmittedBus bus) {
    String key = "2 " + Snapshot.key(subscription);
    if (!admissions.isAdmitted(subscription, bus.resource())) {
      put(
          key,
          bus.scope(),
          List.of(subscription, bus),
          () -> TOPOLOGY.withdrawn(subscription, bus));
      return;
    }
    admissions
        .subscription(subscription, bus)
        .admitted()
        .ifPresent(it -> put(key, bus.scope(), List.of(it), () -> TOPOLOGY.of(it)));
  }

  private void put(
      String object, AccountScope home, List<?> origins, Supplier<WantedState> derivation) {
    derived.put(object, new Derived(home, origins, derivation));
  }
}

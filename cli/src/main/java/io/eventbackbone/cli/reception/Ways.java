package io.eventbackbone.cli.reception;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteSpec;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.routing.Producer;
import io.eventbackbone.core.routing.Producers;
import io.eventbackbone.core.routing.RouteClause;
import io.eventbackbone.core.routing.Routing;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The routes of a backbone, for all of its buses at once.
 *
 * @param accepted what each carries
 * @param refused those whose filters are not in order: the rules of the buses that they reach stay
 *     as they were
 */
record Ways(List<Way> accepted, List<EventRoute> refused) {

  static Ways of(AdmittedBackbone backbone, Inventory inventory) {
    Admissions admissions = new Admissions(inventory);
    List<AdmittedBus> buses = admissions.busesOf(backbone);
    List<EventRoute> live =
        inventory.routesOf(backbone.resource()).stream()
            .filter(route -> route.getMetadata().getDeletionTimestamp() == null)
            .toList();
    Set<EventRoute> accepted =
        live.stream()
            .filter(route -> admissions.route(route, backbone) instanceof Admitted)
            .collect(Collectors.toSet());
    return new Ways(
        live.stream().filter(accepted::contains).map(route -> way(route, buses)).toList(),
        live.stream().filter(route -> !accepted.contains(route)).toList());
  }

  private static Way way(EventRoute route, List<AdmittedBus> buses) {
    return new Way(
        route,
        new RouteClause(
            Snapshot.key(route),
            route.getSpec().senderMatch(),
            producers(route, buses),
            route.getSpec().filterOrEverything()));
  }

  private static Producers producers(EventRoute route, List<AdmittedBus> buses) {
    EventRouteSpec.Producers from = route.getSpec().from();
    return from.type() == EventRouteSpec.Producers.Type.ALL && from.labels().isEmpty()
        ? new Producers.Everyone()
        : new Producers.Only(
            buses.stream()
                .filter(bus -> Routing.selectsProducer(route, bus.resource()))
                .map(bus -> new Producer(bus.scope().accountId(), bus.identifier()))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Those that reach a bus. */
  Ways to(AdmittedBus bus) {
    return new Ways(
        accepted.stream().filter(way -> Routing.reaches(way.route(), bus.resource())).toList(),
        refused.stream().filter(route -> Routing.reaches(route, bus.resource())).toList());
  }
}

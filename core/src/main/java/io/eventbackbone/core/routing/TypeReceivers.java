package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.KnownFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the subscriptions that can get the events of a detail type. */
public final class TypeReceivers {

  private final Inventory inventory;
  private final Admissions admissions;
  private final Routing routing;

  public TypeReceivers(Inventory inventory) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
  }

  /**
   * The accepted subscriptions, suspended ones as well, whose route and filter may let an event
   * pass. Filters may match on data, which differ from event to event.
   *
   * @param producer bus whose services publish the events
   */
  public List<AdmittedSubscription> of(AdmittedBus producer, String detailType) {
    KnownFields known =
        new KnownFields(
            Map.of(
                "account",
                producer.scope().accountId(),
                "source",
                producer.identifier(),
                Filters.DETAIL_TYPE,
                detailType));
    Map<EventRoute, RouteClause> routes = new LinkedHashMap<>();
    for (EventRoute route : routing.acceptedRoutes(producer.backbone())) {
      RouteClause clause = routing.clause(route, producer.backbone());
      if (known.mayMatch(Filters.conditions(clause.filter()))) {
        routes.put(route, clause);
      }
    }
    return admissions.busesOf(producer.backbone()).stream()
        .filter(bus -> isReached(bus, routes, known))
        .flatMap(bus -> subscriptions(bus, detailType))
        .filter(it -> known.mayMatch(Filters.conditions(it.resource().getSpec().filter())))
        .toList();
  }

  private static boolean isReached(
      AdmittedBus bus, Map<EventRoute, RouteClause> routes, KnownFields known) {
    Receiver receiver = new Receiver(bus.scope().accountId(), bus.identifier());
    return routes.entrySet().stream()
        .filter(route -> Routing.reaches(route.getKey(), bus.resource()))
        .map(Map.Entry::getValue)
        .flatMap(clause ->
            SenderClause.of(clause.senderMatch(), clause.producers(), receiver).stream()
                .map(sender -> new Alternative(sender, Filters.conditions(clause.filter()))))
        .anyMatch(alternative -> known.mayMatch(alternative.pattern()));
  }

  /** A list of detail types is looked at first: to compile a pattern takes time. */
  private Stream<AdmittedSubscription> subscriptions(AdmittedBus bus, String detailType) {
    return inventory.subscriptionsOf(bus.resource()).stream()
        .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
        .filter(it -> mayName(Optional.ofNullable(it.getSpec().filter()), detailType))
        .filter(it -> admissions.isAdmitted(it, bus.resource()))
        .flatMap(it -> admissions.subscription(it, bus).admitted().stream());
  }

  /** A manifest that no API server has checked may lack the filter. */
  private static boolean mayName(Optional<EventFilter> filter, String detailType) {
    return filter
        .map(EventFilter::detailTypes)
        .filter(it -> it.isEmpty() || it.contains(detailType))
        .isPresent();
  }
}

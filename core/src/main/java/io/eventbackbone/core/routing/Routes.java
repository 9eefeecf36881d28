package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;

/**
 * Routes of a backbone, without those that are being deleted.
 *
 * @param accepted the routes with valid filters
 * @param refused the routes with invalid filters; the rule of a bus that one of them reaches stays
 *     as it is
 */
public record Routes(List<Accepted> accepted, List<EventRoute> refused) {

  /** A route with a valid filter, and the events that it forwards. */
  public record Accepted(EventRoute route, RouteClause clause) {}

  public Routes {
    accepted = List.copyOf(accepted);
    refused = List.copyOf(refused);
  }

  /** The routes whose receivers include the bus. */
  public Routes reaching(ServiceAccountBus bus) {
    return new Routes(
        accepted.stream().filter(it -> Routing.reaches(it.route(), bus)).toList(),
        refused.stream().filter(route -> Routing.reaches(route, bus)).toList());
  }

  List<RouteClause> clauses() {
    return accepted.stream().map(Accepted::clause).toList();
  }
}

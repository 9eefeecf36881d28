package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;

/**
 * What one route brings to a bus that it reaches.
 *
 * @param route {@code namespace/name}
 * @param senderMatch how the producers, and the bus's own services, are told
 */
public record RouteClause(
    String route, SenderMatch senderMatch, Producers producers, EventFilter filter) {}

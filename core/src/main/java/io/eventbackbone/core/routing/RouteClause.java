package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;

/**
 * The events that one route forwards to a bus.
 *
 * @param route {@code namespace/name}
 * @param senderMatch the event field that identifies the sender
 */
public record RouteClause(
    String route, SenderMatch senderMatch, Producers producers, EventFilter filter) {}

package io.eventbackbone.core.routing;

/**
 * A service that publishes to the global bus.
 *
 * @param accountId of the credentials that it publishes with: events carry it as {@code account}
 * @param identifier of its bus: the Source that it publishes with
 */
public record Producer(String accountId, String identifier) {}

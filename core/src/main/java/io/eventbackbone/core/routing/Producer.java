package io.eventbackbone.core.routing;

/**
 * A service that publishes to the global bus.
 *
 * @param accountId account of its credentials; the events carry it as {@code account}
 * @param identifier its bus's identifier, which is the Source of its events
 */
public record Producer(String accountId, String identifier) {}

package io.eventbackbone.events;

/**
 * The Detail of an event: what happened, and what is known about the telling of it.
 *
 * @param <T> type of the data
 */
public record EventEnvelope<T>(EventMetadata metadata, T data) {}

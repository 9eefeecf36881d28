package io.eventbackbone.events;

/**
 * Remembers which events were handled. SQS delivers at least once; a service with a database keeps
 * this in the transaction that handles the event.
 */
public interface HandledEvents {

  boolean contains(String eventId);

  void add(String eventId);
}

package io.eventbackbone.events;

/** What a service does on an event. */
public interface EventHandler {

  /**
   * Handles an event; when it throws, the event comes again, and in the end goes to the dead-letter
   * queue.
   */
  void handle(IncomingEvent event) throws Exception;
}

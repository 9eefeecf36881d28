package io.eventbackbone.events;

/** What a service does on an event. */
@FunctionalInterface
public interface EventHandler {

  /** What to do with events of a replay, which was handled when they came first. */
  enum Replays {
    /** Handle them again, once per replay. */
    HANDLED,
    /** Leave them unhandled. */
    REFUSED
  }

  /**
   * Handles an event; when it throws, the event comes again, and in the end goes to the dead-letter
   * queue.
   *
   * @param transaction what is written and published in it happens once, however often the event is
   *     delivered
   */
  void handle(IncomingEvent event, Transaction transaction) throws Exception;

  /** What to do with events of a replay. */
  default Replays replays() {
    return Replays.HANDLED;
  }
}

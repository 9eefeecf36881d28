package io.eventbackbone.sandbox.eventbridge.delivery;

import io.eventbackbone.sandbox.eventbridge.model.Event;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * An event on a bus, and its way to the bus.
 *
 * @param ingested when the bus took it
 * @param hops from bus to bus, made by rules; PutEvents makes none
 */
public record Arrival(Event event, Instant ingested, Set<Hop> hops) {

  /**
   * An event makes each of these once at most (EventBridge User Guide, "Sending and receiving
   * events between accounts").
   */
  public enum Hop {
    WITHIN_REGION,
    BETWEEN_REGIONS
  }

  public Arrival {
    hops = Set.copyOf(hops);
  }

  public static Arrival published(Event event, Instant now) {
    return new Arrival(event, now, Set.of());
  }

  Arrival after(Hop hop, Event forwarded, Instant now) {
    EnumSet<Hop> all = EnumSet.of(hop);
    all.addAll(hops);
    return new Arrival(forwarded, now, all);
  }
}

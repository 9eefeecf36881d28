package io.eventbackbone.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known about the telling of an event.
 *
 * @param id the same for every delivery of the event; consumers tell repetitions by it
 * @param correlationId the same for all events that one request led to
 * @param causationId id of the event that led to this one; null for a first one
 * @param schemaVersion of the data
 * @param time when it happened
 * @param traceparent W3C Trace Context; null where nothing is traced
 */
public record EventMetadata(
    String id,
    String correlationId,
    String causationId,
    String schemaVersion,
    Instant time,
    String traceparent) {

  private static final String VERSION = "1";

  /** Of an event that no other event led to. */
  public static EventMetadata first(
      String correlationId, Optional<String> traceparent, Instant time) {
    return new EventMetadata(
        UUID.randomUUID().toString(), correlationId, null, VERSION, time, traceparent.orElse(null));
  }

  /** The same, within a trace. */
  EventMetadata tracedBy(String newTraceparent) {
    return new EventMetadata(id, correlationId, causationId, schemaVersion, time, newTraceparent);
  }

  /**
   * Of an event that this one leads to. Its id is made of this one's and the detail type, so that
   * handling an event twice publishes one event twice, and not two.
   */
  public EventMetadata leadingTo(String detailType, Instant now) {
    String name = id + "/" + detailType;
    return new EventMetadata(
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
        correlationId,
        id,
        VERSION,
        now,
        traceparent);
  }
}

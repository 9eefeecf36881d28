package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.model.AdmittedBackbone;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event that a log has.
 *
 * @param event as EventBridge has it
 * @param globally its entry in the global log; empty: it was found in a local one
 */
record Sighting(ObjectNode event, Optional<Global> globally) {

  /** An entry in the log of a global bus. */
  record Global(AdmittedBackbone backbone, Witness.Logged logged) {}

  /** Whether the id is the event's, its message's or that of the flow it belongs to. */
  static boolean hasId(JsonNode event, String id) {
    JsonNode metadata = event.path("detail").path("metadata");
    return Stream.of(event.path("id"), metadata.path("id"), metadata.path("correlationId"))
        .anyMatch(it -> it.asText().equals(id));
  }

  String text(String field) {
    return event.path(field).asText();
  }

  Optional<String> metadata(String field) {
    return Optional.ofNullable(event.path("detail").path("metadata").path(field).textValue());
  }

  /** When it was published; the epoch, where the event does not say. */
  Instant time() {
    try {
      return Instant.parse(text("time"));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}

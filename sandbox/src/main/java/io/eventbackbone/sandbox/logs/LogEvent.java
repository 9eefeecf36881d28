package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.nio.charset.StandardCharsets;

/**
 * One line of a log.
 *
 * @param id in order of arrival
 * @param timestamp of the writer, in milliseconds
 * @param ingestionTime when the sandbox took the event, in milliseconds
 */
record LogEvent(String stream, long id, long timestamp, long ingestionTime, String message) {

  /** Bytes that every event adds to its message: API Reference, PutLogEvents. */
  private static final int OVERHEAD = 26;

  static int size(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
  }

  /** A key that orders events by time, and those of one time by arrival. */
  String order() {
    return "%019d/%019d".formatted(timestamp, id);
  }

  ObjectNode toJson() {
    return Json.object()
        .put("timestamp", timestamp)
        .put("message", message)
        .put("ingestionTime", ingestionTime);
  }
}

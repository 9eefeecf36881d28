package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of one PutLogEvents, within the limits of its API Reference, oldest first. */
record EventBatch(List<Event> events) {

  private static final int MAX_EVENTS = 10_000;
  private static final Shape MESSAGE = Shape.of(1, Integer.MAX_VALUE, "(?s).*");
  private static final int MAX_BYTES = 1_048_576;
  private static final Duration MAX_SPAN = Duration.ofHours(24);
  private static final Duration MAX_AGE = Duration.ofDays(14);
  private static final Duration MAX_AHEAD = Duration.ofHours(2);

  /**
   * @param timestamp in milliseconds
   */
  record Event(long timestamp, String message) {}

  static EventBatch parse(List<Members> json) {
    if (json.isEmpty() || json.size() > MAX_EVENTS) {
      throw LogsErrors.LOGS.invalid(
          "logEvents", json.size() + " events", "have length between 1 and " + MAX_EVENTS);
    }
    List<Event> events = json.stream().map(EventBatch::event).toList();
    int size = events.stream().mapToInt(event -> LogEvent.size(event.message())).sum();
    if (size > MAX_BYTES) {
      throw LogsErrors.invalidParameter(
          "Upload too large: %d bytes exceeds limit of %d".formatted(size, MAX_BYTES));
    }
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).timestamp() < events.get(i - 1).timestamp()) {
        throw LogsErrors.invalidParameter(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
    }
    long span = events.get(events.size() - 1).timestamp() - events.get(0).timestamp();
    if (span > MAX_SPAN.toMillis()) {
      throw LogsErrors.invalidParameter(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
    return new EventBatch(events);
  }

  private static Event event(Members json) {
    long timestamp =
        LogsMembers.time(json, "timestamp")
            .orElseThrow(() -> LogsErrors.LOGS.missing("logEvents.timestamp"));
    String message = json.requiredText("message", MESSAGE);
    return new Event(timestamp, message);
  }

  List<Event> accepted(Instant now, Optional<Duration> retention) {
    int start = Math.max(tooOld(now), retention.map(kept -> before(now.minus(kept))).orElse(0));
    return events.subList(start, Math.max(start, tooNew(now)));
  }

  /** The member rejectedLogEventsInfo; empty when all events are accepted. */
  ObjectNode rejected(Instant now, Optional<Duration> retention) {
    ObjectNode rejected = Json.object();
    if (tooNew(now) < events.size()) {
      rejected.put("tooNewLogEventStartIndex", tooNew(now));
    }
    if (tooOld(now) > 0) {
      rejected.put("tooOldLogEventEndIndex", tooOld(now));
    }
    retention
        .map(kept -> before(now.minus(kept)))
        .filter(expired -> expired > 0)
        .ifPresent(expired -> rejected.put("expiredLogEventEndIndex", expired));
    return rejected;
  }

  private int tooOld(Instant now) {
    return before(now.minus(MAX_AGE));
  }

  private int tooNew(Instant now) {
    return before(now.plus(MAX_AHEAD).plusMillis(1));
  }

  /** How many events are before a time. */
  private int before(Instant time) {
    return (int) events.stream().filter(event -> event.timestamp() < time.toEpochMilli()).count();
  }
}

package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream of a log group, its events in order of their timestamps. */
final class LogStream {

  private final String name;
  private final String arn;
  private final long createdAt;
  private final List<LogEvent> events = new ArrayList<>();
  private Optional<Long> lastIngestionTime = Optional.empty();

  LogStream(String name, String arn, long createdAt) {
    this.name = name;
    this.arn = arn;
    this.createdAt = createdAt;
  }

  String name() {
    return name;
  }

  /** Events mostly come in order, so that the place is at the end or near it. */
  void add(LogEvent event) {
    int place = events.size();
    while (place > 0 && events.get(place - 1).timestamp() > event.timestamp()) {
      place--;
    }
    events.add(place, event);
    lastIngestionTime = Optional.of(event.ingestionTime());
  }

  /** Drops events that are older than the group's retention. */
  void expire(long oldestKept) {
    int kept = 0;
    while (kept < events.size() && events.get(kept).timestamp() < oldestKept) {
      kept++;
    }
    events.subList(0, kept).clear();
  }

  List<LogEvent> events() {
    return List.copyOf(events);
  }

  Optional<Long> lastEventTimestamp() {
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(events.get(events.size() - 1).timestamp());
  }

  long storedBytes() {
    return events.stream().mapToLong(event -> LogEvent.size(event.message())).sum();
  }

  /** AWS gives no stored bytes of streams any more: API Reference, LogStream. */
  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("arn", arn)
            .put("creationTime", createdAt)
            .put("logStreamName", name)
            .put("storedBytes", 0);
    if (!events.isEmpty()) {
      json.put("firstEventTimestamp", events.get(0).timestamp());
    }
    lastEventTimestamp().ifPresent(time -> json.put("lastEventTimestamp", time));
    lastIngestionTime.ifPresent(time -> json.put("lastIngestionTime", time));
    return json;
  }
}

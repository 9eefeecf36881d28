package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A log group: settings and streams. */
final class LogGroup {

  /** As CreateLogGroup names them. */
  enum StorageClass {
    STANDARD,
    INFREQUENT_ACCESS,
    DELIVERY
  }

  private final LogGroupId id;
  private final StorageClass storageClass;
  private final Optional<String> kmsKeyId;
  private final Instant createdAt;
  private final Map<String, String> tags;
  private final NavigableMap<String, LogStream> streams = new TreeMap<>();
  private Optional<Integer> retentionInDays = Optional.empty();
  private long lastEventId;

  LogGroup(
      LogGroupId id,
      StorageClass storageClass,
      Optional<String> kmsKeyId,
      Map<String, String> tags,
      Instant createdAt) {
    this.id = id;
    this.storageClass = storageClass;
    this.kmsKeyId = kmsKeyId;
    this.tags = new TreeMap<>(tags);
    this.createdAt = createdAt;
  }

  LogGroupId id() {
    return id;
  }

  StorageClass storageClass() {
    return storageClass;
  }

  /** Tags by key; changes are the caller's. */
  Map<String, String> tags() {
    return tags;
  }

  void retain(Optional<Integer> days) {
    retentionInDays = days;
  }

  Optional<Duration> retention() {
    return retentionInDays.map(Duration::ofDays);
  }

  LogStream createStream(String name, Instant now) {
    LogStream stream = new LogStream(name, id.streamArn(name), now.toEpochMilli());
    streams.put(name, stream);
    return stream;
  }

  Optional<LogStream> findStream(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  LogStream stream(String name) {
    return findStream(name).orElseThrow(LogsErrors::noLogStream);
  }

  void deleteStream(String name) {
    streams.remove(stream(name).name());
  }

  /** The streams by name, without events whose retention is over. */
  NavigableMap<String, LogStream> streams(Instant now) {
    retention()
        .map(retention -> now.minus(retention).toEpochMilli())
        .ifPresent(oldest -> streams.values().forEach(stream -> stream.expire(oldest)));
    return streams;
  }

  void write(LogStream stream, long timestamp, String message, Instant now) {
    lastEventId++;
    stream.add(new LogEvent(stream.name(), lastEventId, timestamp, now.toEpochMilli(), message));
  }

  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("logGroupName", id.name())
            .put("creationTime", createdAt.toEpochMilli())
            .put("metricFilterCount", 0)
            .put("arn", id.arnOfContents())
            .put("logGroupArn", id.arn())
            .put("storedBytes", streams.values().stream().mapToLong(LogStream::storedBytes).sum())
            .put("logGroupClass", storageClass.name())
            .put("deletionProtectionEnabled", false);
    retentionInDays.ifPresent(days -> json.put("retentionInDays", days));
    kmsKeyId.ifPresent(key -> json.put("kmsKeyId", key));
    return json;
  }
}

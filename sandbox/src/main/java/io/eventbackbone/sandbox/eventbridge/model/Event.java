package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * An event in EventBridge's envelope, version 0.
 *
 * @param account whose credentials published it; forwarding keeps it
 * @param time in whole seconds
 * @param region where the event was published
 * @param detail JSON object
 * @param replayName of an event that comes from an archive
 * @param traceHeader of AWS X-Ray; it is no part of the envelope
 */
public record Event(
    String id,
    String detailType,
    String source,
    String account,
    Instant time,
    String region,
    List<String> resources,
    String detail,
    Optional<String> replayName,
    Optional<String> traceHeader) {

  public Event {
    time = time.truncatedTo(ChronoUnit.SECONDS);
    resources = List.copyOf(resources);
  }

  public Event with(String newId, Instant newTime) {
    return new Event(
        newId,
        detailType,
        source,
        account,
        newTime,
        region,
        resources,
        detail,
        replayName,
        traceHeader);
  }

  public Event replayed(String newId, String replay) {
    return new Event(
        newId,
        detailType,
        source,
        account,
        time,
        region,
        resources,
        detail,
        Optional.of(replay),
        Optional.empty());
  }

  public String json() {
    return toJson().toString();
  }

  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("version", "0").put("id", id).put("detail-type", detailType).put("source", source);
    json.put("account", account).put("time", time.toString()).put("region", region);
    resources.forEach(json.putArray("resources")::add);
    json.set("detail", Json.parseObject(detail).orElseThrow());
    replayName.ifPresent(name -> json.put("replay-name", name));
    return json;
  }
}

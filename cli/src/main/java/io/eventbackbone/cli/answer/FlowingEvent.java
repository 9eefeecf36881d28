package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An event that was logged: a line of {@code tail}.
 *
 * @param detail the payload, if it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FlowingEvent(
    String time,
    String id,
    String detailType,
    String source,
    String account,
    Optional<String> metadataId,
    Optional<String> correlationId,
    Optional<JsonNode> detail) {

  /** The event without its payload. */
  public static FlowingEvent withoutPayload(JsonNode event) {
    return of(event, Optional.empty());
  }

  /** The event with its payload. */
  public static FlowingEvent withPayload(JsonNode event) {
    return of(event, Optional.of(event.path("detail")));
  }

  private static FlowingEvent of(JsonNode event, Optional<JsonNode> detail) {
    JsonNode metadata = event.path("detail").path("metadata");
    return new FlowingEvent(
        event.path("time").asText(),
        event.path("id").asText(),
        event.path("detail-type").asText(),
        event.path("source").asText(),
        event.path("account").asText(),
        Optional.ofNullable(metadata.path("id").textValue()),
        Optional.ofNullable(metadata.path("correlationId").textValue()),
        detail);
  }
}

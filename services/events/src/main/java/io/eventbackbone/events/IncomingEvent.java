package io.eventbackbone.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An event as it came in the queue.
 *
 * @param account that published it, set by EventBridge
 * @param replayName of the replay that the event comes from, set by EventBridge; empty for an event
 *     that comes for the first time
 */
public record IncomingEvent(
    String account,
    String source,
    String detailType,
    Optional<String> replayName,
    EventMetadata metadata,
    JsonNode data) {

  /**
   * Reads the body of a message.
   *
   * @throws IllegalArgumentException when it is no event with an envelope
   */
  static IncomingEvent of(String body) {
    try {
      JsonNode event = EventJson.MAPPER.readTree(body);
      JsonNode detail = event.path("detail");
      EventMetadata metadata =
          EventJson.MAPPER.treeToValue(detail.path("metadata"), EventMetadata.class);
      if (metadata == null || metadata.id() == null) {
        throw new IllegalArgumentException("the event has no detail.metadata.id");
      }
      return new IncomingEvent(
          event.path("account").asText(),
          event.path("source").asText(),
          event.path("detail-type").asText(),
          Optional.ofNullable(event.path("replay-name").textValue()),
          metadata,
          detail.path("data"));
    } catch (JsonProcessingException e) {
      // Not with its cause: that quotes the payload, which is not for logs.
      throw new IllegalArgumentException("the message is no event with an envelope");
    }
  }

  /**
   * The data as a type.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  public <T> T data(Class<T> type) {
    try {
      return EventJson.MAPPER.treeToValue(data, type);
    } catch (JsonProcessingException e) {
      // Not with its cause: that quotes the payload, which is not for logs.
      throw new IllegalArgumentException(
          "the data of a %s is no %s".formatted(detailType, type.getSimpleName()));
    }
  }
}

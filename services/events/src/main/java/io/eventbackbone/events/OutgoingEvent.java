package io.eventbackbone.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** An event to publish. */
public record OutgoingEvent(String detailType, EventEnvelope<?> envelope) {

  /** What EventBridge counts for an entry with a time. */
  private static final int TIME_BYTES = 14;

  PutEventsRequestEntry entry(String busArn, String source) {
    return PutEventsRequestEntry.builder()
        .eventBusName(busArn)
        .source(source)
        .detailType(detailType)
        .detail(detail())
        .time(time())
        .build();
  }

  /** Size of an entry as EventBridge counts it (User Guide, "PutEvents entry size"). */
  static int size(PutEventsRequestEntry entry) {
    return TIME_BYTES + bytes(entry.source()) + bytes(entry.detailType()) + bytes(entry.detail());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private Instant time() {
    return envelope.metadata().time();
  }

  /** The envelope as JSON. */
  String detail() {
    try {
      return EventJson.MAPPER.writeValueAsString(envelope);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON can be made of a " + detailType, e);
    }
  }
}

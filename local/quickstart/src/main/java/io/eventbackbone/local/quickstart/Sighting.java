package io.eventbackbone.local.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.time.Instant;

/**
 * An event in the audit log of a bus.
 *
 * @param sender number of the account that published it
 * @param id by which the envelope's metadata tells it from every other event
 * @param causationId id of the event that its sender answered with it, empty if none
 * @param orderId the order it is about, empty if about none
 * @param at when the bus logged it
 */
record Sighting(
    Bus bus,
    String detailType,
    String source,
    String sender,
    String id,
    String causationId,
    String orderId,
    Instant at) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Sighting parse(Bus bus, Instant at, String event) {
    try {
      JsonNode json = JSON.readTree(event);
      JsonNode detail = json.path("detail");
      return new Sighting(
          bus,
          json.path("detail-type").asText(),
          json.path("source").asText(),
          json.path("account").asText(),
          detail.at("/metadata/id").asText(),
          detail.at("/metadata/causationId").asText(),
          detail.at("/data/orderId").asText(),
          at);
    } catch (JsonProcessingException e) {
      throw new ProgramFailure(
          "the audit log %s holds what is no event: %s".formatted(bus.logGroup(), event), e);
    }
  }

  Hop hop() {
    String note =
        bus.isGlobal()
            ? "accepted from " + source + " (" + sender + ")"
            : "forwarded, sent by " + source + " (" + sender + ")";
    return new Hop(detailType, bus.name(), bus.account(), at, note);
  }
}

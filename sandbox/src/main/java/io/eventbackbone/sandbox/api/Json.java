package io.eventbackbone.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as AWS keeps it: numbers stay as written, and the last of two equal keys wins. Also the
 * objects that answers consist of.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ObjectNode object(Map<String, String> members) {
    ObjectNode object = object();
    members.forEach(object::put);
    return object;
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** An object of those lists that have items. */
  public static ObjectNode withoutEmpty(Map<String, ArrayNode> lists) {
    ObjectNode object = object();
    lists.forEach((member, list) -> {
      if (!list.isEmpty()) {
        object.set(member, list);
      }
    });
    return object;
  }

  /** The value that the text holds, or empty when it is not JSON. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** The object that the text holds, or empty when it holds anything else. */
  public static Optional<ObjectNode> parseObject(String text) {
    return parse(text).filter(JsonNode::isObject).map(ObjectNode.class::cast);
  }

  /** Writes a timestamp as AWS JSON does: seconds since the epoch, with milliseconds. */
  public static void put(ObjectNode output, String member, Instant time) {
    output.put(member, BigDecimal.valueOf(time.toEpochMilli(), 3));
  }

  /** The time that an ISO 8601 text holds, or empty when it holds none. */
  public static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }
}

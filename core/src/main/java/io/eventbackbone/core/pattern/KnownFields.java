package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * The fields of an event that are known before anybody publishes the event.
 *
 * @param texts fields of the top level by their names
 */
public record KnownFields(Map<String, String> texts) {

  public KnownFields {
    texts = Map.copyOf(texts);
  }

  /**
   * Whether an event with these fields may match. Fields that are not known may have any value.
   *
   * @param pattern valid; a pattern without fields matches every event
   */
  public boolean mayMatch(ObjectNode pattern) {
    return pattern.properties().stream().allMatch(it -> mayMatch(it.getKey(), it.getValue()));
  }

  private boolean mayMatch(String field, JsonNode condition) {
    if (field.equals(EventPattern.OR)) {
      return condition
          .valueStream()
          .anyMatch(it -> it instanceof ObjectNode alternative && mayMatch(alternative));
    }
    String known = texts.get(field);
    return known == null
        || EventRuler.matches(only(field, condition), only(field, TextNode.valueOf(known)));
  }

  private static ObjectNode only(String field, JsonNode value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set(field, value);
    return object;
  }
}

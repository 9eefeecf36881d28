package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;

/**
 * A valid event pattern.
 *
 * @param text compact JSON; patterns made by {@link #of} have their fields in one order, {@code
 *     $or} last, so that equal patterns are equal texts
 */
public record EventPattern(String text) {

  /**
   * Matches every event, because every event has a source. EventBridge refuses an empty pattern.
   */
  public static final EventPattern EVERYTHING =
      new EventPattern("{\"source\":[{\"prefix\":\"\"}]}");

  public static final String OR = "$or";

  private static final JsonMapper JSON = new JsonMapper();

  private static final Comparator<String> FIELD_ORDER =
      Comparator.<String, Boolean>comparing(OR::equals).thenComparing(Comparator.naturalOrder());

  public static EventPattern of(ObjectNode pattern) {
    return new EventPattern(ordered(pattern).toString());
  }

  /** Whether a rule with the pattern counts against the quota of rules with wildcards. */
  public boolean hasWildcards() {
    try {
      return JSON.readTree(text) instanceof ObjectNode pattern && Filters.hasWildcards(pattern);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("no event pattern: " + text, e);
    }
  }

  /** Length in characters, as the quota on patterns counts them. */
  public int length() {
    return text.length();
  }

  /** Sorts fields only: the order of a list may matter, as in numeric. */
  private static JsonNode ordered(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> list.add(ordered(element)));
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().stream()
          .sorted(Map.Entry.comparingByKey(FIELD_ORDER))
          .forEach(field -> object.set(field.getKey(), ordered(field.getValue())));
      return object;
    }
    return node;
  }
}

package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Structures and lists as forms write them: names with dots, and items numbered from one. */
final class NumberedParameters {

  private NumberedParameters() {}

  /** An object for each part of a dotted name. */
  static ObjectNode nested(ObjectNode parameters) {
    ObjectNode nested = Json.object();
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String path = parameter.getKey();
      int last = path.lastIndexOf('.');
      ObjectNode parent = nested;
      if (last >= 0) {
        for (String step : path.substring(0, last).split("\\.", -1)) {
          parent = parent.withObjectProperty(step);
        }
      }
      parent.set(path.substring(last + 1), parameter.getValue());
    }
    return nested;
  }

  /** The items of a list in the order of their numbers. */
  static List<JsonNode> inOrder(JsonNode numbered) {
    return numbered.properties().stream()
        .sorted(Comparator.comparingInt(item -> number(item.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }
}

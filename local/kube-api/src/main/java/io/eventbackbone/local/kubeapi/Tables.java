package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects as meta.k8s.io/v1 Tables, by the printer columns of their CRD. */
final class Tables {

  /** {@code .name} or {@code .name[?(@.field=="value")]}, the JSONPath that printer columns use. */
  private static final Pattern STEP =
      Pattern.compile("\\.(\\w+)(?:\\[\\?\\(@\\.(\\w+)\\s*==\\s*[\"']([^\"']*)[\"']\\)])?");

  /** By it kubectl knows where to write the kind, in a list of several kinds. */
  private static final String NAME = "name";

  private Tables() {}

  /** A table of a list's items, or of one object. */
  static String of(ServedKind kind, JsonNode answer) {
    var items = new ArrayList<JsonNode>();
    if (answer.has("items")) {
      answer.get("items").forEach(items::add);
    } else {
      items.add(answer);
    }
    var columns = new ArrayList<Map<String, Object>>();
    columns.add(column("Name", "string", NAME, 0));
    kind.columns()
        .forEach(column ->
            columns.add(
                column(
                    column.getName(),
                    column.getType(),
                    "",
                    Optional.ofNullable(column.getPriority()).orElse(0))));
    return Serialization.asJson(
        Map.of(
            "kind",
            "Table",
            "apiVersion",
            "meta.k8s.io/v1",
            "metadata",
            Map.of(),
            "columnDefinitions",
            columns,
            "rows",
            items.stream().map(item -> row(kind, item)).toList()));
  }

  private static Map<String, Object> column(String name, String type, String format, int priority) {
    return Map.of(
        "name", name, "type", type, "format", format, "description", "", "priority", priority);
  }

  private static Map<String, Object> row(ServedKind kind, JsonNode item) {
    var cells = new ArrayList<String>();
    cells.add(item.at("/metadata/name").asText());
    kind.columns().forEach(column -> cells.add(cell(column, item)));
    ObjectNode metadata = item.deepCopy();
    metadata.retain("metadata");
    metadata.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    return Map.of("cells", cells, "object", metadata);
  }

  private static String cell(CustomResourceColumnDefinition column, JsonNode item) {
    String value = at(column.getJsonPath(), item).asText();
    return "date".equals(column.getType()) && !value.isEmpty() ? age(Instant.parse(value)) : value;
  }

  static JsonNode at(String jsonPath, JsonNode item) {
    JsonNode node = item;
    Matcher step = STEP.matcher(jsonPath);
    while (step.find()) {
      node = node.path(step.group(1));
      if (step.group(2) != null) {
        node = first(node, step.group(2), step.group(3));
      }
    }
    return node;
  }

  private static JsonNode first(JsonNode list, String field, String value) {
    for (JsonNode element : list) {
      if (element.path(field).asText().equals(value)) {
        return element;
      }
    }
    return list.path(-1);
  }

  private static String age(Instant since) {
    var age = Duration.between(since, Instant.now());
    if (age.toMinutes() < 2) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
  }
}

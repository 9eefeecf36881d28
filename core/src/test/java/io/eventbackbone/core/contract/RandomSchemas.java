package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Schemas of the subset as JSON, small changes of them, and documents that they write. A document
 * has declared properties only.
 */
public final class RandomSchemas {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final List<String> TYPES =
      List.of("string", "number", "integer", "boolean", "null", "array", "object");
  private static final List<String> FORMATS = List.of("date-time", "date", "uuid", "email", "uri");
  private static final String TAG = "kind";

  private final Random random;
  private final ObjectNode definitions = JSON.objectNode();

  public RandomSchemas(Random random) {
    this.random = random;
    ObjectNode shared = value(1);
    definitions.set("shared", shared);
  }

  /** The schema of an object. */
  public ObjectNode schema() {
    return withDefinitions(random.nextInt(4) == 0 ? tagged(2) : object(3));
  }

  /** Another schema, or the same with some changes. */
  ObjectNode changed(ObjectNode schema) {
    if (random.nextInt(6) == 0) {
      return schema();
    }
    ObjectNode changed = schema.deepCopy();
    changed.remove("$defs");
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(changed);
    }
    return withDefinitions(changed);
  }

  private ObjectNode withDefinitions(ObjectNode schema) {
    schema.set("$defs", definitions);
    return schema;
  }

  private void change(ObjectNode schema) {
    if (schema.has("oneOf")) {
      ArrayNode alternatives = (ArrayNode) schema.get("oneOf");
      if (random.nextInt(4) == 0 && alternatives.size() > 1) {
        alternatives.remove(random.nextInt(alternatives.size()));
      } else {
        change((ObjectNode) pick(list(alternatives)));
      }
      return;
    }
    String name = pick(NAMES);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    JsonNode property = properties.path(name);
    switch (random.nextInt(6)) {
      case 0 -> properties.set(name, value(2));
      case 1 -> {
        properties.remove(name);
        require(schema, name, false);
      }
      case 2 -> require(schema, name, properties.has(name) && random.nextBoolean());
      case 3 -> additional(schema, 1);
      default -> {
        if (property.path("type").asText().equals("object")) {
          change((ObjectNode) property);
        } else if (property.isObject()) {
          widenOrNarrow((ObjectNode) property);
        }
      }
    }
  }

  private void widenOrNarrow(ObjectNode property) {
    if (property.has("enum")) {
      ArrayNode values = (ArrayNode) property.get("enum");
      if (values.size() > 1) {
        values.remove(random.nextInt(values.size()));
      }
    } else if (property.path("type").isTextual()) {
      String type = property.get("type").textValue();
      property.remove("format");
      property
          .putArray("type")
          .add(type.equals("integer") && random.nextBoolean() ? "number" : type)
          .add(type.equals("null") ? "boolean" : "null");
    }
  }

  private static void require(ObjectNode schema, String name, boolean isRequired) {
    List<JsonNode> names = new ArrayList<>(list(schema.path("required")));
    names.removeIf(it -> it.textValue().equals(name));
    if (isRequired) {
      names.add(JSON.textNode(name));
    }
    schema.putArray("required").addAll(names);
  }

  private ObjectNode object(int depth) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String name : NAMES) {
      if (random.nextInt(2) == 0) {
        properties.set(name, value(depth - 1));
        if (random.nextBoolean()) {
          required.add(name);
        }
      }
    }
    additional(schema, depth - 1);
    return schema;
  }

  private void additional(ObjectNode schema, int depth) {
    switch (random.nextInt(5)) {
      case 0 -> schema.put("additionalProperties", false);
      case 1 -> schema.set("additionalProperties", value(Math.min(depth, 1)));
      default -> schema.remove("additionalProperties");
    }
  }

  private ObjectNode tagged(int depth) {
    ObjectNode schema = JSON.objectNode();
    ArrayNode alternatives = schema.putArray("oneOf");
    for (int i = 0; i <= random.nextInt(3); i++) {
      ObjectNode alternative = object(depth);
      ObjectNode tag = JSON.objectNode();
      tag.putArray("enum").add("t" + i).add("u" + i);
      ((ObjectNode) alternative.get("properties")).set(TAG, tag);
      ((ArrayNode) alternative.get("required")).add(TAG);
      alternatives.add(alternative);
    }
    schema.putObject("discriminator").put("propertyName", TAG);
    return schema;
  }

  private ObjectNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 6)) {
      case 0 -> JSON.objectNode();
      case 1 -> listed();
      case 2 ->
          definitions.has("shared") ? JSON.objectNode().put("$ref", "#/$defs/shared") : listed();
      case 3 -> JSON.objectNode().put("type", "string").put("format", pick(FORMATS));
      case 4, 5 -> JSON.objectNode().put("type", pick(TYPES.subList(0, 5)));
      case 6 -> array(depth);
      case 7 -> union();
      case 8 -> tagged(depth - 1);
      default -> object(depth);
    };
  }

  private ObjectNode array(int depth) {
    ObjectNode schema = JSON.objectNode().put("type", "array");
    schema.set("items", value(depth - 1));
    return schema;
  }

  private ObjectNode union() {
    List<String> types = new ArrayList<>(TYPES);
    Collections.shuffle(types, random);
    ObjectNode schema = JSON.objectNode();
    ArrayNode list = schema.putArray("type");
    types.subList(0, 1 + random.nextInt(TYPES.size())).forEach(list::add);
    return schema;
  }

  private ObjectNode listed() {
    ObjectNode schema = JSON.objectNode();
    ArrayNode values = schema.putArray("enum");
    List<JsonNode> all =
        new ArrayList<>(
            list(Schemas.json("['text 0', 'x', 0, 1.5, true, false, null, '2026-11-29']")));
    Collections.shuffle(all, random);
    values.addAll(all.subList(0, 1 + random.nextInt(4)));
    return schema;
  }

  /** A document that the schema accepts, with declared properties only. */
  public JsonNode document(ObjectNode schema) {
    if (schema.has("$ref")) {
      return document((ObjectNode) definitions.get("shared"));
    }
    if (schema.has("enum")) {
      return pick(list(schema.get("enum")));
    }
    if (schema.has("oneOf")) {
      return document((ObjectNode) pick(list(schema.get("oneOf"))));
    }
    if (!schema.has("type")) {
      return pick(list(Schemas.json("[null, true, 'text 0', '', 0, 1.5, [], [1], {}, {a: 'x'}]")));
    }
    JsonNode type = schema.get("type");
    return ofType(type.isArray() ? pick(list(type)).textValue() : type.textValue(), schema);
  }

  private JsonNode ofType(String type, ObjectNode schema) {
    return switch (type) {
      case "string" ->
          JSON.textNode(
              TextFormat.of(schema.path("format").asText())
                  .map(format -> format.sample(random.nextInt(3)))
                  .orElseGet(() -> pick(List.of("", "text 0", "2026-11-29", "a1@example.com"))));
      case "number" -> pick(list(Schemas.json("[0, 1.5, -2, 1e3, 1.0]")));
      case "integer" -> pick(list(Schemas.json("[0, 7, 1.0, 1e3]")));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      case "array" -> {
        ArrayNode items = JSON.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(
              document(schema.get("items") instanceof ObjectNode of ? of : JSON.objectNode()));
        }
        yield items;
      }
      default -> objectOf(schema);
    };
  }

  private JsonNode objectOf(ObjectNode schema) {
    ObjectNode document = JSON.objectNode();
    Set<String> required =
        Set.copyOf(list(schema.path("required")).stream().map(JsonNode::textValue).toList());
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || random.nextBoolean()) {
        document.set(property.getKey(), document((ObjectNode) property.getValue()));
      }
    }
    if (schema.path("additionalProperties") instanceof ObjectNode others && !others.isEmpty()) {
      for (String name : List.of("a", "d", "zz")) {
        if (!schema.path("properties").has(name) && random.nextBoolean()) {
          document.set(name, document(others));
        }
      }
    }
    return document;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static List<JsonNode> list(JsonNode array) {
    return array.valueStream().toList();
  }
}

package io.eventbackbone.core.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a schema of the subset in a format of EventBridge Schemas. The result accepts what the
 * schema accepts. What the format lacks is left out or said otherwise.
 *
 * @param definitions of the schema, by their names
 * @param references by the names of the definitions
 */
record SchemaTranslation(SchemaType format, JsonNode definitions, Map<String, String> references) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final JsonPointer PROPERTY_NAME =
      JsonPointer.compile("/discriminator/propertyName");

  /** Annotations of both formats that are texts. */
  private static final List<String> TEXTS = List.of("title", "description");

  /** Annotations that are true or false, and that JSON Schema Draft 4 lacks. */
  private static final List<String> FLAGS = List.of("deprecated", "readOnly", "writeOnly");

  /** A schema that the operator has read without a problem. */
  ObjectNode of(JsonNode schema) {
    if (!(schema instanceof ObjectNode source)) {
      return JSON.objectNode(); // true: neither format has schemas that are true or false
    }
    if (source.has("$ref")) {
      return JSON.objectNode().put("$ref", references.get(definition(source)));
    }
    ObjectNode target = annotations(source);
    if (source.has("oneOf")) {
      addOneOf(source, target);
    } else if (source.has("enum") || source.has("const")) {
      addValues(source, target);
    } else if (source.has("type")) {
      addTypes(source, target);
    }
    return target;
  }

  private static String definition(ObjectNode source) {
    String reference = source.get("$ref").textValue();
    return reference.substring("#/$defs/".length()).replace("~1", "/").replace("~0", "~");
  }

  private ObjectNode annotations(ObjectNode source) {
    ObjectNode target = JSON.objectNode();
    TEXTS.stream()
        .filter(it -> source.path(it).isTextual())
        .forEach(it -> copy(it, source, target));
    copy("default", source, target);
    if (format == SchemaType.OPEN_API_3) {
      FLAGS.stream()
          .filter(it -> source.path(it).isBoolean())
          .forEach(it -> copy(it, source, target));
    }
    return target;
  }

  private static void copy(String keyword, ObjectNode source, ObjectNode target) {
    if (source.has(keyword)) {
      target.set(keyword, source.get(keyword));
    }
  }

  /** OpenAPI takes a discriminator for references alone, and finds them by the mapping. */
  private void addOneOf(ObjectNode source, ObjectNode target) {
    ArrayNode alternatives = target.putArray("oneOf");
    source.get("oneOf").forEach(alternative -> alternatives.add(of(alternative)));
    boolean areReferences =
        source.get("oneOf").valueStream().allMatch(alternative -> alternative.has("$ref"));
    if (format == SchemaType.OPEN_API_3 && areReferences) {
      target.putObject("discriminator").set("propertyName", source.at(PROPERTY_NAME));
      target.withObject("/discriminator").set("mapping", mapping(source));
    }
  }

  private ObjectNode mapping(ObjectNode source) {
    ObjectNode mapping = JSON.objectNode();
    String property = source.at(PROPERTY_NAME).textValue();
    for (JsonNode alternative : source.get("oneOf")) {
      String name = definition((ObjectNode) alternative);
      JsonNode tag = resolved(resolved(alternative).path("properties").path(property));
      tag.path("enum").forEach(value -> mapping.put(value.textValue(), references.get(name)));
      if (tag.has("const")) {
        mapping.put(tag.get("const").textValue(), references.get(name));
      }
    }
    return mapping;
  }

  /** The schema that a reference leads to. */
  private JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? resolved(definitions.path(definition((ObjectNode) schema)))
        : schema;
  }

  /** The values tell their types, so a type is written only where one is left. */
  private void addValues(ObjectNode source, ObjectNode target) {
    List<String> types = types(source.path("type"));
    switch (format) {
      case JSON_SCHEMA_DRAFT_4 -> copy("type", source, target);
      case OPEN_API_3 -> {
        List<String> others = withoutNull(types);
        if (others.size() == 1) {
          target.put("type", others.get(0));
          setNullable(types, target);
        }
      }
    }
    target.set(
        "enum",
        source.has("enum") ? source.get("enum") : JSON.arrayNode().add(source.get("const")));
  }

  private void addTypes(ObjectNode source, ObjectNode target) {
    List<String> types = types(source.get("type"));
    if (format == SchemaType.JSON_SCHEMA_DRAFT_4) {
      copy("type", source, target);
      types.forEach(type -> addKeywords(type, source, target));
      return;
    }
    List<String> others = withoutNull(types);
    switch (others.size()) {
      case 0 -> target.putArray("enum").addNull(); // OpenAPI 3.0 has no type of null
      case 1 -> {
        addForm(others.get(0), source, target);
        setNullable(types, target);
      }
      default -> {
        ArrayNode forms = target.putArray("anyOf");
        others.forEach(type -> addForm(type, source, forms.addObject()));
        setNullable(types, (ObjectNode) forms.get(0));
      }
    }
  }

  private static List<String> types(JsonNode type) {
    return type.isArray()
        ? type.valueStream().map(JsonNode::textValue).toList()
        : Optional.ofNullable(type.textValue()).stream().toList();
  }

  private static List<String> withoutNull(List<String> types) {
    return types.stream().filter(type -> !type.equals(JsonTypes.NULL)).toList();
  }

  private static void setNullable(List<String> types, ObjectNode target) {
    if (types.contains(JsonTypes.NULL)) {
      target.put("nullable", true);
    }
  }

  private void addForm(String type, ObjectNode source, ObjectNode target) {
    target.put("type", type);
    addKeywords(type, source, target);
  }

  private void addKeywords(String type, ObjectNode source, ObjectNode target) {
    switch (type) {
      case JsonTypes.STRING -> copy("format", source, target);
      case JsonTypes.ARRAY -> target.set("items", of(source.path("items")));
      case JsonTypes.OBJECT -> {
        addProperties(source, target);
        addAdditional(source.path("additionalProperties"), target);
      }
      default -> {}
    }
  }

  private void addProperties(ObjectNode source, ObjectNode target) {
    if (source.path("required").size() > 0) { // Neither format allows an empty list.
      copy("required", source, target);
    }
    if (source.has("properties")) {
      ObjectNode properties = target.putObject("properties");
      for (Map.Entry<String, JsonNode> property : source.get("properties").properties()) {
        properties.set(property.getKey(), of(property.getValue()));
      }
    }
  }

  private void addAdditional(JsonNode additional, ObjectNode target) {
    if (additional.isBoolean()) {
      target.set("additionalProperties", additional);
    } else if (additional.isObject()) {
      target.set("additionalProperties", of(additional));
    }
  }
}

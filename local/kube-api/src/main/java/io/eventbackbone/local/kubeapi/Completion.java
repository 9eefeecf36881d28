package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an API server adds to an object that is written, as far as a {@link MockApi} does it. */
final class Completion {

  private Completion() {}

  /**
   * The object with the defaults of its kind's schema, and the likes for Secrets and Namespaces.
   */
  static ObjectNode complete(ServedKind kind, ObjectNode written) {
    ObjectNode object = written.deepCopy();
    applyDefaults(kind.schema(), object);
    switch (kind.kind()) {
      case "Secret" -> encodeStringData(object);
      case "Namespace" ->
          object
              .withObject("/metadata")
              .withObject("/labels")
              .put("kubernetes.io/metadata.name", object.at("/metadata/name").asText());
      default -> {}
    }
    return object;
  }

  /** A default fills a field that is absent from an object that is there. */
  private static void applyDefaults(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        JsonNode ofProperty = property.getValue();
        if (!object.has(property.getKey()) && ofProperty.has("default")) {
          object.set(property.getKey(), ofProperty.get("default").deepCopy());
        }
        applyDefaults(ofProperty, object.path(property.getKey()));
      }
    } else {
      value.forEach(element -> applyDefaults(schema.path("items"), element));
    }
  }

  private static void encodeStringData(ObjectNode secret) {
    JsonNode plain = secret.remove("stringData");
    if (plain != null) {
      ObjectNode data = secret.withObject("/data");
      plain
          .properties()
          .forEach(entry -> data.put(entry.getKey(), base64(entry.getValue().asText())));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The merge patch of an apply: what is applied now, and null for what the same manager applied
   * before and doesn't any more.
   */
  static ObjectNode applyPatch(JsonNode before, ObjectNode now) {
    ObjectNode patch = now.deepCopy();
    for (var property : before.properties()) {
      String name = property.getKey();
      JsonNode wanted = patch.get(name);
      if (wanted == null) {
        patch.set(name, JsonNodeFactory.instance.nullNode());
      } else if (wanted instanceof ObjectNode object && property.getValue().isObject()) {
        patch.set(name, applyPatch(property.getValue(), object));
      }
    }
    return patch;
  }

  /** A JSON merge patch (RFC 7386) of an object. */
  static ObjectNode merge(ObjectNode object, ObjectNode patch) {
    ObjectNode merged = object.deepCopy();
    for (var property : patch.properties()) {
      String name = property.getKey();
      if (property.getValue().isNull()) {
        merged.remove(name);
      } else if (property.getValue() instanceof ObjectNode nested) {
        merged.set(name, merge(objectAt(merged, name), nested));
      } else {
        merged.set(name, property.getValue());
      }
    }
    return merged;
  }

  private static ObjectNode objectAt(ObjectNode object, String name) {
    return object.get(name) instanceof ObjectNode nested
        ? nested
        : JsonNodeFactory.instance.objectNode();
  }
}

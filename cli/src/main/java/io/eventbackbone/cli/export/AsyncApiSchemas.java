package io.eventbackbone.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.export.Landscape.Contract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Schemas as AsyncAPI writes them: definitions stand among its components, and a discriminator is
 * the name of a property.
 */
final class AsyncApiSchemas {

  private static final Set<String> OF_JSON_SCHEMA = Set.of("$schema", "$id", "$comment", "$defs");

  /** Keywords whose value has schemas by names that people choose. */
  private static final String PROPERTIES = "properties";

  private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");

  private final Map<String, String> definitions = new LinkedHashMap<>();

  private AsyncApiSchemas(JsonNode schema, String id) {
    Slugs slugs = new Slugs();
    schema
        .path("$defs")
        .fieldNames()
        .forEachRemaining(name -> definitions.put(name, id + "-" + slugs.of(name)));
  }

  /** The schema of the latest version, by the contract's id, and its definitions. */
  static Map<String, JsonNode> of(Contract contract) {
    ObjectNode schema = contract.latest().schema();
    AsyncApiSchemas written = new AsyncApiSchemas(schema, contract.id());
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    schemas.put(contract.id(), written.schema(schema));
    written.definitions.forEach(
        (name, key) -> schemas.put(key, written.schema(schema.path("$defs").path(name))));
    return schemas;
  }

  private JsonNode schema(JsonNode schema) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      JsonNode value = keyword.getValue();
      if (name.equals("$ref")) {
        copy.put("$ref", "#/components/schemas/" + definitions.get(definition(value)));
      } else if (name.equals("discriminator")) {
        copy.set(name, value.path("propertyName"));
      } else if (name.equals(PROPERTIES)) {
        ObjectNode properties = copy.putObject(name);
        value.properties().forEach(it -> properties.set(it.getKey(), schema(it.getValue())));
      } else if (value.isArray() && name.equals("oneOf")) {
        ArrayNode alternatives = copy.putArray(name);
        value.forEach(it -> alternatives.add(schema(it)));
      } else if (!OF_JSON_SCHEMA.contains(name)) {
        copy.set(name, VALUES.contains(name) ? value : schema(value));
      }
    }
    return copy;
  }

  private static String definition(JsonNode reference) {
    return reference.asText().substring("#/$defs/".length()).replace("~1", "/").replace("~0", "~");
  }
}

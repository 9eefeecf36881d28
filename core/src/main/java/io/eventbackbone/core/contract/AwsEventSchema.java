package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The schema of a whole event, in a format of EventBridge Schemas and in the form of the schemas
 * that EventBridge discovers: {@code AWSEvent} is the envelope, and code bindings are made of it.
 *
 * @param source that the producer publishes with
 * @param version name of the version that {@code data} is of
 * @param data the schema of {@code detail.data}, which was read without a problem
 */
public record AwsEventSchema(String source, String detailType, String version, ObjectNode data) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ENVELOPE = "AWSEvent";

  /** EventBridge User Guide, "Event structure reference". */
  private static final List<String> TEXTS =
      List.of("version", "id", "source", "account", "time", "region", "detail-type");

  /** The names that OpenAPI allows for schemas. */
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  private static final Pattern NOT_IN_A_CLASS = Pattern.compile("[^A-Za-z0-9]");

  /** The document as compact JSON. */
  public String in(SchemaType format) {
    return switch (format) {
      case OPEN_API_3 -> openApi().toString();
      case JSON_SCHEMA_DRAFT_4 -> draft4().toString();
    };
  }

  private ObjectNode openApi() {
    ObjectNode document = JSON.objectNode().put("openapi", "3.0.0");
    document.putObject("info").put("version", version).put("title", detailName());
    document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    String place = "#/components/schemas/";
    schemas.set(ENVELOPE, envelope(place));
    addDefinitions(schemas, SchemaType.OPEN_API_3, place);
    return document;
  }

  private ObjectNode draft4() {
    String place = "#/definitions/";
    ObjectNode document =
        JSON.objectNode()
            .put("$schema", "http://json-schema.org/draft-04/schema#")
            .put("title", detailName());
    document.setAll(envelope(place));
    addDefinitions(document.putObject("definitions"), SchemaType.JSON_SCHEMA_DRAFT_4, place);
    return document;
  }

  /** For instance {@code OrderCreated}; code bindings name a class so. */
  private String detailName() {
    String name = NOT_IN_A_CLASS.matcher(detailType).replaceAll("");
    return name.isEmpty() || name.equals(ENVELOPE) ? "Detail" : name;
  }

  private ObjectNode envelope(String place) {
    ObjectNode event = JSON.objectNode().put("type", "object");
    TEXTS.forEach(event.putArray("required")::add);
    event.withArray("required").add("resources").add("detail");
    event.put("x-amazon-events-detail-type", detailType).put("x-amazon-events-source", source);
    ObjectNode properties = event.putObject("properties");
    properties.putObject("detail").put("$ref", place + detailName());
    TEXTS.forEach(text -> properties.putObject(text).put("type", "string"));
    properties.withObject("/time").put("format", "date-time");
    properties.putObject("resources").put("type", "array").putObject("items").put("type", "string");
    return event;
  }

  private void addDefinitions(ObjectNode definitions, SchemaType format, String place) {
    String detail = detailName();
    String dataName = detail + "Data";
    Map<String, String> names = names(Set.of(ENVELOPE, detail, dataName));
    Map<String, String> references = new LinkedHashMap<>();
    names.forEach((written, name) -> references.put(written, place + name));
    SchemaTranslation translation = new SchemaTranslation(format, data.path("$defs"), references);
    ObjectNode content = definitions.putObject(detail).put("type", "object");
    content.putArray("required").add("data");
    ObjectNode properties = content.putObject("properties");
    properties.putObject("metadata").put("type", "object");
    properties.putObject("data").put("$ref", place + dataName);
    definitions.set(dataName, translation.of(data));
    names.forEach(
        (written, name) -> definitions.set(name, translation.of(data.path("$defs").path(written))));
  }

  /** The names of the definitions here, by their names in the schema. */
  private Map<String, String> names(Set<String> taken) {
    Set<String> all = new LinkedHashSet<>(taken);
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> definition : data.path("$defs").properties()) {
      String cleaned = NOT_IN_A_NAME.matcher(definition.getKey()).replaceAll("");
      String stem = cleaned.isEmpty() ? "Definition" : cleaned;
      String name =
          IntStream.iterate(1, number -> number + 1)
              .mapToObj(number -> number == 1 ? stem : stem + number)
              .filter(all::add)
              .findFirst()
              .orElseThrow();
      names.put(definition.getKey(), name);
    }
    return names;
  }
}

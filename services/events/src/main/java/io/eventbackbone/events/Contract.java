package io.eventbackbone.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The schemas of a detail type's data.
 *
 * @param versions oldest first; at least one
 */
record Contract(List<Schema> versions) {

  private static final int SHOWN = 5;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .pathType(PathType.JSON_PATH)
                      .formatAssertionsEnabled(true)
                      .build()));

  Contract {
    versions = List.copyOf(versions);
  }

  /** Of schemas as JSON, oldest first. */
  static Contract of(List<JsonNode> versions) {
    return new Contract(versions.stream().map(Contract::schema).toList());
  }

  /** Without its id, which versions may share: references are within a schema. */
  private static Schema schema(JsonNode written) {
    JsonNode schema = written.deepCopy();
    if (schema instanceof ObjectNode object) {
      object.remove("$id");
    }
    return REGISTRY.getSchema(schema);
  }

  /**
   * What breaks the contract: an event keeps it that a version accepts. Places and keywords are of
   * the latest version, and without values.
   */
  Optional<String> violation(OutgoingEvent event) {
    JsonNode data = EventJson.MAPPER.valueToTree(event.envelope().data());
    List<List<Error>> errors = versions.stream().map(it -> it.validate(data)).toList();
    return errors.stream().anyMatch(List::isEmpty)
        ? Optional.empty()
        : Optional.of("breaks its contract: " + described(errors.get(errors.size() - 1)));
  }

  private static String described(List<Error> errors) {
    String first =
        errors.stream().limit(SHOWN).map(Contract::described).collect(Collectors.joining("; "));
    return errors.size() <= SHOWN
        ? first
        : "%s; and %d more".formatted(first, errors.size() - SHOWN);
  }

  /** The validator's own message may have a value. */
  private static String described(Error error) {
    return "$.detail.data%s violates %s%s"
        .formatted(
            error.getInstanceLocation().toString().substring(1),
            error.getKeyword(),
            error.getProperty() == null ? "" : " of " + error.getProperty());
  }
}

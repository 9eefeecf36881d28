package io.eventbackbone.core.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** Schemas as tests write them, and a validator that is not ours. */
public final class Schemas {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  private static final SchemaRegistry VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  /** JSON with single quotes, and with names that need none. */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Schema read(String text) {
    return read((ObjectNode) json(text));
  }

  static Schema read(ObjectNode schema) {
    return switch (SchemaReading.of(schema)) {
      case SchemaReading.Read(Schema read) -> read;
      case SchemaReading.Refused refused -> throw new AssertionError(schema + " " + refused);
    };
  }

  /** Whether networknt's validator accepts the document, with formats as assertions. */
  public static boolean accepts(JsonNode schema, JsonNode document) {
    return VALIDATOR
        .getSchema(schema)
        .validate(
            document,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .isEmpty();
  }
}

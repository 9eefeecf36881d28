package io.eventbackbone.verification.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The schemas of an API server's kinds, as kubeconform reads them: one file for each kind. */
record ServerSchemas(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITIONS = "definitions.json";
  private static final String INT_OR_STRING = "int-or-string";

  /**
   * Writes the files.
   *
   * @param swagger what the server answers at {@code /openapi/v2}
   */
  static ServerSchemas write(String swagger, Path folder) throws IOException {
    JsonNode definitions = JSON.readTree(swagger).path("definitions");
    definitions.findParents("properties").forEach(ServerSchemas::allowNothingElse);
    definitions.findParents("format").forEach(ServerSchemas::spellOutIntOrString);
    ObjectNode all = JSON.createObjectNode();
    all.set("definitions", definitions);
    Files.writeString(folder.resolve(DEFINITIONS), all.toString());
    for (var definition : definitions.properties()) {
      for (JsonNode kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
        Files.writeString(
            folder.resolve(fileName(kind)),
            JSON.createObjectNode()
                .put("$ref", DEFINITIONS + "#/definitions/" + definition.getKey())
                .toString());
      }
    }
    return new ServerSchemas(folder);
  }

  /** For kubeconform's {@code -schema-location}. */
  String location() {
    return folder + "/{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json";
  }

  /** Of the core group kubeconform says its version. */
  private static String fileName(JsonNode kind) {
    String version = kind.path("version").asText();
    String group = kind.path("group").asText();
    return "%s_%s_%s.json"
        .formatted(
            group.isEmpty() ? version : group,
            version,
            kind.path("kind").asText().toLowerCase(Locale.ROOT));
  }

  private static void allowNothingElse(JsonNode schema) {
    if (schema.path("properties").isObject() && schema.path("type").asText().equals("object")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /** Swagger calls it a string. */
  private static void spellOutIntOrString(JsonNode schema) {
    if (schema.path("format").asText().equals(INT_OR_STRING)) {
      ((ObjectNode) schema).remove("format");
      ((ObjectNode) schema).putArray("type").add("string").add("integer");
    }
  }
}

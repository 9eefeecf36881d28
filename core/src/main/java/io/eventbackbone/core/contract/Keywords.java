package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which keywords of JSON Schema a schema of the subset may have together. */
final class Keywords {

  /** They describe, and accept or refuse nothing. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "examples",
          "default",
          "deprecated",
          "$comment",
          "readOnly",
          "writeOnly");

  private static final Set<String> OF_ROOT = Set.of("$schema", "$id", "$defs");

  private Keywords() {}

  /** The keywords that a schema of the type may have beside {@code type}. */
  static Set<String> of(String type) {
    return switch (type) {
      case JsonTypes.OBJECT -> Set.of("properties", "required", "additionalProperties");
      case JsonTypes.ARRAY -> Set.of("items");
      case JsonTypes.STRING -> Set.of("format");
      default -> Set.of();
    };
  }

  /** The keywords that can't stand with the main one. */
  static List<SchemaProblem> strange(
      ObjectNode schema, SchemaPlace place, String main, Set<String> beside) {
    return schema.properties().stream()
        .map(Map.Entry::getKey)
        .filter(keyword -> !keyword.equals(main) && !beside.contains(keyword))
        .filter(keyword -> !ANNOTATIONS.contains(keyword))
        .filter(keyword -> !(place.equals(SchemaPlace.ROOT) && OF_ROOT.contains(keyword)))
        .map(keyword ->
            new SchemaProblem(
                place.at(keyword).pointer(),
                schema.has(main)
                    ? "%s can't stand beside this %s: remove it; docs/contracts.md lists the keywords of the subset"
                        .formatted(keyword, main)
                    : "%s needs a type beside it, or is no keyword of the subset: docs/contracts.md lists them"
                        .formatted(keyword)))
        .toList();
  }
}

package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.contract.Schema.Additional;
import io.eventbackbone.core.contract.Schema.AnyOf;
import io.eventbackbone.core.contract.Schema.ArrayOf;
import io.eventbackbone.core.contract.Schema.Booleans;
import io.eventbackbone.core.contract.Schema.Closed;
import io.eventbackbone.core.contract.Schema.Discriminated;
import io.eventbackbone.core.contract.Schema.Form;
import io.eventbackbone.core.contract.Schema.NullValue;
import io.eventbackbone.core.contract.Schema.Numbers;
import io.eventbackbone.core.contract.Schema.ObjectOf;
import io.eventbackbone.core.contract.Schema.Open;
import io.eventbackbone.core.contract.Schema.Text;
import io.eventbackbone.core.contract.Schema.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a schema, and finds its mistakes. A keyword that the subset lacks is a mistake: JSON Schema
 * would heed it or ignore it, and a compatibility that is decided without it would be wrong.
 */
final class SchemaParser {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final ObjectNode root;
  private final Set<SchemaProblem> problems = new LinkedHashSet<>();
  private int subschemas;

  private SchemaParser(ObjectNode root) {
    this.root = root;
  }

  /** Reads a schema that is within {@link SchemaLimits}. */
  static SchemaReading read(ObjectNode root) {
    SchemaParser parser = new SchemaParser(root);
    Schema schema = parser.root();
    return parser.problems.isEmpty()
        ? new SchemaReading.Read(schema)
        : new SchemaReading.Refused(List.copyOf(parser.problems));
  }

  private Schema root() {
    JsonNode dialect = root.path("$schema");
    if (!dialect.isMissingNode() && !dialect.asText().equals(DIALECT)) {
      problem(SchemaPlace.ROOT.at("$schema"), "write %s, or leave it out".formatted(DIALECT));
    }
    JsonNode definitions = root.path("$defs");
    if (definitions.isObject()) {
      for (Map.Entry<String, JsonNode> it : definitions.properties()) {
        schema(it.getValue(), SchemaPlace.ROOT.definition(it.getKey()));
      }
    } else if (!definitions.isMissingNode()) {
      problem(SchemaPlace.ROOT.at("$defs"), "write an object of schemas by their names");
    }
    Schema schema = schema(root, SchemaPlace.ROOT);
    boolean isObject =
        schema instanceof AnyOf(List<Form> forms)
            && forms.size() == 1
            && (forms.get(0) instanceof ObjectOf || forms.get(0) instanceof Discriminated);
    if (!isObject && problems.isEmpty()) {
      problem(
          SchemaPlace.ROOT, "detail.data is an object: write type: object, or oneOf of objects");
    }
    return schema;
  }

  private Schema schema(JsonNode node, SchemaPlace place) {
    subschemas++;
    if (subschemas > SchemaLimits.SUBSCHEMAS || place.nesting() > SchemaLimits.NESTING) {
      return problem(
          SchemaPlace.ROOT,
          "with each $ref replaced, the schema has more than %,d schemas or %d levels: split the event type"
              .formatted(SchemaLimits.SUBSCHEMAS, SchemaLimits.NESTING));
    }
    if (node.isBoolean() && node.booleanValue()) {
      return Schema.ANYTHING;
    }
    if (!(node instanceof ObjectNode schema)) {
      return problem(place, "write a schema: an object, {} for any value");
    }
    if (schema.has("$ref")) {
      return only(schema, place, "$ref", Set.of()) ? reference(schema, place) : Schema.ANYTHING;
    }
    if (schema.has("oneOf")) {
      return only(schema, place, "oneOf", Set.of("discriminator", "type"))
          ? oneOf(schema, place)
          : Schema.ANYTHING;
    }
    for (String literal : List.of("enum", "const")) {
      if (schema.has(literal)) {
        return only(schema, place, literal, Set.of("type"))
            ? literals(schema, literal, place)
            : Schema.ANYTHING;
      }
    }
    if (schema.has("type")) {
      return ofTypes(schema, place);
    }
    only(schema, place, "type", Set.of());
    return Schema.ANYTHING;
  }

  /** Whether a schema has no other keywords than the main one, those beside it, and annotations. */
  private boolean only(ObjectNode schema, SchemaPlace place, String main, Set<String> beside) {
    List<SchemaProblem> strange = Keywords.strange(schema, place, main, beside);
    problems.addAll(strange);
    return strange.isEmpty();
  }

  private Schema reference(ObjectNode schema, SchemaPlace place) {
    String target = schema.path("$ref").asText();
    String prefix = "#/$defs/";
    String name =
        target.startsWith(prefix)
            ? target.substring(prefix.length()).replace("~1", "/").replace("~0", "~")
            : "";
    JsonNode definition = root.path("$defs").path(name);
    if (name.isEmpty() || definition.isMissingNode()) {
      return problem(
          place.at("$ref"),
          "%s is not a definition of this schema: refer to #/$defs/ and a name in $defs"
              .formatted(target));
    }
    if (place.open().contains(name)) {
      return problem(
          place.at("$ref"),
          "definition %s contains itself: an event has no endless levels, so write them out"
              .formatted(name));
    }
    return schema(definition, place.definition(name));
  }

  private Schema literals(ObjectNode schema, String keyword, SchemaPlace place) {
    Optional<Set<String>> types =
        schema.has("type") ? types(schema, place) : Optional.of(JsonTypes.KEYWORDS);
    return types
        .flatMap(them ->
            Literal.of(schema.get(keyword), keyword, them, place.at(keyword), this::problem))
        .<Schema>map(AnyOf::new)
        .orElse(Schema.ANYTHING);
  }

  private Schema ofTypes(ObjectNode schema, SchemaPlace place) {
    Optional<Set<String>> types = types(schema, place);
    if (types.isEmpty()) {
      return Schema.ANYTHING;
    }
    Set<String> beside =
        types.get().stream()
            .flatMap(type -> Keywords.of(type).stream())
            .collect(Collectors.toUnmodifiableSet());
    if (!only(schema, place, "type", beside)) {
      return Schema.ANYTHING;
    }
    List<Form> forms = new ArrayList<>();
    for (String type : types.get()) {
      if (!type.equals(JsonTypes.INTEGER) || !types.get().contains(JsonTypes.NUMBER)) {
        forms.add(ofType(type, schema, place));
      }
    }
    return new AnyOf(forms);
  }

  private Form ofType(String type, ObjectNode schema, SchemaPlace place) {
    return switch (type) {
      case JsonTypes.NULL -> new NullValue();
      case JsonTypes.BOOLEAN -> new Booleans();
      case JsonTypes.NUMBER -> new Numbers(Numbers.Range.ALL);
      case JsonTypes.INTEGER -> new Numbers(Numbers.Range.INTEGERS);
      case JsonTypes.STRING -> new Text(format(schema, place));
      case JsonTypes.ARRAY ->
          new ArrayOf(
              schema.has("items")
                  ? schema(schema.get("items"), place.at("items").deeper())
                  : Schema.ANYTHING);
      default -> object(schema, place);
    };
  }

  private Optional<Set<String>> types(ObjectNode schema, SchemaPlace place) {
    JsonNode type = schema.get("type");
    List<JsonNode> texts = type.isArray() ? type.valueStream().toList() : List.of(type);
    Set<String> types = new LinkedHashSet<>();
    texts.forEach(text -> types.add(text.asText()));
    if (types.isEmpty() || types.size() < texts.size() || !JsonTypes.KEYWORDS.containsAll(types)) {
      problem(
          place.at("type"),
          "write one of %s, or a list of some of them"
              .formatted(String.join(", ", JsonTypes.KEYWORDS)));
      return Optional.empty();
    }
    return Optional.of(types);
  }

  private Optional<TextFormat> format(ObjectNode schema, SchemaPlace place) {
    if (!schema.has("format")) {
      return Optional.empty();
    }
    Optional<TextFormat> format = TextFormat.of(schema.get("format").asText());
    if (format.isEmpty()) {
      problem(
          place.at("format"),
          "write one of %s, or leave format out"
              .formatted(
                  Arrays.stream(TextFormat.values())
                      .map(TextFormat::keyword)
                      .collect(Collectors.joining(", "))));
    }
    return format;
  }

  private Form object(ObjectNode schema, SchemaPlace place) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    JsonNode declared = schema.path("properties");
    if (schema.has("properties") && !declared.isObject()) {
      problem(place.at("properties"), "write an object of schemas by the names of the properties");
    }
    for (Map.Entry<String, JsonNode> property : declared.properties()) {
      properties.put(
          property.getKey(),
          schema(property.getValue(), place.at("properties").at(property.getKey()).deeper()));
    }
    return new ObjectOf(properties, required(schema, properties, place), additional(schema, place));
  }

  private Set<String> required(
      ObjectNode schema, Map<String, Schema> properties, SchemaPlace place) {
    JsonNode required = schema.path("required");
    if (schema.has("required") && !required.isArray()) {
      problem(place.at("required"), "write a list of names of properties");
    }
    Set<String> names = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode name : required) {
      if (!name.isTextual() || !properties.containsKey(name.textValue())) {
        problem(
            place.at("required").at(Integer.toString(index)),
            "%s is no property of this object: add it to properties".formatted(name));
      } else if (!names.add(name.textValue())) {
        problem(
            place.at("required").at(Integer.toString(index)),
            "%s is listed twice: remove one".formatted(name));
      }
      index++;
    }
    return names;
  }

  private Additional additional(ObjectNode schema, SchemaPlace place) {
    JsonNode additional = schema.path("additionalProperties");
    boolean isOpen =
        additional.isMissingNode()
            || (additional.isBoolean() && additional.booleanValue())
            || (additional.isObject() && additional.isEmpty());
    if (isOpen) {
      return new Open();
    }
    return additional.isBoolean()
        ? new Closed()
        : new Values(schema(additional, place.at("additionalProperties").deeper()));
  }

  private Schema oneOf(ObjectNode schema, SchemaPlace place) {
    JsonNode alternatives = schema.get("oneOf");
    JsonNode property = schema.path("discriminator").path("propertyName");
    if (!alternatives.isArray() || alternatives.isEmpty()) {
      return problem(place.at("oneOf"), "write a list of schemas of objects");
    }
    if (!property.isTextual()) {
      return problem(
          place,
          "oneOf needs a discriminator: write discriminator: {propertyName: …}, the property that tells the objects apart");
    }
    if (schema.has("type") && !schema.path("type").asText().equals(JsonTypes.OBJECT)) {
      return problem(place.at("type"), "beside oneOf, write type: object or leave type out");
    }
    Map<String, ObjectOf> byTag = new LinkedHashMap<>();
    for (int i = 0; i < alternatives.size(); i++) {
      SchemaPlace at = place.at("oneOf").at(Integer.toString(i)).deeper();
      Schema alternative = schema(alternatives.get(i), at);
      addTags(alternative, property.textValue(), at, byTag);
    }
    return byTag.isEmpty()
        ? Schema.ANYTHING
        : new AnyOf(new Discriminated(property.textValue(), byTag));
  }

  private void addTags(
      Schema alternative, String property, SchemaPlace place, Map<String, ObjectOf> byTag) {
    Optional<ObjectOf> object =
        alternative instanceof AnyOf(List<Form> forms)
                && forms.size() == 1
                && forms.get(0) instanceof ObjectOf it
            ? Optional.of(it)
            : Optional.empty();
    List<String> tags =
        object
            .filter(it -> it.required().contains(property))
            .map(it -> Literal.texts(it.properties().get(property)))
            .orElse(List.of());
    if (tags.isEmpty()) {
      problem(
          place,
          "each schema of oneOf is an object that requires %s, with a const or an enum of texts"
              .formatted(property));
    }
    for (String tag : tags) {
      if (byTag.put(tag, object.orElseThrow()) != null) {
        problem(place, "%s %s belongs to two schemas of oneOf".formatted(property, tag));
      }
    }
  }

  private Schema problem(SchemaPlace place, String message) {
    problems.add(new SchemaProblem(place.pointer(), message));
    return Schema.ANYTHING;
  }
}

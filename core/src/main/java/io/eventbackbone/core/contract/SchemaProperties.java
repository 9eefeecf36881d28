package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.core.contract.Schema.AnyOf;
import io.eventbackbone.core.contract.Schema.Anything;
import io.eventbackbone.core.contract.Schema.ArrayOf;
import io.eventbackbone.core.contract.Schema.Booleans;
import io.eventbackbone.core.contract.Schema.Discriminated;
import io.eventbackbone.core.contract.Schema.Form;
import io.eventbackbone.core.contract.Schema.Literals;
import io.eventbackbone.core.contract.Schema.NullValue;
import io.eventbackbone.core.contract.Schema.Numbers;
import io.eventbackbone.core.contract.Schema.ObjectOf;
import io.eventbackbone.core.contract.Schema.Text;
import io.eventbackbone.core.contract.Schema.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The properties of a schema by their paths, such as {@code customer.address.city}. An event
 * pattern looks into the items of an array as if each stood in its place, and so do these paths.
 */
public final class SchemaProperties {

  private static final Set<String> ALL_TYPES =
      Set.of(
          JsonTypes.OBJECT,
          JsonTypes.ARRAY,
          JsonTypes.STRING,
          JsonTypes.NUMBER,
          JsonTypes.BOOLEAN,
          JsonTypes.NULL);

  private SchemaProperties() {}

  /**
   * The JSON types that the property of a path may have in documents of the schema; {@code integer}
   * counts as {@code number}. Empty: documents don't have the property.
   */
  public static Set<String> types(Schema schema, List<String> path) {
    List<Schema> found = List.of(schema);
    for (String name : path) {
      found =
          found.stream()
              .flatMap(SchemaProperties::objects)
              .flatMap(it -> member(it, name))
              .toList();
    }
    Set<String> types = new TreeSet<>();
    found.forEach(it -> types.addAll(types(it)));
    return types;
  }

  /** The paths of all declared properties, without those that are too long to be read. */
  public static Set<String> paths(Schema schema) {
    Set<String> paths = new TreeSet<>();
    addPaths("", schema, paths);
    return paths;
  }

  private static void addPaths(String prefix, Schema schema, Set<String> paths) {
    objects(schema)
        .forEach(object ->
            object
                .properties()
                .forEach((name, property) -> {
                  if (prefix.length() + name.length() <= Spelling.LONGEST) {
                    paths.add(prefix + name);
                    addPaths(prefix + name + ".", property, paths);
                  }
                }));
  }

  private static final ObjectOf ANY_OBJECT =
      new ObjectOf(Map.of(), Set.of(), new Values(Schema.ANYTHING));

  /** The objects at a place, also those in its arrays. */
  private static Stream<ObjectOf> objects(Schema schema) {
    return switch (schema) {
      case Anything anything -> Stream.of(ANY_OBJECT);
      case AnyOf(List<Form> forms) -> forms.stream().flatMap(SchemaProperties::objects);
    };
  }

  private static Stream<ObjectOf> objects(Form form) {
    return switch (form) {
      case ObjectOf object -> Stream.of(object);
      case Discriminated several -> several.byTag().values().stream();
      case ArrayOf(Schema items) -> objects(items);
      case Literals it -> Stream.empty();
      case NullValue it -> Stream.empty();
      case Booleans it -> Stream.empty();
      case Numbers it -> Stream.empty();
      case Text it -> Stream.empty();
    };
  }

  /** An open object has declared properties only. */
  private static Stream<Schema> member(ObjectOf object, String name) {
    Schema declared = object.properties().get(name);
    if (declared != null) {
      return Stream.of(declared);
    }
    return object.additional() instanceof Values(Schema values)
        ? Stream.of(values)
        : Stream.empty();
  }

  private static Set<String> types(Schema schema) {
    return switch (schema) {
      case Anything anything -> ALL_TYPES;
      case AnyOf(List<Form> forms) -> {
        Set<String> types = new TreeSet<>();
        forms.forEach(form -> types.addAll(types(form)));
        yield types;
      }
    };
  }

  private static Set<String> types(Form form) {
    return switch (form) {
      case Literals(List<JsonNode> values) -> {
        Set<String> types = new TreeSet<>();
        values.forEach(value -> types.add(JsonTypes.of(value)));
        yield types;
      }
      case NullValue it -> Set.of(JsonTypes.NULL);
      case Booleans it -> Set.of(JsonTypes.BOOLEAN);
      case Numbers it -> Set.of(JsonTypes.NUMBER);
      case Text it -> Set.of(JsonTypes.STRING);
      case ArrayOf(Schema items) -> types(items);
      case ObjectOf it -> Set.of(JsonTypes.OBJECT);
      case Discriminated it -> Set.of(JsonTypes.OBJECT);
    };
  }
}

package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON values that a schema of the subset accepts. docs/contracts.md lists its keywords. */
public sealed interface Schema {

  Schema ANYTHING = new Anything();

  /** Accepts every value. */
  record Anything() implements Schema {}

  /**
   * Accepts a value that one of the forms accepts.
   *
   * @param forms at least one; no value fits two of them
   */
  record AnyOf(List<Form> forms) implements Schema {
    public AnyOf {
      forms = List.copyOf(forms);
    }

    AnyOf(Form... forms) {
      this(List.of(forms));
    }
  }

  /** Values of one JSON type, or listed values. */
  sealed interface Form {}

  /**
   * Listed values ({@code enum} and {@code const}).
   *
   * @param values texts, numbers, booleans and null, each once
   */
  record Literals(List<JsonNode> values) implements Form {
    public Literals {
      values = List.copyOf(values);
    }
  }

  /** The value null. */
  record NullValue() implements Form {}

  /** True and false. */
  record Booleans() implements Form {}

  /** Numbers of a range. JSON Schema counts 1.0 among the integers. */
  record Numbers(Range range) implements Form {

    /** Which numbers. */
    public enum Range {
      ALL,
      INTEGERS
    }
  }

  /** Texts, of a format if it is present. */
  record Text(Optional<TextFormat> format) implements Form {}

  /** Arrays of any length. */
  record ArrayOf(Schema items) implements Form {}

  /**
   * Objects.
   *
   * @param properties in the order of the schema
   * @param required names among the properties
   */
  record ObjectOf(Map<String, Schema> properties, Set<String> required, Additional additional)
      implements Form {
    public ObjectOf {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
      required = Set.copyOf(required);
    }

    /** The same object, with another schema of one of its properties. */
    ObjectOf with(String property, Schema schema) {
      Map<String, Schema> others = new LinkedHashMap<>(properties);
      others.put(property, schema);
      return new ObjectOf(others, required, additional);
    }

    /** What the object accepts as the value of a property. Empty: it refuses the property. */
    Optional<Schema> accepted(String property) {
      Schema declared = properties.get(property);
      return declared != null
          ? Optional.of(declared)
          : switch (additional) {
            case Open open -> Optional.of(ANYTHING);
            case Closed closed -> Optional.empty();
            case Values(Schema values) -> Optional.of(values);
          };
    }
  }

  /**
   * Objects of several kinds, told apart by a property ({@code oneOf} with {@code discriminator}).
   *
   * @param property required in each of the objects
   * @param byTag the objects by the value of the property, in the order of the schema
   */
  record Discriminated(String property, Map<String, ObjectOf> byTag) implements Form {
    public Discriminated {
      byTag = Collections.unmodifiableMap(new LinkedHashMap<>(byTag));
    }
  }

  /** What an object accepts besides its declared properties. */
  sealed interface Additional {}

  /** Accepts any other property. Documents that are written by this schema have none. */
  record Open() implements Additional {}

  /** Refuses other properties. */
  record Closed() implements Additional {}

  /** Other properties have values of the schema, and documents may have such properties. */
  record Values(Schema schema) implements Additional {}
}

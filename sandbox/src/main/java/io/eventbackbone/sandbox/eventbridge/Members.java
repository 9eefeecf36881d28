package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.AwsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The members of an input structure, read by their names in the API model and checked against its
 * constraints. What breaks one is refused with {@code ValidationException}, a value of another type
 * with {@code SerializationException}.
 */
final class Members {

  private final JsonNode structure;
  private final String prefix;

  private Members(JsonNode structure, String prefix) {
    this.structure = structure;
    this.prefix = prefix;
  }

  static Members of(JsonNode input) {
    return new Members(input, "");
  }

  boolean has(String name) {
    return structure.hasNonNull(name);
  }

  Optional<String> text(String name, StringShape shape) {
    return member(name)
        .map(value -> {
          if (!value.isTextual()) {
            throw wrongType(name, "a string");
          }
          return shape.check(at(name), value.textValue());
        });
  }

  String requiredText(String name, StringShape shape) {
    return text(name, shape).orElseThrow(() -> missing(name));
  }

  <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name, StringShape.STRING)
        .map(value ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> notIn(name, value, type)));
  }

  Optional<Integer> integer(String name, int min, int max) {
    return member(name)
        .map(value -> {
          if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType(name, "an integer");
          }
          int number = value.intValue();
          if (number < min) {
            throw violation(
                "'" + number + "'",
                at(name),
                "Member must have value greater than or equal to " + min);
          }
          if (number > max) {
            throw violation(
                "'" + number + "'",
                at(name),
                "Member must have value less than or equal to " + max);
          }
          return number;
        });
  }

  /** Absent is false, as for every boolean of this API. */
  boolean flag(String name) {
    return member(name)
        .map(value -> {
          if (!value.isBoolean()) {
            throw wrongType(name, "a boolean");
          }
          return value.booleanValue();
        })
        .orElse(false);
  }

  /** Timestamps of AWS JSON 1.1 are seconds since the epoch, with a fraction. */
  Optional<Instant> timestamp(String name) {
    return member(name)
        .map(value -> {
          if (!value.isNumber()) {
            throw wrongType(name, "seconds since the epoch");
          }
          return Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue());
        });
  }

  Instant requiredTimestamp(String name) {
    return timestamp(name).orElseThrow(() -> missing(name));
  }

  Optional<Members> structure(String name) {
    return member(name)
        .map(value -> {
          if (!value.isObject()) {
            throw wrongType(name, "a structure");
          }
          return new Members(value, at(name) + ".");
        });
  }

  Members requiredStructure(String name) {
    return structure(name).orElseThrow(() -> missing(name));
  }

  List<Members> structures(String name) {
    List<Members> structures = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isObject()) {
        throw wrongType(name, "a list of structures");
      }
      structures.add(new Members(element, element(name, structures.size()) + "."));
    }
    return structures;
  }

  List<Members> requiredStructures(String name, int max) {
    List<Members> structures = structures(name);
    checkSize(name, structures.size(), max);
    return structures;
  }

  List<String> texts(String name, StringShape shape) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isTextual()) {
        throw wrongType(name, "a list of strings");
      }
      texts.add(shape.check(element(name, texts.size()), element.textValue()));
    }
    return texts;
  }

  List<String> requiredTexts(String name, int max, StringShape shape) {
    List<String> texts = texts(name, shape);
    checkSize(name, texts.size(), max);
    return texts;
  }

  Map<String, String> textsByKey(String name, StringShape shape) {
    return structure(name)
        .map(map ->
            map.structure.properties().stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> map.requiredText(entry.getKey(), shape))))
        .orElse(Map.of());
  }

  static AwsException violation(String value, String member, String constraint) {
    return Refusal.validation(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(value, member, constraint));
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(structure.get(name)).filter(value -> !value.isNull());
  }

  private List<JsonNode> list(String name) {
    return member(name)
        .map(value -> {
          if (!value.isArray()) {
            throw wrongType(name, "a list");
          }
          return value.valueStream().toList();
        })
        .orElse(List.of());
  }

  private void checkSize(String name, int size, int max) {
    if (!has(name)) {
      throw missing(name);
    }
    if (size < 1 || size > max) {
      throw violation(
          "'[" + size + " elements]'",
          at(name),
          size < 1
              ? "Member must have length greater than or equal to 1"
              : "Member must have length less than or equal to " + max);
    }
  }

  private String element(String list, int index) {
    return at(list) + "." + (index + 1) + ".member";
  }

  private String at(String name) {
    return prefix + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private AwsException missing(String name) {
    return violation("null", at(name), "Member must not be null");
  }

  private <E extends Enum<E>> AwsException notIn(String name, String value, Class<E> type) {
    String allowed =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    return violation(
        "'" + value + "'", at(name), "Member must satisfy enum value set: [" + allowed + "]");
  }

  private AwsException wrongType(String name, String expected) {
    return AwsException.badRequest(
        "SerializationException", "Member '" + at(name) + "' must be " + expected + ".");
  }
}

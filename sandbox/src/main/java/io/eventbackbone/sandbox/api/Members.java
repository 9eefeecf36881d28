package io.eventbackbone.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members of an input structure, by their names in the API model. Every service reads its
 * requests with this class. A member that is {@code null} counts as absent. The errors of the
 * service decide how a broken constraint is refused.
 */
public final class Members {

  /** How strictly a protocol tells types apart. */
  public enum Typing {
    /** JSON: a number is a number, and a string is a string. */
    TYPED,
    /** Forms and paths: every value is a text. */
    TEXTUAL
  }

  private final JsonNode structure;
  private final String path;
  private final Typing typing;
  private final ServiceErrors errors;

  private Members(JsonNode structure, String path, Typing typing, ServiceErrors errors) {
    this.structure = structure;
    this.path = path;
    this.typing = typing;
    this.errors = errors;
  }

  static Members of(JsonNode input, Typing typing, ServiceErrors errors) {
    return new Members(input, "", typing, errors);
  }

  /** Those of the members that are there, as they were given. */
  public Map<String, JsonNode> asGiven(Set<String> names) {
    Map<String, JsonNode> given = new TreeMap<>();
    names.stream().filter(this::has).forEach(name -> given.put(name, structure.get(name)));
    return given;
  }

  public boolean has(String name) {
    return structure.hasNonNull(name);
  }

  /**
   * Refuses members that the sandbox does not implement: left out unnoticed, they would change the
   * answer.
   *
   * @param operation with the service's prefix, for instance {@code iam:CreateRole}
   */
  public Members requireOnly(String operation, Set<String> known) {
    for (Map.Entry<String, JsonNode> member : structure.properties()) {
      if (!known.contains(member.getKey())) {
        throw errors.unsupportedMember(operation, member.getKey());
      }
    }
    return this;
  }

  /** Refuses these members, unless they are absent or {@code false}. */
  public Members requireWithout(String operation, String... unsupported) {
    for (String member : unsupported) {
      boolean isFalse = structure.path(member).isBoolean() && !structure.path(member).asBoolean();
      if (has(member) && !isFalse) {
        throw errors.unsupportedMember(operation, member);
      }
    }
    return this;
  }

  public Optional<String> text(String name) {
    return member(name)
        .map(value -> {
          if (!isText(value)) {
            throw wrongType(name, "a string");
          }
          return value.asText();
        });
  }

  public Optional<String> text(String name, Shape shape) {
    return text(name).map(value -> shape.check(at(name), value, errors));
  }

  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A text that must be there; the empty text counts as absent. */
  public String requiredNonEmptyText(String name) {
    return text(name).filter(value -> !value.isEmpty()).orElseThrow(() -> missing(name));
  }

  public String requiredText(String name, Shape shape) {
    return text(name, shape).orElseThrow(() -> missing(name));
  }

  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name)
        .map(value ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> notIn(name, value, type)));
  }

  public Optional<Integer> integer(String name, int min, int max) {
    return longInteger(name)
        .map(number -> {
          if (number < min || number > max) {
            throw errors.outOfRange(at(name), Long.toString(number), min, max);
          }
          return number.intValue();
        });
  }

  public int requiredInteger(String name, int min, int max) {
    return integer(name, min, max).orElseThrow(() -> missing(name));
  }

  public Optional<Long> longInteger(String name) {
    return member(name)
        .map(value -> {
          boolean isNumber = value.isIntegralNumber() ? value.canConvertToLong() : isDigits(value);
          if (!isNumber) {
            throw wrongType(name, "an integer");
          }
          return value.asLong();
        });
  }

  private boolean isDigits(JsonNode value) {
    return typing == Typing.TEXTUAL && value.asText().matches("-?\\d{1,18}");
  }

  /** Absent is false, as for every boolean of these APIs. */
  public boolean flag(String name) {
    return optionalFlag(name).orElse(false);
  }

  public Optional<Boolean> optionalFlag(String name) {
    return member(name)
        .map(value -> {
          boolean isWord = typing == Typing.TEXTUAL && value.asText().matches("(?i)true|false");
          if (!value.isBoolean() && !isWord) {
            throw wrongType(name, "a boolean");
          }
          return Boolean.valueOf(value.asText());
        });
  }

  /** Seconds since the epoch, with a fraction; in a form also ISO 8601. */
  public Optional<Instant> timestamp(String name) {
    return member(name)
        .map(value -> {
          if (value.isNumber()) {
            return Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue());
          }
          return Json.instant(value.asText())
              .filter(time -> typing == Typing.TEXTUAL)
              .orElseThrow(() -> wrongType(name, "seconds since the epoch"));
        });
  }

  public Instant requiredTimestamp(String name) {
    return timestamp(name).orElseThrow(() -> missing(name));
  }

  public Optional<Members> structure(String name) {
    return member(name)
        .map(value -> {
          if (!value.isObject()) {
            throw wrongType(name, "a structure");
          }
          return new Members(value, at(name) + ".", typing, errors);
        });
  }

  public Members requiredStructure(String name) {
    return structure(name).orElseThrow(() -> missing(name));
  }

  /** The structures of a list; none when it is absent. */
  public List<Members> structures(String name) {
    List<Members> structures = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isObject()) {
        throw wrongType(name, "a list of structures");
      }
      structures.add(new Members(element, element(name, structures.size()) + ".", typing, errors));
    }
    return structures;
  }

  public List<Members> requiredStructures(String name, int max) {
    List<Members> structures = structures(name);
    checkSize(name, structures.size(), max);
    return structures;
  }

  /** The texts of a list; none when it is absent. */
  public List<String> texts(String name) {
    return texts(name, Shape.ANY);
  }

  public List<String> texts(String name, Shape shape) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!isText(element)) {
        throw wrongType(name, "a list of strings");
      }
      texts.add(shape.check(element(name, texts.size()), element.asText(), errors));
    }
    return texts;
  }

  public List<String> requiredTexts(String name, int max, Shape shape) {
    List<String> texts = texts(name, shape);
    checkSize(name, texts.size(), max);
    return texts;
  }

  /** A map of texts, in the order of its keys; empty when it is absent. */
  public Map<String, String> textsByKey(String name) {
    return textsByKey(name, Shape.ANY);
  }

  public Map<String, String> textsByKey(String name, Shape shape) {
    Map<String, String> texts = new TreeMap<>();
    structure(name)
        .ifPresent(map ->
            map.structure
                .fieldNames()
                .forEachRemaining(key -> texts.put(key, map.requiredText(key, shape))));
    return texts;
  }

  /** The structures of a map, in the order of its keys; empty when it is absent. */
  public Map<String, Members> structuresByKey(String name) {
    Map<String, Members> structures = new TreeMap<>();
    structure(name)
        .ifPresent(map ->
            map.structure
                .fieldNames()
                .forEachRemaining(key -> structures.put(key, map.requiredStructure(key))));
    return structures;
  }

  private boolean isText(JsonNode value) {
    return value.isTextual() || (typing == Typing.TEXTUAL && value.isValueNode());
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
      throw errors.invalid(
          at(name),
          "[" + size + " elements]",
          size < 1
              ? "have length greater than or equal to 1"
              : "have length less than or equal to " + max);
    }
  }

  private String element(String list, int index) {
    return at(list) + "." + (index + 1) + ".member";
  }

  private String at(String name) {
    return path + name;
  }

  private AwsException missing(String name) {
    return errors.missing(at(name));
  }

  private <E extends Enum<E>> AwsException notIn(String name, String value, Class<E> type) {
    String allowed =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    return errors.invalid(at(name), value, "satisfy enum value set: [" + allowed + "]");
  }

  private AwsException wrongType(String name, String expected) {
    return errors.wrongType(at(name), expected);
  }
}

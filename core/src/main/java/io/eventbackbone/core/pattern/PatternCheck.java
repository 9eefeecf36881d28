package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.pattern.PatternFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks an event pattern: with event-ruler, field by field, and for patterns that EventBridge
 * refuses although event-ruler accepts them.
 *
 * @param problems EventBridge would refuse the pattern, or match other events than it seems to
 * @param warnings likely mistakes that EventBridge accepts; each begins with its place
 */
record PatternCheck(List<PatternProblem> problems, List<String> warnings) {

  /** What services send; all other fields are texts, or lists of texts. */
  private static final String DETAIL = "detail";

  /** All fields of an event's top level ("Event structure" of the EventBridge User Guide). */
  private static final Set<String> EVENT_FIELDS =
      Set.of(
          "version",
          "id",
          "detail-type",
          "source",
          "account",
          "time",
          "region",
          "resources",
          DETAIL,
          "replay-name");

  /** The operators of the User Guide's "Comparison operators", each with an example. */
  private static final Map<String, String> OPERATORS =
      new TreeMap<>(
          Map.of(
              "prefix", "{\"prefix\":\"text\"}",
              "suffix", "{\"suffix\":\"text\"}",
              "equals-ignore-case", "{\"equals-ignore-case\":\"text\"}",
              "anything-but",
                  "{\"anything-but\":[\"text\",...]}, of texts alone or numbers alone, or"
                      + " {\"anything-but\":{\"prefix\":\"text\"}}, where prefix may be suffix,"
                      + " equals-ignore-case or wildcard",
              "numeric", "{\"numeric\":[\">\",0,\"<=\",5]}",
              "cidr", "{\"cidr\":\"10.0.0.0/24\"}",
              "exists", "{\"exists\":true} or {\"exists\":false}",
              "wildcard",
                  "{\"wildcard\":\"te*t\"}, never two stars side by side, and a star that is meant"
                      + " as \\*"));

  PatternCheck {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  static PatternCheck of(ObjectNode pattern) {
    PatternFields fields = PatternFields.of(pattern);
    List<PatternProblem> problems = new ArrayList<>(fields.problems());
    fields.all().stream().flatMap(PatternCheck::values).forEach(problems::add);
    if (problems.isEmpty()) {
      whole(pattern).ifPresent(problems::add);
    }
    return new PatternCheck(problems, warnings(fields));
  }

  private static Stream<PatternProblem> values(Field field) {
    List<PatternProblem> problems = new ArrayList<>();
    for (int i = 0; i < field.values().size(); i++) {
      String place = field.placeOf(i);
      value(field.values().get(i))
          .map(message -> new PatternProblem(place, message))
          .ifPresent(problems::add);
    }
    return problems.stream();
  }

  private static Optional<String> value(JsonNode value) {
    if (value.isTextual()) {
      return Optional.empty(); // event-ruler takes every text, and takes long to say so.
    }
    if (!value.isObject()) {
      return refusal(value)
          .map(reason ->
              "%s: write a text, number, true, false, null or operator".formatted(reason));
    }
    if (value.size() != 1) {
      return Optional.of(
          "an object in a list of values has one operator: give each an object of its own, as in"
              + " [{\"prefix\":\"a\"},{\"suffix\":\"b\"}]");
    }
    return operator(value.properties().iterator().next().getKey(), value);
  }

  private static Optional<String> operator(String name, JsonNode value) {
    if (name.equals("exactly")) {
      return Optional.of(
          "exactly is event-ruler's own, and EventBridge does not list it: write the text itself,"
              + " without an operator");
    }
    if (!OPERATORS.containsKey(name)) {
      return Optional.of(
          "EventBridge has no operator %s; it has %s"
              .formatted(name, String.join(", ", OPERATORS.keySet())));
    }
    return refusal(value)
        .or(() -> name.equals("anything-but") ? emptyList(value.get(name)) : Optional.empty())
        .map(reason -> "%s: write %s".formatted(reason, OPERATORS.get(name)));
  }

  /** event-ruler accepts it and fails when the rule is added; so does EventBridge. */
  private static Optional<String> emptyList(JsonNode operand) {
    return operand.valueStream().anyMatch(nested -> nested.isArray() && nested.isEmpty())
        ? Optional.of("nothing is listed that the value must not be")
        : Optional.empty();
  }

  private static Optional<String> refusal(JsonNode value) {
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    alone.putArray("field").add(value);
    return EventRuler.refusal(alone);
  }

  /** Checks a pattern whose fields are all valid. */
  private static Optional<PatternProblem> whole(ObjectNode pattern) {
    return PatternLimits.tooLarge(pattern, PatternQuota.HIGHEST)
        .map(PatternCheck::overLimit)
        .or(() -> EventRuler.refusal(pattern).map(reason -> new PatternProblem("", reason)))
        .or(() -> PatternLimits.tooComplex(pattern).map(PatternCheck::overLimit))
        .or(() -> EventRuler.droppedAlternative(pattern).map(PatternCheck::dropped));
  }

  static PatternProblem overLimit(PatternLimits.Exceeded exceeded) {
    return new PatternProblem(
        exceeded.place(),
        "the pattern has %s: %s".formatted(exceeded.figure(), exceeded.limit().remedy()));
  }

  private static PatternProblem dropped(Set<String> fields) {
    return new PatternProblem(
        "",
        "two alternatives of $or share a value in each of their fields (%s), and EventBridge may"
                .formatted(String.join(", ", fields))
            + " drop the second: write them so that in one field they share none");
  }

  private static List<String> warnings(PatternFields fields) {
    return fields.all().stream()
        .flatMap(field ->
            EVENT_FIELDS.contains(field.topLevelField())
                ? unquoted(field)
                : Stream.of(unknown(field)))
        .toList();
  }

  private static String unknown(Field field) {
    return "%s: no event has a field %s at its top level: what services send is in detail"
        .formatted(field.place(), field.topLevelField());
  }

  /** YAML reads an account number without quotes as a number. */
  private static Stream<String> unquoted(Field field) {
    return field.isWithin(DETAIL)
        ? Stream.empty()
        : IntStream.range(0, field.values().size())
            .boxed()
            .flatMap(i ->
                numbers(field.values().get(i))
                    .map(number ->
                        "%s: %s is a number, and every event has a text in %s: put quotes around it"
                            .formatted(field.placeOf(i), number, field.path())));
  }

  private static Stream<JsonNode> numbers(JsonNode value) {
    JsonNode compared = value.isObject() ? value.path("anything-but") : value;
    return (compared.isArray() ? compared.valueStream() : Stream.of(compared))
        .filter(JsonNode::isNumber);
  }
}

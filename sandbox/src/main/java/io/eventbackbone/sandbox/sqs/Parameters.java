package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The members of a request, or of one entry of a batch. */
record Parameters(JsonNode members) {

  Optional<String> text(String name) {
    JsonNode value = members.path(name);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  String requiredText(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> SqsErrors.missingParameter(name));
  }

  Optional<Integer> integer(String name, int min, int max) {
    return text(name).map(value -> integerWithin(name, value, min, max));
  }

  private static int integerWithin(String name, String value, int min, int max) {
    if (value.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (min <= number && number <= max) {
        return number;
      }
    }
    throw SqsErrors.invalidParameter(
        name, value, "Must be between %d and %d, if provided.".formatted(min, max));
  }

  /** Strings by name, in the order of their names; empty when the member is absent. */
  Map<String, String> texts(String name) {
    Map<String, String> texts = new TreeMap<>();
    members.path(name).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  List<String> list(String name) {
    List<String> values = new ArrayList<>();
    members.path(name).forEach(value -> values.add(value.asText()));
    return values;
  }

  List<Parameters> entries(String name) {
    List<Parameters> entries = new ArrayList<>();
    members.path(name).forEach(entry -> entries.add(new Parameters(entry)));
    return entries;
  }
}

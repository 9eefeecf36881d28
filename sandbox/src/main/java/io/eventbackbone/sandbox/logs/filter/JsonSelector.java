package io.eventbackbone.sandbox.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a message: {@code $.detail-type}, {@code $.resources[0]}, {@code $['a.b']}.
 *
 * @param steps names of members, and indexes of arrays
 */
record JsonSelector(List<String> steps) {

  /** The notation, for the parser of patterns. */
  static final String NOTATION = "\\$(?:\\.?\\[(?:\\d+|'[^']*'|\"[^\"]*\")]|\\.[\\w-]+)+";

  private static final Pattern STEP =
      Pattern.compile("\\[(\\d+)]|\\['([^']*)']|\\[\"([^\"]*)\"]|\\.([\\w-]+)");

  /** Reads a text that has the {@link #NOTATION}. */
  static JsonSelector of(String text) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      for (int group = 1; group <= step.groupCount(); group++) {
        Optional.ofNullable(step.group(group)).ifPresent(steps::add);
      }
    }
    return new JsonSelector(List.copyOf(steps));
  }

  /** The value at the place, if there is one; null is one. */
  Optional<JsonNode> in(JsonNode message) {
    JsonNode value = message;
    for (String step : steps) {
      value = value.isArray() ? item(value, step) : value.path(step);
    }
    return value.isMissingNode() ? Optional.empty() : Optional.of(value);
  }

  private static JsonNode item(JsonNode array, String step) {
    return array.path(step.matches("\\d{1,9}") ? Integer.parseInt(step) : -1);
  }
}

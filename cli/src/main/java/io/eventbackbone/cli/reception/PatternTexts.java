package io.eventbackbone.cli.reception;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What patterns want, as people say it. */
final class PatternTexts {

  private static final int LONGEST_VALUE = 120;

  private PatternTexts() {}

  /** {@code detail.data.country = "DE"}. */
  static String condition(List<String> path, JsonNode wanted) {
    return String.join(".", path) + " " + wanted(wanted);
  }

  /** {@code detail.data.country = "SE"; the filter wants ["DE"]}. */
  static String mismatch(List<String> path, JsonNode event, JsonNode wanted) {
    JsonNode value = event;
    for (String name : path) {
      value = value.path(name);
    }
    return "%s %s; the filter wants %s"
        .formatted(
            String.join(".", path),
            value.isMissingNode() ? "is missing" : "= " + shortened(value.toString()),
            wanted);
  }

  private static String wanted(JsonNode values) {
    if (values.size() > 1 && values.valueStream().allMatch(JsonNode::isValueNode)) {
      return "in " + values;
    }
    return values.valueStream().map(PatternTexts::operator).collect(Collectors.joining(", or "));
  }

  private static String operator(JsonNode wanted) {
    if (wanted.isValueNode()) {
      return "= " + wanted;
    }
    Map.Entry<String, JsonNode> operator = wanted.properties().iterator().next();
    JsonNode operand = operator.getValue();
    boolean isPlain = operand.isValueNode();
    return switch (operator.getKey()) {
      case "prefix" -> isPlain ? "begins with " + operand : "matches " + wanted;
      case "suffix" -> isPlain ? "ends with " + operand : "matches " + wanted;
      case "equals-ignore-case" -> "= " + operand + " in any case";
      case "anything-but" ->
          isPlain || operand.isArray() ? "is not " + not(operand) : "matches " + wanted;
      case "exists" -> operand.asBoolean() ? "is there" : "is not there";
      case "numeric" -> numeric(operand);
      default -> "matches " + wanted;
    };
  }

  private static String not(JsonNode operand) {
    return operand.size() == 1 ? operand.get(0).toString() : operand.toString();
  }

  /** {@code [">", 0, "<=", 5]}. */
  private static String numeric(JsonNode comparisons) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 1 < comparisons.size(); i += 2) {
      text.append(i == 0 ? "" : " and ")
          .append(comparisons.get(i).asText())
          .append(' ')
          .append(comparisons.get(i + 1));
    }
    return text.toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}

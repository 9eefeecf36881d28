package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Condition elements (IAM User Guide, "IAM JSON policy elements: Condition operators"). Keys are
 * compared without case, as AWS does.
 */
final class Conditions {

  private static final String IF_EXISTS = "IfExists";

  /** Operators that compare one value of the policy with the value of the request. */
  private static final Map<String, BiPredicate<String, String>> POSITIVE =
      Map.of(
          "StringEquals", String::equals,
          "StringEqualsIgnoreCase", String::equalsIgnoreCase,
          "StringLike", Globs::matches,
          "ArnEquals", Globs::arnMatches,
          "ArnLike", Globs::arnMatches,
          "Bool", String::equalsIgnoreCase);

  private static final Map<String, String> NEGATIVE =
      Map.of(
          "StringNotEquals", "StringEquals",
          "StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase",
          "StringNotLike", "StringLike",
          "ArnNotEquals", "ArnEquals",
          "ArnNotLike", "ArnLike");

  private Conditions() {}

  /**
   * Refuses what could not be evaluated.
   *
   * @throws MalformedPolicyException naming the operator
   */
  static void check(JsonNode condition) {
    for (Map.Entry<String, JsonNode> operator : condition.properties()) {
      String name = base(operator.getKey());
      if (!name.equals("Null") && !POSITIVE.containsKey(name) && !NEGATIVE.containsKey(name)) {
        throw new MalformedPolicyException(
            "the sandbox does not evaluate condition operator " + operator.getKey());
      }
    }
  }

  static boolean hold(JsonNode condition, Map<String, String> context) {
    TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.putAll(context);
    return condition.properties().stream()
        .allMatch(
            operator ->
                operator.getValue().properties().stream()
                    .allMatch(
                        key ->
                            holds(
                                operator.getKey(),
                                PolicyDocument.texts(key.getValue()),
                                Optional.ofNullable(values.get(key.getKey())))));
  }

  private static boolean holds(String operator, List<String> wanted, Optional<String> value) {
    String name = base(operator);
    if (name.equals("Null")) {
      return wanted.contains(String.valueOf(value.isEmpty()));
    }
    if (value.isEmpty()) {
      return operator.endsWith(IF_EXISTS) || NEGATIVE.containsKey(name);
    }
    boolean isNegative = NEGATIVE.containsKey(name);
    BiPredicate<String, String> matcher = POSITIVE.get(isNegative ? NEGATIVE.get(name) : name);
    return isNegative
        ? wanted.stream().noneMatch(text -> matcher.test(text, value.get()))
        : wanted.stream().anyMatch(text -> matcher.test(text, value.get()));
  }

  private static String base(String operator) {
    return operator.endsWith(IF_EXISTS)
        ? operator.substring(0, operator.length() - IF_EXISTS.length())
        : operator;
  }
}

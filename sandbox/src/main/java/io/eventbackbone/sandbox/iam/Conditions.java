package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

  /** Operators of sets, for keys of several values. */
  private static final String FOR_ALL = "ForAllValues:";

  private static final String FOR_ANY = "ForAnyValue:";

  private Conditions() {}

  /**
   * Refuses operators that the sandbox can't evaluate.
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

  static boolean hold(JsonNode condition, RequestContext context) {
    return condition.properties().stream()
        .allMatch(operator ->
            operator.getValue().properties().stream()
                .allMatch(key ->
                    holds(
                        operator.getKey(),
                        PolicyDocument.texts(key.getValue()),
                        context.valuesOf(key.getKey()))));
  }

  /**
   * Without a set operator a key of several values is taken as ForAnyValue does, and a negated one
   * as ForAllValues, which is what both are for one value.
   */
  private static boolean holds(String operator, List<String> wanted, List<String> values) {
    String name = base(operator);
    if (name.equals("Null")) {
      return wanted.contains(String.valueOf(values.isEmpty()));
    }
    boolean isNegative = NEGATIVE.containsKey(name);
    if (values.isEmpty()) {
      boolean isTrueOfNothing = isNegative && !operator.startsWith(FOR_ANY);
      return isTrueOfNothing || operator.startsWith(FOR_ALL) || operator.endsWith(IF_EXISTS);
    }
    BiPredicate<String, String> matcher = POSITIVE.get(isNegative ? NEGATIVE.get(name) : name);
    Predicate<String> isMet =
        value -> isNegative != wanted.stream().anyMatch(text -> matcher.test(text, value));
    boolean needsAll =
        operator.startsWith(FOR_ALL) || (isNegative && !operator.startsWith(FOR_ANY));
    return needsAll ? values.stream().allMatch(isMet) : values.stream().anyMatch(isMet);
  }

  private static String base(String operator) {
    String name =
        Stream.of(FOR_ALL, FOR_ANY)
            .filter(operator::startsWith)
            .findFirst()
            .map(prefix -> operator.substring(prefix.length()))
            .orElse(operator);
    return name.endsWith(IF_EXISTS) ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
  }
}

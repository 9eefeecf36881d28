package io.eventbackbone.sandbox.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.logs.filter.JsonCondition.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the condition of a JSON pattern: {@code { ($.a = "b" || $.c > 1) && $.d NOT EXISTS }}. */
final class JsonPatternParser {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*("
              + JsonSelector.NOTATION
              + "|\"(?:[^\"\\\\]|\\\\.)*\"|&&|\\|\\||[{}()]|!=|<=|>=|[=<>]|[^\\s{}()=<>!&|\"]+)\\s*");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private final String text;
  private final Matcher tokens;
  private String token = "";
  private int end;

  JsonPatternParser(String text) {
    this.text = text;
    this.tokens = TOKEN.matcher(text);
  }

  JsonCondition parse() {
    next();
    expect("{");
    JsonCondition condition = either();
    expect("}");
    if (!token.isEmpty()) {
      throw unexpected();
    }
    return condition;
  }

  private JsonCondition either() {
    return joined("||", this::both, JsonCondition.Or::new);
  }

  private JsonCondition both() {
    return joined("&&", this::single, JsonCondition.And::new);
  }

  private JsonCondition joined(
      String operator,
      Supplier<JsonCondition> operand,
      Function<List<JsonCondition>, JsonCondition> join) {
    List<JsonCondition> operands = new ArrayList<>(List.of(operand.get()));
    while (token.equals(operator)) {
      next();
      operands.add(operand.get());
    }
    return operands.size() == 1 ? operands.get(0) : join.apply(List.copyOf(operands));
  }

  private JsonCondition single() {
    if (token.equals("(")) {
      next();
      JsonCondition condition = either();
      expect(")");
      return condition;
    }
    if (!token.startsWith("$")) {
      throw unexpected();
    }
    JsonSelector selector = JsonSelector.of(take());
    return switch (token.toUpperCase(Locale.ROOT)) {
      case "IS" -> is(selector);
      case "NOT" -> notExists(selector);
      default -> comparison(selector);
    };
  }

  private JsonCondition is(JsonSelector selector) {
    next();
    JsonNode constant =
        switch (token.toUpperCase(Locale.ROOT)) {
          case "TRUE" -> BooleanNode.TRUE;
          case "FALSE" -> BooleanNode.FALSE;
          case "NULL" -> NullNode.instance;
          default -> throw unexpected();
        };
    next();
    return new JsonCondition.Is(selector, constant);
  }

  private JsonCondition notExists(JsonSelector selector) {
    next();
    if (!token.equalsIgnoreCase("EXISTS")) {
      throw unexpected();
    }
    next();
    return new JsonCondition.NotExists(selector);
  }

  private JsonCondition comparison(JsonSelector selector) {
    Relation relation =
        Arrays.stream(Relation.values())
            .filter(known -> known.sign().equals(token))
            .findFirst()
            .orElseThrow(this::unexpected);
    next();
    if (token.isEmpty() || token.matches("[{}()$].*")) {
      throw unexpected();
    }
    String value = take();
    if (value.startsWith("%")) {
      throw FilterPattern.noRegularExpressions();
    }
    if (NUMBER.matcher(value).matches()) {
      return new JsonCondition.NumberComparison(selector, relation, new BigDecimal(value));
    }
    if (relation != Relation.EQUAL && relation != Relation.NOT_EQUAL) {
      throw FilterPattern.invalid(text, relation.sign() + " takes a number");
    }
    return JsonCondition.TextComparison.of(selector, relation, unquoted(value));
  }

  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }

  private String take() {
    String taken = token;
    next();
    return taken;
  }

  private void expect(String expected) {
    if (!token.equals(expected)) {
      throw unexpected();
    }
    next();
  }

  /** Goes on to the next token; the empty one is the end. */
  private void next() {
    if (end == text.length()) {
      token = "";
      return;
    }
    if (!tokens.find(end) || tokens.start() != end) {
      throw FilterPattern.invalid(text, "unexpected '" + text.substring(end) + "'");
    }
    token = tokens.group(1);
    end = tokens.end();
  }

  private AwsException unexpected() {
    return FilterPattern.invalid(
        text, token.isEmpty() ? "it ends too early" : "unexpected '" + token + "'");
  }
}

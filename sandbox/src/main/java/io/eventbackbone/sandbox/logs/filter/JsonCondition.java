package io.eventbackbone.sandbox.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** A condition on a JSON message. A comparison with a member that is absent never holds. */
sealed interface JsonCondition {

  boolean holds(JsonNode message);

  /** {@code a && b}. */
  record And(List<JsonCondition> all) implements JsonCondition {
    @Override
    public boolean holds(JsonNode message) {
      return all.stream().allMatch(condition -> condition.holds(message));
    }
  }

  /** {@code a || b}. */
  record Or(List<JsonCondition> any) implements JsonCondition {
    @Override
    public boolean holds(JsonNode message) {
      return any.stream().anyMatch(condition -> condition.holds(message));
    }
  }

  /** {@code $.a = text}, in which an asterisk stands for any characters, and its negation. */
  record TextComparison(JsonSelector selector, Relation relation, Pattern text)
      implements JsonCondition {

    static TextComparison of(JsonSelector selector, Relation relation, String wildcards) {
      String pattern = Pattern.quote(wildcards).replace("*", "\\E.*\\Q");
      return new TextComparison(selector, relation, Pattern.compile(pattern, Pattern.DOTALL));
    }

    @Override
    public boolean holds(JsonNode message) {
      return selector
          .in(message)
          .filter(JsonNode::isValueNode)
          .filter(value -> relation == Relation.EQUAL == text.matcher(value.asText()).matches())
          .isPresent();
    }
  }

  /** {@code $.a > 1}. */
  record NumberComparison(JsonSelector selector, Relation relation, BigDecimal number)
      implements JsonCondition {
    @Override
    public boolean holds(JsonNode message) {
      return selector
          .in(message)
          .filter(JsonNode::isNumber)
          .filter(value -> relation.accepts(value.decimalValue().compareTo(number)))
          .isPresent();
    }
  }

  /** {@code $.a IS TRUE}, {@code IS FALSE}, {@code IS NULL}. */
  record Is(JsonSelector selector, JsonNode constant) implements JsonCondition {
    @Override
    public boolean holds(JsonNode message) {
      return selector.in(message).filter(constant::equals).isPresent();
    }
  }

  /** {@code $.a NOT EXISTS}. */
  record NotExists(JsonSelector selector) implements JsonCondition {
    @Override
    public boolean holds(JsonNode message) {
      return selector.in(message).isEmpty();
    }
  }

  /** How two values stand to one another. */
  enum Relation {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    private boolean accepts(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }
}

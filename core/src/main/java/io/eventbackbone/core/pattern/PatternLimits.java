package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Limits of EventBridge on patterns that event-ruler does not check. */
public final class PatternLimits {

  /**
   * Combinations of $or alternatives (EventBridge User Guide, "Content filtering"), counted as
   * rules without $or.
   */
  private static final int MAX_COMBINATIONS = 1000;

  /** The score of event-ruler. EventBridge accepted 10 and refused 20. */
  private static final int MAX_WILDCARD_COMPLEXITY = 10;

  /**
   * Nested objects and lists. The limit is the operator's own, because its checks are recursive.
   * AWS documents none, and the longest pattern that PutRule accepts has room for seven hundred
   * levels.
   */
  private static final int MAX_LEVELS = 100;

  /** The limited figure, and the remedy. */
  public enum Limit {
    LEVELS("name a nested field by its path, a.b for b in a"),
    LENGTH("name fewer values"),
    COMBINATIONS("use fewer alternatives"),
    WILDCARD_COMPLEXITY("use fewer wildcards, or prefix and suffix in their place");

    private final String remedy;

    Limit(String remedy) {
      this.remedy = remedy;
    }

    public String remedy() {
      return remedy;
    }
  }

  /**
   * A limit that a pattern exceeds.
   *
   * @param place the field that exceeds it; empty: the pattern as a whole
   * @param figure for people: the pattern's figure and the limit
   */
  public record Exceeded(Limit limit, String place, String figure) {}

  private PatternLimits() {}

  /**
   * Whether a pattern is too deep or too long for any account. Don't read it any further then.
   *
   * @param pattern any JSON object
   */
  static Optional<Exceeded> unwalkable(ObjectNode pattern) {
    return tooDeep(pattern).or(() -> tooLong(pattern, PatternQuota.HIGHEST));
  }

  private static Optional<Exceeded> tooDeep(ObjectNode pattern) {
    int levels = levels(pattern);
    return levels <= MAX_LEVELS
        ? Optional.empty()
        : whole(
            Limit.LEVELS,
            String.format(
                Locale.ROOT,
                "%,d levels of objects and lists, and the operator takes %,d",
                levels,
                MAX_LEVELS));
  }

  /** Reads level by level: a recursive method would overflow the stack. */
  private static int levels(JsonNode pattern) {
    int levels = 0;
    List<JsonNode> level = List.of(pattern);
    while (!level.isEmpty()) {
      levels++;
      level =
          level.stream().flatMap(JsonNode::valueStream).filter(JsonNode::isContainerNode).toList();
    }
    return levels;
  }

  /**
   * The first limit that a pattern exceeds. Cheap checks come first: a pattern that exceeds one
   * limit may be too expensive for the next check.
   *
   * @param pattern accepted by event-ruler
   */
  static Optional<Exceeded> exceeded(ObjectNode pattern, PatternQuota quota) {
    return tooLarge(pattern, quota).or(() -> tooComplex(pattern));
  }

  /** Whether the pattern exceeds a limit that needs no answer of event-ruler. */
  public static Optional<Exceeded> tooLarge(ObjectNode pattern, PatternQuota quota) {
    return tooLong(pattern, quota).or(() -> tooManyCombinations(pattern));
  }

  /** Checks the length alone. */
  static Optional<Exceeded> tooLong(ObjectNode pattern, PatternQuota quota) {
    int length = pattern.toString().length(); // The order of fields does not change it.
    return length <= quota.characters()
        ? Optional.empty()
        : whole(
            Limit.LENGTH,
            String.format(
                Locale.ROOT,
                "%,d characters, and EventBridge takes %,d",
                length,
                quota.characters()));
  }

  private static Optional<Exceeded> tooManyCombinations(ObjectNode pattern) {
    BigInteger combinations = combinations(pattern);
    return combinations.compareTo(BigInteger.valueOf(MAX_COMBINATIONS)) <= 0
        ? Optional.empty()
        : whole(
            Limit.COMBINATIONS,
            String.format(
                Locale.ROOT,
                "%,d combinations of $or alternatives, and EventBridge takes %,d",
                combinations,
                MAX_COMBINATIONS));
  }

  /** The fields of an object multiply, the alternatives of a $or add up. */
  private static BigInteger combinations(JsonNode object) {
    BigInteger product = BigInteger.ONE;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      BigInteger factor =
          member.getKey().equals(EventPattern.OR)
              ? member
                  .getValue()
                  .valueStream()
                  .map(PatternLimits::combinations)
                  .reduce(BigInteger.ZERO, BigInteger::add)
              : combinations(member.getValue());
      product = product.multiply(factor);
    }
    return product;
  }

  /**
   * Checks the complexity of the wildcards.
   *
   * @param pattern accepted by event-ruler
   */
  public static Optional<Exceeded> tooComplex(ObjectNode pattern) {
    List<PatternFields.Field> wildcards =
        PatternFields.of(pattern).all().stream().filter(PatternFields.Field::hasWildcard).toList();
    if (wildcards.isEmpty() || !isTooComplex(pattern)) {
      return Optional.empty();
    }
    String place =
        wildcards.stream()
            .filter(field -> isTooComplex(alone(field.values())))
            .map(PatternFields.Field::place)
            .findFirst()
            .orElse("");
    return Optional.of(
        new Exceeded(
            Limit.WILDCARD_COMPLEXITY,
            place,
            "wildcards of a complexity above %d, the most that EventBridge takes"
                .formatted(MAX_WILDCARD_COMPLEXITY)));
  }

  private static boolean isTooComplex(ObjectNode pattern) {
    return EventRuler.complexity(pattern, MAX_WILDCARD_COMPLEXITY + 1) > MAX_WILDCARD_COMPLEXITY;
  }

  private static ObjectNode alone(JsonNode values) {
    ObjectNode pattern = JsonNodeFactory.instance.objectNode();
    pattern.set("field", values);
    return pattern;
  }

  private static Optional<Exceeded> whole(Limit limit, String figure) {
    return Optional.of(new Exceeded(limit, "", figure));
  }
}

package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/**
 * An event pattern that EventBridge accepts, ready to match. Matching is Amazon's own event-ruler;
 * the limits of the service come on top.
 */
public final class EventPattern {

  /** Event patterns, "Or" matching: more is refused. */
  private static final long MOST_COMBINATIONS = 1_000;

  /** As event-ruler counts it. The service was seen to take 10 and to refuse 20. */
  private static final int MOST_COMPLEX = 10;

  private final String text;
  private final Machine machine;

  private EventPattern(String text, Machine machine) {
    this.text = text;
    this.machine = machine;
  }

  /**
   * Compiles a pattern within the limits of the service.
   *
   * @param longest quota of the account, in characters
   * @throws AwsException {@code InvalidEventPatternException} with the place and the reason
   */
  public static EventPattern of(String text, int longest) {
    if (text.length() > longest) {
      throw EventBridgeErrors.invalidPattern(
          "Pattern has %d characters, the quota is %,d".formatted(text.length(), longest));
    }
    if (Json.parse(text).map(EventPattern::combinations).orElse(1L) > MOST_COMBINATIONS) {
      throw EventBridgeErrors.invalidPattern(
          "$or has more than %,d combinations".formatted(MOST_COMBINATIONS));
    }
    EventPattern pattern = compile(text);
    if (pattern.complexity() > MOST_COMPLEX) {
      throw EventBridgeErrors.invalidPattern(
          "Rule is too complex - try using fewer wildcard characters or fewer repeating character"
              + " sequences after a wildcard character");
    }
    return pattern;
  }

  /** A pattern that the service makes itself; the customer's quota does not count for it. */
  public static EventPattern compile(String text) {
    String reason = JsonRuleCompiler.check(text);
    if (reason != null) {
      throw EventBridgeErrors.invalidPattern(reason);
    }
    try {
      Machine machine = Machine.builder().build();
      machine.addRule(text, text);
      return new EventPattern(text, machine);
    } catch (IOException e) {
      throw new IllegalStateException("event-ruler refuses a pattern that it checked: " + text, e);
    } catch (NullPointerException e) {
      // {"anything-but":{"prefix":[]}} passes the check, then fails; AWS fails with it, answering
      // 500.
      throw EventBridgeErrors.internalFailure();
    }
  }

  public String text() {
    return text;
  }

  public boolean matches(String event) {
    try {
      return !machine.rulesForJSONEvent(event).isEmpty();
    } catch (Exception e) {
      throw new IllegalArgumentException("event-ruler cannot read the event", e);
    }
  }

  /** Whether the pattern uses {@code wildcard}. A bus may have 30 rules with such patterns. */
  public boolean hasWildcard() {
    return Json.parse(text).filter(EventPattern::hasWildcard).isPresent();
  }

  private static boolean hasWildcard(JsonNode pattern) {
    return pattern.properties().stream()
        .anyMatch(field ->
            (field.getKey().equals("$or") || field.getValue().isObject())
                ? anyElement(field.getValue(), EventPattern::hasWildcard)
                : anyElement(field.getValue(), EventPattern::isWildcard));
  }

  private static boolean isWildcard(JsonNode operator) {
    return operator.has("wildcard") || operator.path("anything-but").has("wildcard");
  }

  private static boolean anyElement(JsonNode node, Predicate<JsonNode> predicate) {
    return node.isObject()
        ? predicate.test(node)
        : StreamSupport.stream(node.spliterator(), false).anyMatch(predicate);
  }

  private int complexity() {
    return machine.evaluateComplexity(new MachineComplexityEvaluator(MOST_COMPLEX + 1));
  }

  /** Counts before event-ruler compiles the pattern: event-ruler expands every combination. */
  private static long combinations(JsonNode pattern) {
    long product = 1;
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode value = field.getValue();
      long factor = 1;
      if (value.isObject()) {
        factor = combinations(value);
      } else if (field.getKey().equals("$or") && value.isArray()) {
        factor = 0;
        for (JsonNode alternative : value) {
          factor += combinations(alternative);
        }
      }
      product = Math.min(product * Math.max(factor, 1), MOST_COMBINATIONS + 1);
    }
    return product;
  }
}

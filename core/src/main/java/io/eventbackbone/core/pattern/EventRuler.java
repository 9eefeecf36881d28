package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;
import software.amazon.event.ruler.Patterns;

/** Asks event-ruler, the library with which EventBridge matches events, about a pattern. */
public final class EventRuler {

  private EventRuler() {}

  /** Why event-ruler refuses the pattern. Empty: it accepts the pattern. */
  public static Optional<String> refusal(JsonNode pattern) {
    // Of several lines the first is the reason, the others tell a position in the text.
    return Optional.ofNullable(JsonRuleCompiler.check(pattern.toString()))
        .map(message -> message.lines().findFirst().orElse(message));
  }

  /** Whether {@code $or} reserves the name of a field for an operator. */
  public static boolean isReservedInOr(String name) {
    ObjectNode probe = JsonNodeFactory.instance.objectNode();
    probe.putArray(EventPattern.OR).addObject().putArray(name).add("");
    probe.withArray(EventPattern.OR).addObject().putArray("-").add("");
    return refusal(probe).isPresent();
  }

  /**
   * The fields of an alternative that event-ruler would drop. event-ruler turns each combination of
   * alternatives into a rule without {@code $or}. It drops a rule if an earlier one has the same
   * fields and shares a value in each of them, although the two differ (aws/event-ruler pull
   * request 140; still in 2.1.0). Events that only the later rule matches are lost.
   *
   * @param pattern accepted by event-ruler, with no more combinations than EventBridge allows
   */
  public static Optional<Set<String>> droppedAlternative(JsonNode pattern) {
    if (pattern.findValue(EventPattern.OR) == null) {
      return Optional.empty(); // One rule alone.
    }
    List<Map<String, List<Patterns>>> rules = compile(pattern);
    for (int later = 1; later < rules.size(); later++) {
      for (Map<String, List<Patterns>> earlier : rules.subList(0, later)) {
        if (isMistakenFor(earlier, rules.get(later))) {
          return Optional.of(new TreeSet<>(earlier.keySet()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isMistakenFor(
      Map<String, List<Patterns>> earlier, Map<String, List<Patterns>> later) {
    return earlier.keySet().equals(later.keySet())
        && later.entrySet().stream()
            .noneMatch(field -> Collections.disjoint(field.getValue(), earlier.get(field.getKey())))
        && !later.entrySet().stream()
            .allMatch(field -> earlier.get(field.getKey()).containsAll(field.getValue()));
  }

  private static List<Map<String, List<Patterns>>> compile(JsonNode pattern) {
    try {
      return JsonRuleCompiler.compile(pattern.toString());
    } catch (IOException e) {
      throw refusedAfterAll(pattern, e);
    }
  }

  private static UncheckedIOException refusedAfterAll(JsonNode pattern, IOException e) {
    return new UncheckedIOException("checked before, yet refused: " + pattern, e);
  }

  /**
   * Whether an event matches.
   *
   * @param pattern accepted by event-ruler
   */
  public static boolean matches(JsonNode pattern, JsonNode event) {
    return !machine(pattern).rulesForJSONEvent(event).isEmpty();
  }

  /**
   * Whether a field with a text matches. This method compares texts itself, because event-ruler
   * takes long to build a machine.
   *
   * @param values of the field in a pattern that event-ruler accepts
   */
  public static boolean matchesText(JsonNode values, JsonNode text) {
    return values.valueStream().allMatch(JsonNode::isTextual)
        ? values.valueStream().anyMatch(text::equals)
        : matches(field(values), field(text));
  }

  private static ObjectNode field(JsonNode value) {
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    alone.set("field", value);
    return alone;
  }

  /**
   * The greatest number of wildcard prefixes that one input matches at once, counted up to a cap:
   * more make the evaluation too slow.
   *
   * @param pattern accepted by event-ruler
   */
  static int complexity(JsonNode pattern, int cap) {
    return machine(pattern).evaluateComplexity(new MachineComplexityEvaluator(cap));
  }

  private static Machine machine(JsonNode pattern) {
    Machine machine = Machine.builder().build();
    try {
      machine.addRule("pattern", pattern.toString());
    } catch (IOException e) {
      throw refusedAfterAll(pattern, e);
    }
    return machine;
  }
}

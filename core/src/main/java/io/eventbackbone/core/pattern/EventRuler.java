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

/** What Amazon's event-ruler, which EventBridge matches with, says to a pattern. */
public final class EventRuler {

  private EventRuler() {}

  /** Why it does not take the pattern. */
  public static Optional<String> refusal(JsonNode pattern) {
    // Of several lines the first is the reason, the others tell a position in the text.
    return Optional.ofNullable(JsonRuleCompiler.check(pattern.toString()))
        .map(message -> message.lines().findFirst().orElse(message));
  }

  /** Whether a field can't have the name within {@code $or}, where it is kept for an operator. */
  public static boolean isReservedInOr(String name) {
    ObjectNode probe = JsonNodeFactory.instance.objectNode();
    probe.putArray(EventPattern.OR).addObject().putArray(name).add("");
    probe.withArray(EventPattern.OR).addObject().putArray("-").add("");
    return refusal(probe).isPresent();
  }

  /**
   * The fields of an alternative that event-ruler would drop. It makes a rule without {@code $or}
   * of each combination of alternatives, and takes one for a repetition when an earlier one has the
   * same fields and shares a value in each of them, though neither says all that the other says
   * (aws/event-ruler pull request 140 tells of it; 2.1.0 has it still): events that only the later
   * one matches are lost.
   *
   * @param pattern one that is not refused, with no more combinations than EventBridge takes
   */
  public static Optional<Set<String>> droppedAlternative(JsonNode pattern) {
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
   * @param pattern one that is not refused
   */
  public static boolean matches(JsonNode pattern, JsonNode event) {
    return !machine(pattern).rulesForJSONEvent(event).isEmpty();
  }

  /**
   * How many wildcard prefixes some input could be in at once, counted up to a cap: evaluation gets
   * dear beyond it.
   *
   * @param pattern one that is not refused
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

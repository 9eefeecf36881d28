package io.eventbackbone.operator.topology.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/** What Amazon's event-ruler, which EventBridge matches with, says to a pattern. */
final class EventRuler {

  private EventRuler() {}

  /** Why it does not take the pattern. */
  static Optional<String> refusal(JsonNode pattern) {
    // Of several lines the first is the reason, the others tell a position in the text.
    return Optional.ofNullable(JsonRuleCompiler.check(pattern.toString()))
        .map(message -> message.lines().findFirst().orElse(message));
  }

  /**
   * How many wildcard prefixes some input could be in at once, counted up to a cap: evaluation gets
   * dear beyond it.
   *
   * @param pattern one that is not refused
   */
  static int complexity(JsonNode pattern, int cap) {
    Machine machine = Machine.builder().build();
    try {
      machine.addRule("pattern", pattern.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("checked before, yet refused: " + pattern, e);
    }
    return machine.evaluateComplexity(new MachineComplexityEvaluator(cap));
  }
}

package io.eventbackbone.cli.reception;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.pattern.EventRuler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds an event, as far as it is known, against an event pattern, field by field. */
final class PatternEvaluation {

  private final Facts facts;

  private PatternEvaluation(Facts facts) {
    this.facts = facts;
  }

  /**
   * Whether the event meets the pattern.
   *
   * @param pattern one that EventBridge takes
   */
  static Evaluation of(ObjectNode pattern, Facts facts) {
    Evaluation byField = new PatternEvaluation(facts).object(pattern, List.of());
    return byField instanceof Evaluation.Met && !meetsAsWhole(pattern, facts)
        ? new Evaluation.Unmet(
            List.of(
                "each field has a value that the filter wants, but no one element of a list has"
                    + " them all"))
        : byField;
  }

  /** Of a list of objects one element must meet all that a pattern says of it. */
  private static boolean meetsAsWhole(ObjectNode pattern, Facts facts) {
    if (pattern.isEmpty() || !facts.known().has("detail")) {
      return true;
    }
    ObjectNode event = facts.known().deepCopy();
    facts.open().forEach(field -> event.put(field, "-"));
    return EventRuler.matches(pattern, event);
  }

  private Evaluation object(ObjectNode pattern, List<String> path) {
    List<Evaluation> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : pattern.properties()) {
      if (member.getKey().equals(EventPattern.OR) && member.getValue().isArray()) {
        parts.add(
            Evaluation.any(
                member.getValue().valueStream().map(it -> object((ObjectNode) it, path)).toList()));
        continue;
      }
      List<String> below = below(path, member.getKey());
      parts.add(
          member.getValue() instanceof ObjectNode fields
              ? object(fields, below)
              : field(below, member.getValue()));
    }
    return Evaluation.all(parts);
  }

  /** EventBridge takes {@code a.b} for b in a. */
  private static List<String> below(List<String> path, String name) {
    List<String> below = new ArrayList<>(path);
    below.addAll(List.of(name.split("\\.")));
    return below;
  }

  private Evaluation field(List<String> path, JsonNode wanted) {
    if (facts.isOpen(path.get(0))) {
      return isMetByEveryEvent(path, wanted)
          ? Evaluation.MET
          : new Evaluation.Open(List.of(PatternTexts.condition(path, wanted)));
    }
    return matches(path, wanted)
        ? Evaluation.MET
        : new Evaluation.Unmet(List.of(PatternTexts.mismatch(path, facts.known(), wanted)));
  }

  private boolean matches(List<String> path, JsonNode wanted) {
    JsonNode known = facts.known().path(path.get(0));
    if (path.size() == 1 && known.isTextual()) {
      return EventRuler.matchesText(wanted, known);
    }
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    ObjectNode parent = alone;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = parent.putObject(name);
    }
    parent.set(path.get(path.size() - 1), wanted);
    return EventRuler.matches(alone, facts.known());
  }

  private static boolean isMetByEveryEvent(List<String> path, JsonNode wanted) {
    return path.size() == 1
        && Facts.isAlwaysText(path.get(0))
        && wanted
            .valueStream()
            .anyMatch(
                it -> it.path("prefix").asText("-").isEmpty() || it.path("exists").asBoolean());
  }
}

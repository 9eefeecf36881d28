package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How large a schema may be. Recursive code walks a schema only within these limits. */
final class SchemaLimits {

  /** Levels of objects and lists, as in event patterns. */
  static final int LEVELS = 100;

  /** Objects, lists and values. */
  static final int NODES = 5_000;

  /** Schemas within schemas, after each $ref is replaced by what it refers to. */
  static final int SUBSCHEMAS = 2_000;

  /** Levels of schemas within schemas, likewise. */
  static final int NESTING = 50;

  private SchemaLimits() {}

  private record Visit(JsonNode node, int level) {}

  /** The limit that the JSON exceeds. The walk doesn't recurse. */
  static Optional<SchemaProblem> exceeded(JsonNode schema) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(schema, 1));
    int nodes = 0;
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      nodes++;
      if (nodes > NODES) {
        return Optional.of(
            problem("the schema has more than %,d values: split the event type", NODES));
      }
      if (visit.level() > LEVELS) {
        return Optional.of(
            problem("the schema is nested deeper than %d levels: make it flatter", LEVELS));
      }
      visit.node().forEach(child -> open.push(new Visit(child, visit.level() + 1)));
    }
    return Optional.empty();
  }

  private static SchemaProblem problem(String message, int limit) {
    return new SchemaProblem("", message.formatted(limit));
  }
}

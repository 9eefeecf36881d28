package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The outcome of reading a schema. */
public sealed interface SchemaReading {

  /** The schema is one of the subset. */
  record Read(Schema schema) implements SchemaReading {}

  /**
   * The schema is refused.
   *
   * @param problems at least one
   */
  record Refused(List<SchemaProblem> problems) implements SchemaReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a schema of {@code detail.data}. Checks its size and depth before anything else. */
  static SchemaReading of(ObjectNode schema) {
    return SchemaLimits.exceeded(schema)
        .<SchemaReading>map(problem -> new Refused(List.of(problem)))
        .orElseGet(() -> SchemaParser.read(schema));
  }
}

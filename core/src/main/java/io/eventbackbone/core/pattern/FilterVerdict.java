package io.eventbackbone.core.pattern;

import java.util.List;

/** The result of checking a filter. */
public sealed interface FilterVerdict {

  /**
   * The filter is valid.
   *
   * @param warnings likely mistakes, and violations of the backbone's conventions; each begins with
   *     its place in the filter
   */
  record Accepted(EventPattern pattern, List<String> warnings) implements FilterVerdict {
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The filter is valid, but longer than the account's quota allows.
   *
   * @param message for people: the length, the limit, and the remedy
   */
  record TooLong(String message) implements FilterVerdict {}

  /**
   * The filter is invalid, or violates a convention.
   *
   * @param problems at least one; places are relative to the filter
   */
  record Refused(List<PatternProblem> problems) implements FilterVerdict {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}

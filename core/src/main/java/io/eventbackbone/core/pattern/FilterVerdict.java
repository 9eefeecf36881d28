package io.eventbackbone.core.pattern;

import java.util.List;

/** What becomes of a filter. */
public sealed interface FilterVerdict {

  /**
   * It can be a rule's pattern.
   *
   * @param warnings what is likely not meant, or not in keeping with the backbone's conventions;
   *     each begins with its place in the filter
   */
  record Accepted(EventPattern pattern, List<String> warnings) implements FilterVerdict {
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It is a pattern, but a longer one than the account's quota allows.
   *
   * @param message what it has, what EventBridge takes there, and what to do
   */
  record TooLong(String message) implements FilterVerdict {}

  /**
   * It can't, or must not.
   *
   * @param problems at least one; places are seen from the filter
   */
  record Refused(List<PatternProblem> problems) implements FilterVerdict {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}

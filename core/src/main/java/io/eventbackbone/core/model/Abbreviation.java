package io.eventbackbone.core.model;

import io.eventbackbone.core.pattern.PatternProblem;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Shortens long lists in messages to the first few names and the number of the others. */
public final class Abbreviation {

  private static final int SHOWN = 5;

  /** A pattern has room for hundreds of problems, and a name for thousands of characters. */
  private static final int PROBLEMS_SHOWN = 10;

  private static final int LONGEST_PROBLEM = 400;

  private Abbreviation() {}

  /** {@code a, b, c, d, e and 7 more}. */
  public static String of(Collection<String> names) {
    return of(names, SHOWN, ", ", " and ");
  }

  /** Sentences: {@code a; b; c; d; e; and 7 more}. */
  public static String ofSentences(Collection<String> sentences) {
    return of(sentences, SHOWN, "; ", "; and ");
  }

  /** The first of the problems. Each is cut where it is too long to be read. */
  static String ofProblems(List<PatternProblem> problems) {
    return of(
        problems.stream().map(PatternProblem::toString).map(Abbreviation::cut).toList(),
        PROBLEMS_SHOWN,
        "; ",
        "; and ");
  }

  /** The sentence, cut where it is too long to be read. */
  public static String cut(String problem) {
    return problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM) + "…";
  }

  private static String of(
      Collection<String> texts, int most, String separator, String beforeCount) {
    String shown = texts.stream().limit(most).collect(Collectors.joining(separator));
    return texts.size() <= most
        ? shown
        : "%s%s%d more".formatted(shown, beforeCount, texts.size() - most);
  }
}

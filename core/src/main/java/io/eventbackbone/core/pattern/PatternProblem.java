package io.eventbackbone.core.pattern;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a pattern or filter is refused.
 *
 * @param place where it is, as {@code detail.data.total[0]}: in a pattern from its top, in a filter
 *     from the filter ({@code pattern.detail.data.total[0]}, {@code detailTypes[1]}); empty when it
 *     is all of it
 * @param message what is wrong there, and what to write instead
 */
public record PatternProblem(String place, String message) {

  /** A pattern has room for hundreds, and a name for thousands of characters. */
  private static final int SHOWN = 10;

  private static final int LONGEST_TEXT = 400;

  PatternProblem under(String parent) {
    return place.isEmpty() ? this : new PatternProblem(parent + "." + place, message);
  }

  /** For people: the first of the problems, each cut where it is too long to be read. */
  public static String texts(List<PatternProblem> problems) {
    String shown =
        problems.stream()
            .limit(SHOWN)
            .map(PatternProblem::toString)
            .map(it -> it.length() <= LONGEST_TEXT ? it : it.substring(0, LONGEST_TEXT) + "…")
            .collect(Collectors.joining("; "));
    return problems.size() <= SHOWN
        ? shown
        : "%s; and %d more".formatted(shown, problems.size() - SHOWN);
  }

  /** For people: place and message. */
  @Override
  public String toString() {
    return place.isEmpty() ? message : place + ": " + message;
  }
}

package io.eventbackbone.core.pattern;

/**
 * Why a pattern or filter is refused.
 *
 * @param place where it is, as {@code detail.data.total[0]}: in a pattern from its top, in a filter
 *     from the filter ({@code pattern.detail.data.total[0]}, {@code detailTypes[1]}); empty when it
 *     is all of it
 * @param message what is wrong there, and what to write instead
 */
public record PatternProblem(String place, String message) {

  PatternProblem under(String parent) {
    return place.isEmpty() ? this : new PatternProblem(parent + "." + place, message);
  }

  /** For people: place and message. */
  @Override
  public String toString() {
    return place.isEmpty() ? message : place + ": " + message;
  }
}

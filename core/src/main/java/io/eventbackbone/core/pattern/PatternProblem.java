package io.eventbackbone.core.pattern;

/**
 * A mistake in a pattern or filter.
 *
 * @param place of the mistake: {@code detail.data.total[0]} in a pattern, {@code
 *     pattern.detail.data.total[0]} or {@code detailTypes[1]} in a filter; empty: the whole
 * @param message for people: the mistake, and the correction
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

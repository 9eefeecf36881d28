package io.eventbackbone.core.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** Long lists in messages: people need some of the names, and how many there are. */
public final class Abbreviation {

  private static final int SHOWN = 5;

  private Abbreviation() {}

  /** {@code a, b, c, d, e and 7 more}. */
  public static String of(Collection<String> names) {
    return of(names, ", ", " and ");
  }

  /**
   * The first few.
   *
   * @param separator between two
   * @param last before the count of those that are not shown
   */
  public static String of(Collection<String> texts, String separator, String last) {
    String shown = texts.stream().limit(SHOWN).collect(Collectors.joining(separator));
    return texts.size() <= SHOWN
        ? shown
        : "%s%s%d more".formatted(shown, last, texts.size() - SHOWN);
  }
}

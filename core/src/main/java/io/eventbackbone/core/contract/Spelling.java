package io.eventbackbone.core.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the name that somebody may have meant. */
public final class Spelling {

  /** People misspell names that they can read; longer ones would take too long to compare. */
  static final int LONGEST = 100;

  /** A tenant may write thousands of names. */
  private static final int MOST_NAMES = 1_000;

  private Spelling() {}

  /** The name that takes the fewest edits. Empty: each takes as many as half of the name. */
  public static Optional<String> nearest(String name, Collection<String> names) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(it -> it.length() <= LONGEST)
        .limit(MOST_NAMES)
        .filter(it -> edits(name, it) <= Math.max(name.length(), it.length()) / 2)
        .min(
            Comparator.<String>comparingInt(it -> edits(name, it))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Characters to insert, delete or replace (the Levenshtein distance). */
  private static int edits(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}

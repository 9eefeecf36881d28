package io.eventbackbone.cli.export;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Ids that are names of files, too, each given out once. */
final class Slugs {

  private final Set<String> taken = new HashSet<>();

  /** {@code Order.Created} stays as it is; what no file name has becomes a dash. */
  String of(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^\\.+", "");
    String slug = plain.isEmpty() ? "unnamed" : plain;
    int number = 2;
    String free = slug;
    while (!taken.add(free.toLowerCase(Locale.ROOT))) {
      free = slug + "-" + number;
      number++;
    }
    return free;
  }
}

package io.eventbackbone.sandbox.logs.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain and quoted terms. Case matters.
 *
 * @param all terms that a message must contain
 * @param any terms of which a message must contain one, if there are any: {@code ?term}
 * @param none terms that a message must not contain: {@code -term}
 */
record TermPattern(List<String> all, List<String> any, List<String> none) implements FilterPattern {

  private static final Pattern TERM =
      Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"?-]\\S*))\\s*");

  static TermPattern parse(String text) {
    List<String> all = new ArrayList<>();
    List<String> any = new ArrayList<>();
    List<String> none = new ArrayList<>();
    Matcher terms = TERM.matcher(text);
    int end = 0;
    while (end < text.length() && terms.find(end) && terms.start() == end) {
      String quoted = terms.group(2);
      String term = quoted == null ? terms.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      if (quoted == null && term.startsWith("%")) {
        throw FilterPattern.noRegularExpressions();
      }
      switch (terms.group(1)) {
        case "?" -> any.add(term);
        case "-" -> none.add(term);
        default -> all.add(term);
      }
      end = terms.end();
    }
    if (end < text.length()) {
      throw FilterPattern.invalid(text, "unexpected '" + text.substring(end) + "'");
    }
    return new TermPattern(List.copyOf(all), List.copyOf(any), List.copyOf(none));
  }

  @Override
  public boolean matches(String message) {
    return all.stream().allMatch(message::contains)
        && none.stream().noneMatch(message::contains)
        && (any.isEmpty() || any.stream().anyMatch(message::contains));
  }
}

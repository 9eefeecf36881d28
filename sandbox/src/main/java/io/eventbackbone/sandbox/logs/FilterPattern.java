package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A filter pattern of plain terms: a message matches when it contains all of them, a quoted one as
 * a whole. The other forms of the CloudWatch Logs syntax (JSON, columns, regular expressions,
 * excluded and optional terms) are refused.
 */
record FilterPattern(List<String> terms) {

  private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern OTHER_FORM = Pattern.compile("^[{\\[%?-].*", Pattern.DOTALL);

  static FilterPattern parse(String pattern) {
    return new FilterPattern(TERM.matcher(pattern).results().map(FilterPattern::term).toList());
  }

  private static String term(MatchResult found) {
    if (found.group(1) != null) {
      return found.group(1);
    }
    if (OTHER_FORM.matcher(found.group(2)).matches()) {
      throw LogsErrors.invalidParameter(
          "The sandbox does not implement '%s' in a filter pattern; it knows plain and quoted terms."
              .formatted(found.group(2)));
    }
    return found.group(2);
  }

  boolean matches(String message) {
    return terms.stream().allMatch(message::contains);
  }
}

package io.eventbackbone.sandbox.logs.filter;

import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.LogsErrors;

/**
 * A filter pattern (CloudWatch Logs User Guide, "Filter pattern syntax for metric filters,
 * subscription filters, filter log events, and Live Tail").
 */
public sealed interface FilterPattern permits TermPattern, JsonPattern {

  boolean matches(String message);

  /**
   * Reads a pattern; the empty one matches every message.
   *
   * @throws AwsException {@code InvalidParameterException} for a pattern that is malformed, or of a
   *     form that the sandbox does not implement: columns and regular expressions
   */
  static FilterPattern parse(String pattern) {
    String text = pattern.strip();
    if (text.startsWith("[")) {
      throw LogsErrors.invalidParameter(
          "The sandbox does not implement filter patterns of columns, [...].");
    }
    return text.startsWith("{") ? JsonPattern.parse(text) : TermPattern.parse(text);
  }

  /** A pattern that does not follow the syntax. */
  static AwsException invalid(String pattern, String reason) {
    return LogsErrors.invalidParameter(
        "Invalid filter pattern '%s': %s.".formatted(pattern, reason));
  }

  static AwsException noRegularExpressions() {
    return LogsErrors.invalidParameter(
        "The sandbox does not implement regular expressions, %...%, in filter patterns.");
  }
}

package io.eventbackbone.sandbox.api;

import io.eventbackbone.sandbox.errors.ServiceErrors;
import java.util.regex.Pattern;

/**
 * The constraints of a string in an API model.
 *
 * @param min fewest characters
 * @param max most characters
 */
public record Shape(int min, int max, Pattern pattern) {

  /** Any text. */
  public static final Shape ANY = of(0, Integer.MAX_VALUE, "(?s).*");

  public static Shape of(int min, int max, String pattern) {
    return new Shape(min, max, Pattern.compile(pattern));
  }

  /** A text that a pattern alone constrains. */
  public static Shape of(String pattern) {
    return of(0, Integer.MAX_VALUE, pattern);
  }

  /**
   * Returns the value, or refuses it.
   *
   * @param member where the value stands, for instance {@code Targets.1.member.Id}
   */
  public String check(String member, String value, ServiceErrors errors) {
    if (value.length() < min) {
      throw errors.invalid(member, value, "have length greater than or equal to " + min);
    }
    if (value.length() > max) {
      throw errors.invalid(member, value, "have length less than or equal to " + max);
    }
    if (!pattern.matcher(value).matches()) {
      throw errors.invalid(member, value, "satisfy regular expression pattern: " + pattern);
    }
    return value;
  }
}

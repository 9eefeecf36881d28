package io.eventbackbone.core.contract;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of texts in the subset. They constrain a text here, and do not just describe it. */
public enum TextFormat {
  DATE_TIME("date-time") {
    @Override
    boolean matches(String text) {
      return DATE_AND_TIME.matcher(text).matches() && isReadable(text, OffsetDateTime::parse);
    }

    @Override
    String sample(int number) {
      return "2026-11-29T12:00:00.%03dZ".formatted(number);
    }
  },
  DATE("date") {
    @Override
    boolean matches(String text) {
      return DAY.matcher(text).matches() && isReadable(text, LocalDate::parse);
    }

    @Override
    String sample(int number) {
      return LocalDate.of(2026, 11, 29).plusDays(number).toString();
    }
  },
  UUID("uuid") {
    @Override
    boolean matches(String text) {
      return HEXADECIMALS.matcher(text).matches();
    }

    @Override
    String sample(int number) {
      return "00000000-0000-4000-8000-%012x".formatted(number);
    }
  },
  EMAIL("email") {
    @Override
    boolean matches(String text) {
      return ADDRESS.matcher(text).matches();
    }

    @Override
    String sample(int number) {
      return "a%d@example.com".formatted(number);
    }
  },
  URI("uri") {
    @Override
    boolean matches(String text) {
      return ABSOLUTE_URI.matcher(text).matches();
    }

    @Override
    String sample(int number) {
      return "https://example.com/%d".formatted(number);
    }
  };

  private static final Pattern DATE_AND_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern HEXADECIMALS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern ADDRESS =
      Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  private static final Pattern ABSOLUTE_URI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\w\\-.~:/?#\\[\\]@!$&'()*+,;=%]+");

  private final String keyword;

  TextFormat(String keyword) {
    this.keyword = keyword;
  }

  /** The value of the keyword {@code format}. */
  public String keyword() {
    return keyword;
  }

  static Optional<TextFormat> of(String keyword) {
    return Arrays.stream(values()).filter(it -> it.keyword.equals(keyword)).findFirst();
  }

  abstract boolean matches(String text);

  /** A text of this format and of no other; each number has its own. */
  abstract String sample(int number);

  private interface Reading {
    Object of(String text);
  }

  private static boolean isReadable(String text, Reading reading) {
    try {
      reading.of(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}

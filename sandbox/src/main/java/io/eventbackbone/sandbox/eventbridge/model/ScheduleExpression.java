package io.eventbackbone.sandbox.eventbridge.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of schedules (EventBridge User Guide, "Creating an Amazon EventBridge rule that runs
 * on a schedule"). The sandbox keeps schedules, and never fires them.
 */
public final class ScheduleExpression {

  private static final Pattern RATE =
      Pattern.compile("rate\\((?:1 (?:minute|hour|day)|([1-9]\\d*) (?:minutes|hours|days))\\)");
  private static final Pattern CRON = Pattern.compile("cron\\((\\S+(?: \\S+){5})\\)");
  private static final Pattern VALUE = Pattern.compile("(\\w+)(?:-(\\w+))?");

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 59, List.of(), "[*]"),
          new Field(0, 23, List.of(), "[*]"),
          new Field(1, 31, List.of(), "[*?L]|LW|\\d{1,2}W"),
          new Field(1, 12, MONTHS, "[*]"),
          new Field(1, 7, DAYS, "[*?L]|[1-7]L|[1-7]#[1-5]"),
          new Field(1970, 2199, List.of(), "[*]"));

  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;

  private ScheduleExpression() {}

  public static boolean isValid(String expression) {
    Matcher rate = RATE.matcher(expression);
    if (rate.matches()) {
      return !"1".equals(rate.group(1));
    }
    Matcher cron = CRON.matcher(expression);
    return cron.matches() && isValid(List.of(cron.group(1).split(" ", -1)));
  }

  /** One of the two fields for days must leave the choice to the other. */
  private static boolean isValid(List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (!FIELDS.get(i).takes(fields.get(i))) {
        return false;
      }
    }
    return fields.get(DAY_OF_MONTH).equals("?") != fields.get(DAY_OF_WEEK).equals("?");
  }

  /**
   * One of the six fields.
   *
   * @param names that stand for the numbers from {@code min} on
   * @param wildcards the field may be, besides numbers, ranges, lists and increments
   */
  private record Field(int min, int max, List<String> names, String wildcards) {

    boolean takes(String text) {
      if (text.matches(wildcards)) {
        return true;
      }
      return List.of(text.split(",", -1)).stream().allMatch(this::takesItem);
    }

    private boolean takesItem(String item) {
      String[] parts = item.split("/", -1);
      boolean hasIncrement = parts.length == 2;
      return parts.length <= 2
          && (!hasIncrement || parts[1].matches("[1-9]\\d{0,3}"))
          && ((hasIncrement && parts[0].equals("*")) || takesRange(parts[0]));
    }

    private boolean takesRange(String text) {
      Matcher range = VALUE.matcher(text);
      return range.matches()
          && takesValue(range.group(1))
          && (range.group(2) == null || takesValue(range.group(2)));
    }

    private boolean takesValue(String text) {
      return names.contains(text.toUpperCase(Locale.ROOT))
          || (text.matches("\\d{1,4}")
              && min <= Integer.parseInt(text)
              && Integer.parseInt(text) <= max);
    }
  }
}

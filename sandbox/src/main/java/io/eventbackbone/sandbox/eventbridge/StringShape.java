package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.AwsException;
import java.util.regex.Pattern;

/**
 * The constrained strings of EventBridge's API model (events, 2015-10-07). Lengths are in
 * characters.
 */
enum StringShape {
  ACTION(1, 64, "events:[a-zA-Z]+"),
  ARCHIVE_DESCRIPTION(0, 512, ".*"),
  ARCHIVE_NAME(1, 48, Patterns.NAME),
  ARN(1, 1600, Patterns.ANY),
  BUS_NAME(1, 256, "[/\\.\\-_A-Za-z0-9]+"),
  BUS_NAME_OR_ARN(1, 1600, Patterns.BUS_ARN + "?[/\\.\\-_A-Za-z0-9]+"),
  DESCRIPTION(0, 512, Patterns.ANY),
  DETAIL_TYPE(0, 128, Patterns.ANY),
  EVENT_PATTERN(0, 4096, Patterns.ANY),
  EVENT_SOURCE_ARN(1, 1600, "arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+"),
  INPUT(0, 8192, Patterns.ANY),
  INPUT_PATH(0, 256, Patterns.ANY),
  INPUT_TEMPLATE(1, 8192, Patterns.ANY),
  KMS_KEY_IDENTIFIER(0, 2048, "[a-zA-Z0-9_\\-/:]*"),
  MESSAGE_GROUP_ID(0, 100, Patterns.ANY),
  NEXT_TOKEN(1, 2048, Patterns.ANY),
  NON_PARTNER_BUS_NAME(1, 256, Patterns.NAME),
  NON_PARTNER_BUS_NAME_OR_ARN(1, 1600, Patterns.BUS_ARN + "?" + Patterns.NAME),
  PRINCIPAL(1, 12, "(\\d{12}|\\*)"),
  REPLAY_NAME(1, 64, Patterns.NAME),
  RULE_NAME(1, 64, Patterns.NAME),
  SCHEDULE_EXPRESSION(0, 256, Patterns.ANY),
  STATEMENT_ID(1, 64, "[a-zA-Z0-9-_]+"),
  STRING(0, Integer.MAX_VALUE, Patterns.ANY),
  TAG_KEY(1, 128, Patterns.ANY),
  TAG_VALUE(0, 256, Patterns.ANY),
  TARGET_ID(1, 64, Patterns.NAME);

  private static final class Patterns {
    static final String ANY = "(?s).*";
    static final String NAME = "[\\.\\-_A-Za-z0-9]+";
    static final String BUS_ARN =
        "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)";
  }

  private final int min;
  private final int max;
  private final Pattern pattern;

  StringShape(int min, int max, String pattern) {
    this.min = min;
    this.max = max;
    this.pattern = Pattern.compile(pattern);
  }

  /**
   * @param member where the value stands, for instance {@code targets.1.member.id}
   * @throws AwsException {@code ValidationException} in the words of AWS's front end
   */
  String check(String member, String value) {
    if (value.length() < min) {
      throw violation(member, value, "Member must have length greater than or equal to " + min);
    }
    if (value.length() > max) {
      throw violation(member, value, "Member must have length less than or equal to " + max);
    }
    if (!pattern.matcher(value).matches()) {
      throw violation(
          member, value, "Member must satisfy regular expression pattern: " + pattern.pattern());
    }
    return value;
  }

  private static AwsException violation(String member, String value, String constraint) {
    return Members.violation("'" + value + "'", member, constraint);
  }
}

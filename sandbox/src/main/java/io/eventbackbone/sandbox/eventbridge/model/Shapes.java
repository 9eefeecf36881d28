package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Shape;

/** The constrained strings of EventBridge's API model (events, 2015-10-07). */
public final class Shapes {

  private static final String ANYTHING = "(?s).*";
  private static final String NAME = "[\\.\\-_A-Za-z0-9]+";
  private static final String BUS_ARN_PATTERN =
      "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)";

  public static final Shape ACTION = Shape.of(1, 64, "events:[a-zA-Z]+");
  public static final Shape ARCHIVE_DESCRIPTION = Shape.of(0, 512, ".*");
  public static final Shape ARCHIVE_NAME = Shape.of(1, 48, NAME);
  public static final Shape ARN = Shape.of(1, 1600, ANYTHING);
  public static final Shape BUS_NAME = Shape.of(1, 256, "[/\\.\\-_A-Za-z0-9]+");
  public static final Shape BUS_NAME_OR_ARN =
      Shape.of(1, 1600, BUS_ARN_PATTERN + "?[/\\.\\-_A-Za-z0-9]+");
  public static final Shape DESCRIPTION = Shape.of(0, 512, ANYTHING);
  public static final Shape EVENT_PATTERN = Shape.of(0, 4096, ANYTHING);
  public static final Shape EVENT_SOURCE_ARN =
      Shape.of(1, 1600, "arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+");
  public static final Shape INPUT = Shape.of(0, 8192, ANYTHING);
  public static final Shape INPUT_PATH = Shape.of(0, 256, ANYTHING);
  public static final Shape INPUT_TEMPLATE = Shape.of(1, 8192, ANYTHING);
  public static final Shape KMS_KEY_IDENTIFIER = Shape.of(0, 2048, "[a-zA-Z0-9_\\-/:]*");
  public static final Shape MESSAGE_GROUP_ID = Shape.of(0, 100, ANYTHING);
  public static final Shape NON_PARTNER_BUS_NAME = Shape.of(1, 256, NAME);
  public static final Shape NON_PARTNER_BUS_NAME_OR_ARN =
      Shape.of(1, 1600, BUS_ARN_PATTERN + "?" + NAME);
  public static final Shape PRINCIPAL = Shape.of(1, 12, "(\\d{12}|\\*)");
  public static final Shape REPLAY_NAME = Shape.of(1, 64, NAME);
  public static final Shape RULE_NAME = Shape.of(1, 64, NAME);
  public static final Shape SCHEDULE_EXPRESSION = Shape.of(0, 256, ANYTHING);
  public static final Shape STATEMENT_ID = Shape.of(1, 64, "[a-zA-Z0-9-_]+");
  public static final Shape TAG_KEY = Shape.of(1, 128, ANYTHING);
  static final Shape TAG_VALUE = Shape.of(0, 256, ANYTHING);
  public static final Shape TARGET_ID = Shape.of(1, 64, NAME);

  public static final Shape TRACE_HEADER = Shape.of(1, 500, ANYTHING);

  private Shapes() {}
}

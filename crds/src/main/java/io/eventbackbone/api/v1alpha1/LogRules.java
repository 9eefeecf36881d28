package io.eventbackbone.api.v1alpha1;

/**
 * What CloudWatch Logs takes of a log group (API Reference, CreateLogGroup, PutRetentionPolicy).
 */
final class LogRules {

  static final String GROUP_NAME = "^[A-Za-z0-9._/#-]+$";
  static final int LONGEST_GROUP_NAME = 512;

  static final String GROUP_STAYS = "self == oldSelf";
  static final String GROUP_STAYS_MESSAGE = "logGroupName is immutable";

  static final String RETENTION =
      "self in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,"
          + " 1827, 2192, 2557, 2922, 3288, 3653]";
  static final String RETENTION_MESSAGE =
      "CloudWatch Logs takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,"
          + " 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days";

  private LogRules() {}
}

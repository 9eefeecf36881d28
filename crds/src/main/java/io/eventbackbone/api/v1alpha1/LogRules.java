package io.eventbackbone.api.v1alpha1;

/** CloudWatch Logs' limits on log groups (API Reference, CreateLogGroup, PutRetentionPolicy). */
final class LogRules {

  static final String GROUP_NAME = "^[A-Za-z0-9._/#-]+$";
  static final int LONGEST_GROUP_NAME = 512;

  /** A rule on the spec. The API server skips a rule on a field that is added or removed. */
  static final String AUDIT_GROUP_STAYS =
      "self.?audit.?logGroupName.hasValue() == oldSelf.?audit.?logGroupName.hasValue()"
          + " && (!self.?audit.?logGroupName.hasValue()"
          + " || self.audit.logGroupName == oldSelf.audit.logGroupName)";

  static final String BUS_LOG_GROUP_STAYS =
      "self.?logging.?logGroupName.hasValue() == oldSelf.?logging.?logGroupName.hasValue()"
          + " && (!self.?logging.?logGroupName.hasValue()"
          + " || self.logging.logGroupName == oldSelf.logging.logGroupName)";

  private static final String STAYS =
      " is immutable, and can't be added or removed later, as the former log group would be left"
          + " behind: delete the object and create it again";

  static final String AUDIT_GROUP_STAYS_MESSAGE = "audit.logGroupName" + STAYS;
  static final String BUS_LOG_GROUP_STAYS_MESSAGE = "logging.logGroupName" + STAYS;

  static final String RETENTION =
      "self in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,"
          + " 1827, 2192, 2557, 2922, 3288, 3653]";
  static final String RETENTION_MESSAGE =
      "CloudWatch Logs takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,"
          + " 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days";

  private LogRules() {}
}

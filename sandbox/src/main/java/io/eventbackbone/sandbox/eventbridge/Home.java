package io.eventbackbone.sandbox.eventbridge;

/**
 * An account in a Region: what owns buses, archives and replays, and what quotas count.
 *
 * @param accountId twelve digits
 */
record Home(String accountId, String region) {

  /** The ARN of a resource of EventBridge, for instance of {@code archive/orders}. */
  String arn(String resource) {
    return "arn:" + partition() + ":events:" + region + ":" + accountId + ":" + resource;
  }

  String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}

package io.eventbackbone.sandbox.api;

/**
 * An account in a Region: the owner of resources, and the unit that quotas count by.
 *
 * @param accountId twelve digits
 */
public record Home(String accountId, String region) {

  /**
   * The ARN of a resource, for instance of {@code archive/orders}.
   *
   * @param service as ARNs name it, for instance {@code events}
   */
  public String arn(String service, String resource) {
    return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region, accountId, resource);
  }

  public String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}

package io.eventbackbone.core.resource;

/**
 * One account in one Region.
 *
 * @param accountId twelve digits
 * @param region for instance {@code eu-west-1}
 */
public record AccountScope(String accountId, String region) implements Comparable<AccountScope> {

  /** The partition that the Region belongs to (AWS General Reference, "ARN format"). */
  public String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** ARN of a resource of the given service in this scope. */
  public String arn(String service, String resource) {
    return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region, accountId, resource);
  }

  /** The account as a principal in policies. AWS rewrites account numbers to this form. */
  String rootArn() {
    return rootArn(partition(), accountId);
  }

  static String rootArn(String partition, String accountId) {
    return "arn:%s:iam::%s:root".formatted(partition, accountId);
  }

  @Override
  public int compareTo(AccountScope other) {
    int byAccount = accountId.compareTo(other.accountId);
    return byAccount != 0 ? byAccount : region.compareTo(other.region);
  }

  @Override
  public String toString() {
    return accountId + "/" + region;
  }
}

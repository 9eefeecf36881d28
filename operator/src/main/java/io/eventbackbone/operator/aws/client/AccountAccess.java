package io.eventbackbone.operator.aws.client;

import java.util.Optional;

/**
 * How the operator gets into an account.
 *
 * @param roleArn role to assume; empty: the operator's own identity
 * @param externalId what the role's trust policy asks for; never logged
 */
public record AccountAccess(
    String accountId, Optional<String> roleArn, Optional<String> externalId) {

  /** Without the external id, which is not for logs. */
  @Override
  public String toString() {
    return accountId + " as " + roleArn.orElse("the operator's own identity");
  }
}

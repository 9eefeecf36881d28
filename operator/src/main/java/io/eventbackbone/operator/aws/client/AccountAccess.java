package io.eventbackbone.operator.aws.client;

import java.util.Optional;

/**
 * How the operator enters an account.
 *
 * @param roleArn role to assume; empty: the operator's own identity
 * @param externalId required by the role's trust policy; never logged
 */
public record AccountAccess(
    String accountId, Optional<String> roleArn, Optional<String> externalId) {

  /** Leaves out the external id, which must not be logged. */
  @Override
  public String toString() {
    return accountId + " as " + roleArn.orElse("the operator's own identity");
  }
}

package io.eventbackbone.sandbox.access;

import io.eventbackbone.sandbox.errors.AwsException;

/** Decides as IAM does: by identity policies of the caller's role and the resource's own policy. */
@FunctionalInterface
public interface Authorizer {

  /**
   * Permits the access, or refuses it. Inside one account either side may allow; across accounts
   * both must; a service principal needs the resource policy (IAM User Guide, "Policy evaluation
   * logic"). An identity of an account that declared no roles has every permission there.
   *
   * @throws AwsException {@code AccessDeniedException} with AWS's wording
   */
  void authorize(Principal principal, Access access);
}

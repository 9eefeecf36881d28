package io.eventbackbone.sandbox.access;

import io.eventbackbone.sandbox.errors.AwsException;

/** How an AWS service takes on a role that a resource names, as EventBridge does a target's. */
public interface RoleAssumption {

  /**
   * Becomes a session of the role.
   *
   * @param servicePrincipal for instance {@code events.amazonaws.com}
   * @throws AwsException when the account declared its roles and this is none of them, or when its
   *     trust policy does not admit the service
   */
  Principal.Account assumeAsService(String servicePrincipal, String roleArn);
}

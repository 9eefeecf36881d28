package io.eventbackbone.sandbox.api;

import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Principal;

/**
 * A call that has found its service, ready to be read.
 *
 * @param actionPrefix in front of IAM actions of the service, for instance {@code events}
 */
public record Request(String actionPrefix, Call call, Members input) {

  public Principal.Account caller() {
    return call.caller();
  }

  /** The caller's account, in the Region called. */
  public Home home() {
    return new Home(call.caller().accountId(), call.region());
  }

  /** The IAM action of the operation called, for instance {@code events:PutRule}. */
  public String action() {
    return action(call.operation());
  }

  /** The IAM action of another operation of the service. */
  public String action(String operation) {
    return actionPrefix + ":" + operation;
  }

  /** The access of the operation called to a resource of the caller's account. */
  public Access access(String resourceArn) {
    return access(call.operation(), resourceArn);
  }

  /** The access of another operation of the service to a resource of the caller's account. */
  public Access access(String operation, String resourceArn) {
    return Access.to(action(operation), resourceArn, call.caller().accountId());
  }
}

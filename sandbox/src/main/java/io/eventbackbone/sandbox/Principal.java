package io.eventbackbone.sandbox;

/** Who makes a call, as AWS policies see it. */
public sealed interface Principal {

  /**
   * An identity of an account.
   *
   * @param accountId twelve digits
   * @param arn of the account root, or of the assumed role's session
   */
  record Account(String accountId, String arn) implements Principal {}

  /**
   * An AWS service that acts for one of its resources.
   *
   * @param name for instance {@code events.amazonaws.com}
   */
  record Service(String name) implements Principal {}
}

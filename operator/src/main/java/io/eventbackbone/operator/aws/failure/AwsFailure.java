package io.eventbackbone.operator.aws.failure;

/**
 * Why AWS did not do what it was asked to. Messages are for people: what is wrong, where, and what
 * to do.
 */
public sealed interface AwsFailure {

  /** What may help. */
  enum Recovery {
    /** Asking again: it passes by itself, or once somebody acts in AWS, which tells nobody. */
    RETRY,
    /** A change of the custom resource. */
    AFTER_A_CHANGE
  }

  String message();

  default Recovery recovery() {
    return Recovery.RETRY;
  }

  /** The operator has no credentials of its own, and so gets into no account. */
  record NoIdentity(String message) implements AwsFailure {}

  /** The operator does not get into the account. */
  record RoleNotAssumable(String message) implements AwsFailure {}

  /** The operator's own identity, without a role, is in another account. */
  record WrongAccount(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** A permission is missing. */
  record Denied(String message) implements AwsFailure {}

  /** A quota is used up; asking again does not help. */
  record QuotaExceeded(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** Somebody else changed the resource at the same time, or it is not there any more. */
  record Conflicting(String message) implements AwsFailure {}

  /** Somebody else has what AWS gives once. */
  record Taken(String message) implements AwsFailure {}

  /** AWS does not delete it as long as something of somebody else needs it. */
  record HeldByOthers(String message) implements AwsFailure {}

  /** AWS called the request wrong. */
  record Invalid(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** AWS throttled, failed, or could not be reached. */
  record Unavailable(String message) implements AwsFailure {}
}

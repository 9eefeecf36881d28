package io.eventbackbone.operator.aws.failure;

/**
 * The reason for which a call of AWS failed. Messages are for people: the problem, the account, and
 * the remedy.
 */
public sealed interface AwsFailure {

  /** When the operator tries again. */
  enum Recovery {
    /** After a while: the failure may pass, or a person may change AWS, which tells nobody. */
    RETRY,
    /** When the custom resource changes. */
    AFTER_A_CHANGE
  }

  String message();

  default Recovery recovery() {
    return Recovery.RETRY;
  }

  /** The operator has no credentials of its own, and so no access to any account. */
  record NoIdentity(String message) implements AwsFailure {}

  /** The operator can't assume its role in the account. */
  record RoleNotAssumable(String message) implements AwsFailure {}

  /** The operator's own identity, without a role, is in another account. */
  record WrongAccount(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** AWS has no Region of the name. */
  record NoSuchRegion(String message) implements AwsFailure {}

  /** A permission is missing. */
  record Denied(String message) implements AwsFailure {}

  /** A quota is exhausted. */
  record QuotaExceeded(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** Somebody changed the resource at the same time, or deleted it. */
  record Conflicting(String message) implements AwsFailure {}

  /** Another owner has a resource that AWS allows once. */
  record Taken(String message) implements AwsFailure {}

  /** AWS does not delete the resource, because a resource of another owner needs it. */
  record HeldByOthers(String message) implements AwsFailure {}

  /** AWS refused the request as invalid. */
  record Invalid(String message) implements AwsFailure {
    @Override
    public Recovery recovery() {
      return Recovery.AFTER_A_CHANGE;
    }
  }

  /** AWS is unreachable, throttles or fails. */
  record Unavailable(String message) implements AwsFailure {}
}

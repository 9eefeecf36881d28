package io.eventbackbone.operator.reconcile;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.aws.failure.AwsFailure;

/** What a failure of AWS is called in conditions. */
final class Failures {

  private Failures() {}

  static Reason reason(AwsFailure failure) {
    if (failure instanceof AwsFailure.NoIdentity) {
      return Reason.NO_AWS_IDENTITY;
    }
    if (failure instanceof AwsFailure.RoleNotAssumable) {
      return Reason.ROLE_NOT_ASSUMABLE;
    }
    if (failure instanceof AwsFailure.WrongAccount) {
      return Reason.WRONG_ACCOUNT;
    }
    if (failure instanceof AwsFailure.Denied) {
      return Reason.ACCESS_DENIED;
    }
    if (failure instanceof AwsFailure.QuotaExceeded) {
      return Reason.QUOTA_EXCEEDED;
    }
    if (failure instanceof AwsFailure.Taken) {
      return Reason.RESOURCE_CONFLICT;
    }
    if (failure instanceof AwsFailure.HeldByOthers) {
      return Reason.DELETION_BLOCKED;
    }
    if (failure instanceof AwsFailure.Invalid) {
      return Reason.AWS_REFUSED;
    }
    return Reason.AWS_UNAVAILABLE;
  }
}

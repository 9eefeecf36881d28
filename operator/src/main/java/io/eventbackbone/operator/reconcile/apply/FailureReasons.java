package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.aws.failure.AwsFailure;

/** The condition reason of each failure of AWS. */
public final class FailureReasons {

  private FailureReasons() {}

  public static Reason of(AwsFailure failure) {
    return switch (failure) {
      case AwsFailure.NoIdentity ignored -> Reason.NO_AWS_IDENTITY;
      case AwsFailure.RoleNotAssumable ignored -> Reason.ROLE_NOT_ASSUMABLE;
      case AwsFailure.WrongAccount ignored -> Reason.WRONG_ACCOUNT;
      case AwsFailure.NoSuchRegion ignored -> Reason.REGION_NOT_FOUND;
      case AwsFailure.Denied ignored -> Reason.ACCESS_DENIED;
      case AwsFailure.QuotaExceeded ignored -> Reason.QUOTA_EXCEEDED;
      case AwsFailure.Taken ignored -> Reason.RESOURCE_CONFLICT;
      case AwsFailure.HeldByOthers ignored -> Reason.DELETION_BLOCKED;
      case AwsFailure.Invalid ignored -> Reason.AWS_REFUSED;
      case AwsFailure.Conflicting ignored -> Reason.AWS_UNAVAILABLE;
      case AwsFailure.Unavailable ignored -> Reason.AWS_UNAVAILABLE;
    };
  }
}

package io.eventbackbone.sandbox.faults;

import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;

/** Refusals that a fault causes, in the terms of the service called. */
final class Refusals {

  private Refusals() {}

  static AwsException of(Effect.Refusal refusal, ServiceErrors errors) {
    return switch (refusal) {
      case THROTTLING -> errors.throttled();
      case SERVER_ERROR -> errors.serverError("an internal error, by a fault");
      case ACCESS_DENIED -> CommonErrors.accessDenied("not authorized, by a fault");
      case EXPIRED_TOKEN -> CommonErrors.expiredToken();
      case CONCURRENT_MODIFICATION ->
          errors.concurrentModification("changed by somebody else at the same time, by a fault");
    };
  }
}

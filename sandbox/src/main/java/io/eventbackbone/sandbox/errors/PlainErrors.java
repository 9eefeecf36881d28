package io.eventbackbone.sandbox.errors;

/**
 * The refusals of a service of whose wording no recording was found. One error code serves for all
 * that is wrong with a request.
 */
interface PlainErrors extends ServiceErrors {

  /** A refusal under that code. */
  AwsException refusal(String message);

  @Override
  default AwsException missing(String member) {
    return refusal(member + " must be given.");
  }

  @Override
  default AwsException invalid(String member, String value, String constraint) {
    return refusal(member + " must " + constraint + ".");
  }

  @Override
  default AwsException unsupportedMember(String operation, String member) {
    return refusal("The sandbox does not implement %s of %s.".formatted(member, operation));
  }
}

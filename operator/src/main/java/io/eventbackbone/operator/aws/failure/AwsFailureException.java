package io.eventbackbone.operator.aws.failure;

/** Carries an {@link AwsFailure} out of a session. */
public final class AwsFailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient AwsFailure failure;

  public AwsFailureException(AwsFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public AwsFailureException(AwsFailure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public AwsFailure failure() {
    return failure;
  }
}

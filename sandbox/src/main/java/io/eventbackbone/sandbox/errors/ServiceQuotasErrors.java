package io.eventbackbone.sandbox.errors;

/** The refusals of Service Quotas. */
public final class ServiceQuotasErrors implements PlainErrors {

  public static final ServiceQuotasErrors SERVICE_QUOTAS = new ServiceQuotasErrors();

  private ServiceQuotasErrors() {}

  @Override
  public AwsException refusal(String message) {
    return AwsException.badRequest("IllegalArgumentException", message);
  }

  public static AwsException invalidToken() {
    return AwsException.badRequest("InvalidPaginationTokenException", "NextToken is not valid");
  }

  public static AwsException notFound(String message) {
    return AwsException.badRequest("NoSuchResourceException", message);
  }
}

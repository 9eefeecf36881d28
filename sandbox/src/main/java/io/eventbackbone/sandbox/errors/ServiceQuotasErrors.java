package io.eventbackbone.sandbox.errors;

/** The refusals of Service Quotas. */
public final class ServiceQuotasErrors implements ServiceErrors {

  public static final ServiceQuotasErrors SERVICE_QUOTAS = new ServiceQuotasErrors();

  private ServiceQuotasErrors() {}

  @Override
  public AwsException missing(String member) {
    return illegal(member + " must be given");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return illegal(member + " must " + constraint);
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return illegal("The sandbox does not implement member %s of %s".formatted(member, operation));
  }

  private static AwsException illegal(String message) {
    return AwsException.badRequest("IllegalArgumentException", message);
  }

  public static AwsException invalidToken() {
    return AwsException.badRequest("InvalidPaginationTokenException", "NextToken is not valid");
  }

  public static AwsException notFound(String message) {
    return AwsException.badRequest("NoSuchResourceException", message);
  }
}

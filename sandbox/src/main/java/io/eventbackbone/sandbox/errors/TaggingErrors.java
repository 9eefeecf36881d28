package io.eventbackbone.sandbox.errors;

/** The refusals of the Resource Groups Tagging API. */
public final class TaggingErrors implements ServiceErrors {

  public static final TaggingErrors TAGGING = new TaggingErrors();

  private TaggingErrors() {}

  @Override
  public AwsException missing(String member) {
    return invalidParameter(member + " must be given.");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return invalidParameter(member + " must " + constraint + ".");
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return invalidParameter("The sandbox does not take %s of %s.".formatted(member, operation));
  }

  private static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  public static AwsException invalidToken() {
    return AwsException.badRequest(
        "PaginationTokenExpiredException", "PaginationToken is not valid.");
  }
}

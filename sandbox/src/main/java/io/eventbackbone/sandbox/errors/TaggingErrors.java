package io.eventbackbone.sandbox.errors;

/** The refusals of the Resource Groups Tagging API. */
public final class TaggingErrors implements PlainErrors {

  public static final TaggingErrors TAGGING = new TaggingErrors();

  private TaggingErrors() {}

  @Override
  public AwsException refusal(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  public static AwsException invalidToken() {
    return AwsException.badRequest(
        "PaginationTokenExpiredException", "PaginationToken is not valid.");
  }
}

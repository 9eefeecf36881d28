package io.eventbackbone.sandbox.errors;

/** The refusals of EventBridge Schemas. */
public final class SchemasErrors implements PlainErrors {

  public static final SchemasErrors SCHEMAS = new SchemasErrors();

  private SchemasErrors() {}

  @Override
  public AwsException refusal(String message) {
    return badRequest(message);
  }

  @Override
  public AwsException wrongType(String member, String expected) {
    return badRequest(member + " must be " + expected + ".");
  }

  public static AwsException badRequest(String message) {
    return AwsException.badRequest("BadRequestException", message);
  }

  public static AwsException notFound(String message) {
    return new AwsException(404, "NotFoundException", message);
  }

  public static AwsException conflict(String message) {
    return new AwsException(409, "ConflictException", message);
  }
}

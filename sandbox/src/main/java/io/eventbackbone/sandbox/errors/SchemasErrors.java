package io.eventbackbone.sandbox.errors;

/** The refusals of EventBridge Schemas. */
public final class SchemasErrors implements ServiceErrors {

  public static final SchemasErrors SCHEMAS = new SchemasErrors();

  private SchemasErrors() {}

  @Override
  public AwsException missing(String member) {
    return badRequest(member + " must be given.");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return badRequest(member + " must " + constraint + ".");
  }

  @Override
  public AwsException wrongType(String member, String expected) {
    return badRequest(member + " must be " + expected + ".");
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return badRequest("The sandbox does not implement %s of %s.".formatted(member, operation));
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

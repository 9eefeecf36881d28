package io.eventbackbone.sandbox.errors;

/** IAM's refusals. Several have another HTTP status than 400. */
public final class IamErrors implements ServiceErrors {

  public static final IamErrors IAM = new IamErrors();

  private IamErrors() {}

  @Override
  public AwsException missing(String member) {
    return validation(
        "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return validation(
        "Value '%s' at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, member, constraint));
  }

  private static AwsException validation(String error) {
    return AwsException.badRequest("ValidationError", "1 validation error detected: " + error);
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return AwsException.badRequest(
        "ValidationError",
        "The sandbox does not implement member %s of %s.".formatted(member, operation));
  }

  @Override
  public String unknownOperationCode() {
    return "InvalidAction";
  }

  public static AwsException malformedPolicy(String reason) {
    return AwsException.badRequest("MalformedPolicyDocument", reason);
  }

  public static AwsException alreadyExists(String message) {
    return new AwsException(409, "EntityAlreadyExists", message);
  }

  public static AwsException deleteConflict(String message) {
    return new AwsException(409, "DeleteConflict", message);
  }

  public static AwsException notFound(String message) {
    return new AwsException(404, "NoSuchEntity", message);
  }
}

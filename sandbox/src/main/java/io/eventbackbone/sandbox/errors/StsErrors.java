package io.eventbackbone.sandbox.errors;

/** STS's refusals. */
public final class StsErrors implements ServiceErrors {

  public static final StsErrors STS = new StsErrors();

  private static final String EXPIRED_IDENTITY_TOKEN = "ExpiredIdentityToken";

  private StsErrors() {}

  @Override
  public AwsException missing(String member) {
    return violation(member, "not be null");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return violation(member, constraint);
  }

  /** Values are left out: external ids and tokens are among them. */
  private static AwsException violation(String member, String constraint) {
    return validation(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must %s"
            .formatted(member, constraint));
  }

  public static AwsException invalidIdentityToken() {
    return AwsException.badRequest(
        "InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
  }

  public static AwsException expiredIdentityToken() {
    return AwsException.badRequest(
        EXPIRED_IDENTITY_TOKEN, "Token expired: current date/time is after the expiration time.");
  }

  /** A web identity that has expired has the code that other services have for expired keys. */
  @Override
  public String queryCode(String code) {
    return code.equals(EXPIRED_IDENTITY_TOKEN)
        ? "ExpiredTokenException"
        : ServiceErrors.super.queryCode(code);
  }

  public static AwsException sessionOfASession() {
    return CommonErrors.accessDenied("Cannot call GetSessionToken with session credentials");
  }

  public static AwsException validation(String message) {
    return AwsException.badRequest("ValidationError", message);
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return validation(
        "The sandbox does not implement member %s of %s.".formatted(member, operation));
  }

  @Override
  public String unknownOperationCode() {
    return "InvalidAction";
  }
}

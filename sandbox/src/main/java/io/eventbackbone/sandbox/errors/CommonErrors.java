package io.eventbackbone.sandbox.errors;

import java.util.Map;
import java.util.Set;

/** Refusals that a caller can get from every service ("Common Errors" of the API References). */
public final class CommonErrors {

  public static final String ACCESS_DENIED = "AccessDeniedException";

  private static final String INVALID_SIGNATURE = "InvalidSignatureException";
  private static final int FORBIDDEN = 403;

  /** Codes that the Query protocol names differently; it answers them with HTTP 403. */
  private static final Map<String, String> QUERY_CODES =
      Map.of(
          ACCESS_DENIED,
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "ExpiredTokenException",
          "ExpiredToken",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          INVALID_SIGNATURE,
          "SignatureDoesNotMatch");

  private CommonErrors() {}

  static String queryCode(String code) {
    return QUERY_CODES.getOrDefault(code, code);
  }

  /** The HTTP status of a refusal in the Query protocol. */
  public static int queryStatus(AwsException refusal) {
    return QUERY_CODES.containsKey(refusal.code()) ? FORBIDDEN : refusal.httpStatus();
  }

  /** The HTTP status of a refusal in the REST protocol. */
  public static int restStatus(AwsException refusal) {
    return refusal.code().equals(ACCESS_DENIED) ? FORBIDDEN : refusal.httpStatus();
  }

  public static AwsException accessDenied(String message) {
    return AwsException.badRequest(ACCESS_DENIED, message);
  }

  public static AwsException unsigned() {
    return AwsException.badRequest(
        "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  /**
   * The Region of the signature is none of AWS's. The first words are those of an endpoint that is
   * asked for another Region; on AWS a client without an endpoint URL finds no host.
   */
  public static AwsException unknownRegion(String service, String region) {
    return AwsException.badRequest(
        INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not '%s': AWS has no host %s.%s.amazonaws.com."
            .formatted(region, service, region));
  }

  public static AwsException unknownKey() {
    return AwsException.badRequest(
        "UnrecognizedClientException", "The security token included in the request is invalid.");
  }

  public static AwsException expiredToken() {
    return AwsException.badRequest(
        "ExpiredTokenException", "The security token included in the request is expired");
  }

  public static AwsException unreadable(String message) {
    return AwsException.badRequest("SerializationException", message);
  }

  public static AwsException noAction() {
    return AwsException.badRequest("MissingAction", "The request names no Action.");
  }

  public static AwsException noTarget() {
    return new AwsException(
        404, "UnknownOperationException", "The sandbox takes AWS JSON with an X-Amz-Target.");
  }

  public static AwsException unknownPath(String method, String path) {
    return new AwsException(
        404,
        "UnknownOperationException",
        "The sandbox has no operation at %s %s.".formatted(method, path));
  }

  public static AwsException unknownService(String service, String operation, Set<String> known) {
    return AwsException.badRequest(
        "UnknownOperationException",
        "The sandbox has no service %s (operation %s). It has: %s."
            .formatted(service, operation, String.join(", ", known)));
  }

  /** A bug of the sandbox. */
  public static AwsException internalFailure() {
    return new AwsException(500, "InternalFailure", "The sandbox failed; see its log.");
  }
}

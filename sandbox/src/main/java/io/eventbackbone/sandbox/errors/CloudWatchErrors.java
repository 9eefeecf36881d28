package io.eventbackbone.sandbox.errors;

import java.util.Map;
import java.util.Optional;

/** CloudWatch's refusals, under the codes of its JSON and CBOR protocols. */
public final class CloudWatchErrors implements ServiceErrors {

  public static final CloudWatchErrors CLOUDWATCH = new CloudWatchErrors();

  /** JSON code to Query code, where they differ. */
  private static final Map<String, String> QUERY_CODES =
      Map.of(
          "InvalidParameterValueException", "InvalidParameterValue",
          "MissingRequiredParameterException", "MissingParameter");

  private CloudWatchErrors() {}

  @Override
  public AwsException missing(String member) {
    return AwsException.badRequest(
        "MissingRequiredParameterException", "The parameter " + member + " is required.");
  }

  @Override
  public AwsException invalid(String member, String value, String constraint) {
    return invalidValue(
        "The value %s for parameter %s is invalid. It must %s."
            .formatted(value, member, constraint));
  }

  @Override
  public AwsException unsupportedMember(String operation, String member) {
    return invalidValue("The sandbox does not implement %s of %s.".formatted(member, operation));
  }

  public static AwsException invalidValue(String message) {
    return AwsException.badRequest("InvalidParameterValueException", message);
  }

  @Override
  public String queryCode(String code) {
    return QUERY_CODES.getOrDefault(code, CommonErrors.queryCode(code));
  }

  @Override
  public Optional<String> queryCompatibleNamespace() {
    return Optional.of("com.amazonaws.cloudwatch");
  }
}

package io.eventbackbone.operator.aws;

import io.eventbackbone.operator.aws.AwsFailure.Conflicting;
import io.eventbackbone.operator.aws.AwsFailure.Denied;
import io.eventbackbone.operator.aws.AwsFailure.Invalid;
import io.eventbackbone.operator.aws.AwsFailure.NoIdentity;
import io.eventbackbone.operator.aws.AwsFailure.QuotaExceeded;
import io.eventbackbone.operator.aws.AwsFailure.RoleNotAssumable;
import io.eventbackbone.operator.aws.AwsFailure.Taken;
import io.eventbackbone.operator.aws.AwsFailure.Unavailable;
import io.eventbackbone.operator.topology.BusQuotas;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Exceptions of the AWS SDK → failures. */
final class FailureTranslation {

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ForbiddenException",
          "NotAuthorized",
          "UnauthorizedOperation");

  /** That who calls is not known, or not any more; by the query protocol and by JSON. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException");

  private static final Set<String> QUOTA =
      Set.of(
          "LimitExceededException",
          "PolicyLengthExceededException",
          "OverLimit",
          "ServiceQuotaExceededException");

  private static final Set<String> CONFLICT =
      Set.of(
          "ConcurrentModificationException",
          "ConflictException",
          "NotFoundException",
          "OperationAbortedException",
          "ResourceAlreadyExistsException",
          "QueueNameExists",
          "QueueAlreadyExists",
          "QueueDeletedRecently",
          "ResourceNotFoundException",
          "QueueDoesNotExist");

  /** What CloudWatch Logs says of services, and of their logs, that it does not deliver. */
  private static final String NO_SUCH_LOGS = "Cannot access provided service";

  private static final String NO_SUCH_LOG_TYPE = "not allowed for this LogSource";

  private static final String LOG_DELIVERED_ALREADY =
      "has already been used in another Delivery Source";

  /** The SDK's words for it, which has no exception of its own. */
  private static final String NO_CREDENTIALS = "Unable to load credentials from any of";

  /**
   * What the SDK says besides when it knows where to get credentials, and could not. Of EC2's
   * metadata service it says something else, and that there always.
   */
  private static final Pattern CREDENTIALS_NOT_REACHED =
      Pattern.compile(
          "UnknownHostException|Unable to execute HTTP request|from metadata service"
              + "|Status Code: 5\\d\\d");

  private final AccountAccess access;

  FailureTranslation(AccountAccess access) {
    this.access = access;
  }

  /** Whether a new session may do what this one could not. */
  static boolean isOfCredentials(SdkException exception) {
    return exception instanceof AwsServiceException service && CREDENTIALS.contains(code(service));
  }

  /** Empty where the answer has none: a proxy's has not, for instance. */
  private static String code(AwsServiceException exception) {
    return Optional.ofNullable(exception.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }

  AwsFailureException of(SdkException exception) {
    return new AwsFailureException(failure(exception), exception);
  }

  private AwsFailure failure(SdkException exception) {
    if (exception instanceof StsException sts
        && !sts.isThrottlingException()
        && sts.statusCode() < 500) {
      return new RoleNotAssumable(notAssumable(message(sts)));
    }
    if (exception instanceof AwsServiceException service) {
      return failure(service);
    }
    return unanswered(String.valueOf(exception.getMessage()));
  }

  private AwsFailure unanswered(String why) {
    return why.contains(NO_CREDENTIALS) && !CREDENTIALS_NOT_REACHED.matcher(why).find()
        ? new NoIdentity(
            "the operator has no AWS credentials of its own: set aws.roleArn of its Helm chart, or associate its ServiceAccount with a role by EKS Pod Identity, and see that the role's trust policy admits that (docs/install.md); the AWS SDK says: "
                + why)
        : new Unavailable(
            "account %s: AWS could not be asked: %s".formatted(access.accountId(), why));
  }

  private AwsFailure failure(AwsServiceException exception) {
    String code = code(exception);
    String text = "account %s: %s: %s".formatted(access.accountId(), code, message(exception));
    if (exception.isThrottlingException() || exception.statusCode() >= 500) {
      return new Unavailable(text);
    }
    if (isOfCredentials(exception)) {
      return new Unavailable(
          text + "; the session of " + identity() + " is over, and another one is begun");
    }
    if (text.contains("kms:") || text.contains("KMS")) {
      return new Denied(
          text
              + "; look at spec.encryption.kmsKeyIdentifier: the key must exist in the bus's Region and be enabled, and its policy must let "
              + identity()
              + " and events.amazonaws.com use it (see \"Customer keys\" in docs/aws-accounts.md)");
    }
    if (DENIED.contains(code)) {
      return new Denied(
          text
              + "; add the action to the permissions of "
              + identity()
              + (text.contains("Deliver") ? ", or set spec.logging.level to None" : ""));
    }
    if (text.contains(NO_SUCH_LOGS) || text.contains(NO_SUCH_LOG_TYPE)) {
      return new Invalid(
          text
              + "; EventBridge delivers no logs of buses in this Region: set spec.logging.level to None");
    }
    if (text.contains(LOG_DELIVERED_ALREADY)) {
      return new Taken(
          text
              + "; somebody else has this log of the bus delivered: delete that delivery source with its delivery, or set spec.logging.level to None");
    }
    if (QUOTA.contains(code)) {
      return new QuotaExceeded(
          text
              + "; have the quota raised, or remove what uses it"
              + (exception instanceof LimitExceededException
                  ? " (of the %d rules with wildcards of a bus nobody has more)"
                      .formatted(BusQuotas.WILDCARD_RULES)
                  : ""));
    }
    if (CONFLICT.contains(code)) {
      return new Conflicting(text);
    }
    if (text.contains("cannot be assumed by principal")) {
      return new Conflicting(
          text
              + "; the role's trust policy must admit events.amazonaws.com, and new roles take a"
              + " while");
    }
    return new Invalid(text);
  }

  private String notAssumable(String why) {
    return access
        .roleArn()
        .map(
            role ->
                "role %s could not be assumed: %s; check that the role exists, that its trust policy admits the operator's identity, that the operator's own role may assume it (sts:AssumeRole), and %s"
                    .formatted(
                        role,
                        why,
                        access.externalId().isPresent()
                            ? "that it asks for the external id in spec.externalId"
                            : "that it asks for no external id, since spec.externalId is not set"))
        .orElse("the operator's own identity is not usable: " + why);
  }

  private String identity() {
    return access.roleArn().map(role -> "role " + role).orElse("the operator's own identity");
  }

  private static String message(AwsServiceException exception) {
    return exception.awsErrorDetails() == null
        ? exception.getMessage()
        : exception.awsErrorDetails().errorMessage();
  }
}

package io.eventbackbone.operator.aws.failure;

import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.client.FailedCall;
import io.eventbackbone.operator.aws.failure.AwsFailure.Conflicting;
import io.eventbackbone.operator.aws.failure.AwsFailure.Denied;
import io.eventbackbone.operator.aws.failure.AwsFailure.Invalid;
import io.eventbackbone.operator.aws.failure.AwsFailure.NoIdentity;
import io.eventbackbone.operator.aws.failure.AwsFailure.QuotaExceeded;
import io.eventbackbone.operator.aws.failure.AwsFailure.RoleNotAssumable;
import io.eventbackbone.operator.aws.failure.AwsFailure.Taken;
import io.eventbackbone.operator.aws.failure.AwsFailure.Unavailable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Translates exceptions of the AWS SDK into failures. The advice depends on the error code and the
 * operation, never on words in AWS's message, because it contains names that users chose.
 */
public final class FailureTranslation {

  private static final Set<ErrorCode> DENIED =
      codes(
          "AccessDenied", "Forbidden", "KmsAccessDenied", "NotAuthorized", "UnauthorizedOperation");

  /** AWS does not know the credentials, or not any more. */
  private static final Set<ErrorCode> CREDENTIALS = codes("ExpiredToken", "UnrecognizedClient");

  private static final Set<ErrorCode> QUOTA =
      codes("LimitExceeded", "PolicyLengthExceeded", "OverLimit", "ServiceQuotaExceeded");

  /** Another call is at work on the resource, or its name is not free yet. */
  private static final Set<ErrorCode> CONFLICT =
      codes(
          "ConcurrentModification",
          "Conflict",
          "NotFound",
          "OperationAborted",
          "ResourceAlreadyExists",
          "QueueNameExists",
          "QueueDeletedRecently",
          "ResourceNotFound",
          "QueueDoesNotExist");

  private static final String MORE_ROOM = "; have the quota raised, or delete unused resources";

  private static final String FEW_WILDCARDS =
      " (AWS does not raise the quota of %d rules with wildcards on a bus)"
          .formatted(BusQuotas.WILDCARD_RULES);

  private static final String FEW_REPLAYS =
      "; AWS runs ten replays in an account and Region at once; this one waits until another ends";

  /** The only refusal that CreateSchema and CreateRegistry document besides a bad request. */
  private static final ErrorCode FORBIDDEN = ErrorCode.of("Forbidden");

  private static final Set<String> MAKES_SCHEMAS = Set.of("CreateRegistry", "CreateSchema");

  private static final String MAYBE_FULL =
      "; or have the quota raised, if the account has as many registries (10), or the registry as many schemas (100), as EventBridge Schemas allows";

  private static final String MAYBE_NO_LOGS_HERE =
      "; if EventBridge delivers no logs of buses in this Region, set spec.logging.level to None";

  private static final String DELIVERED_BY_OTHERS =
      "; another owner delivers this log of the bus: delete that delivery source and its delivery, or set spec.logging.level to None";

  private static final String USED_BY_OTHERS =
      "; a delivery of another owner uses it: delete that delivery first (aws logs describe-deliveries)";

  private static final String MAYBE_A_NEW_ROLE =
      "; if the message names the role: its trust policy must admit events.amazonaws.com; AWS needs some time to know a new role";

  private static final Set<String> USED_BY_DELIVERIES =
      Set.of("DeleteDeliverySource", "DeleteDeliveryDestination");

  /** Operations of CloudWatch Logs that deliver the log of a bus. */
  private static final Set<String> LOG_DELIVERY =
      Set.of(
          "CreateDelivery",
          "DeleteDelivery",
          "DeleteDeliveryDestination",
          "DeleteDeliverySource",
          "DescribeDeliveries",
          "GetDeliveryDestination",
          "GetDeliverySource",
          "PutDeliveryDestination",
          "PutDeliverySource");

  /** The SDK has no exception class for missing credentials, only this text. */
  private static final String NO_CREDENTIALS = "Unable to load credentials from any of";

  /**
   * Texts of the SDK when it knows a source of credentials but can't reach it. The SDK's text about
   * EC2's metadata service is different, and is always there.
   */
  private static final Pattern CREDENTIALS_NOT_REACHED =
      Pattern.compile(
          "UnknownHostException|Unable to execute HTTP request|from metadata service"
              + "|Status Code: 5\\d\\d");

  private final AccountAccess access;
  private final RegionCheck region;

  /**
   * Creates the translation for calls of one account in one Region.
   *
   * @param region of the calls
   */
  public FailureTranslation(AccountAccess access, String region) {
    this.access = access;
    this.region = new RegionCheck(access.accountId(), region);
  }

  private static Set<ErrorCode> codes(String... names) {
    return Arrays.stream(names).map(ErrorCode::of).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether another session may succeed. */
  public static boolean isOfCredentials(SdkException exception) {
    return exception instanceof AwsServiceException service
        && CREDENTIALS.contains(ErrorCode.of(service));
  }

  public AwsFailureException of(SdkException exception) {
    return new AwsFailureException(failure(exception), exception);
  }

  private AwsFailure failure(SdkException exception) {
    return region.failure(exception).orElseGet(() -> otherFailure(exception));
  }

  private AwsFailure otherFailure(SdkException exception) {
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
        : new Unavailable("account %s: AWS is unreachable: %s".formatted(access.accountId(), why));
  }

  private AwsFailure failure(AwsServiceException exception) {
    ErrorCode code = ErrorCode.of(exception);
    String text =
        "account %s: %s: %s"
            .formatted(access.accountId(), ErrorCode.spelling(exception), message(exception));
    if (exception.isThrottlingException() || exception.statusCode() >= 500) {
      return new Unavailable(text);
    }
    if (isOfCredentials(exception)) {
      return new Unavailable(
          text
              + "; the session of "
              + identity()
              + " has expired; the operator begins another one");
    }
    return FailedCall.of(exception)
        .flatMap(call -> ofOperation(call, code, text))
        .orElseGet(() -> ofCode(code, text));
  }

  /** The failures of which the operation tells more than the code. */
  private Optional<AwsFailure> ofOperation(FailedCall call, ErrorCode code, String text) {
    String operation = call.operation();
    boolean isDenied = DENIED.contains(code);
    boolean isInvalid = code.equals(ErrorCode.VALIDATION);
    if (namesKey(call) && (isDenied || isInvalid)) {
      return Optional.of(new Denied(text + aboutTheKey()));
    }
    if (isDenied && LOG_DELIVERY.contains(operation)) {
      return Optional.of(new Denied(text + addTheAction() + ", or set spec.logging.level to None"));
    }
    if (code.equals(FORBIDDEN) && MAKES_SCHEMAS.contains(operation)) {
      return Optional.of(new Denied(text + addTheAction() + MAYBE_FULL));
    }
    if (operation.equals("PutDeliverySource") && code.equals(ErrorCode.CONFLICT)) {
      return Optional.of(new Taken(text + DELIVERED_BY_OTHERS));
    }
    if (operation.equals("PutDeliverySource") && (isInvalid || code.equals(ErrorCode.NOT_FOUND))) {
      return Optional.of(new Invalid(text + MAYBE_NO_LOGS_HERE));
    }
    if (USED_BY_DELIVERIES.contains(operation) && code.equals(ErrorCode.CONFLICT)) {
      return Optional.of(new Taken(text + USED_BY_OTHERS));
    }
    if (operation.equals("PutRule") && QUOTA.contains(code)) {
      return Optional.of(new QuotaExceeded(text + MORE_ROOM + FEW_WILDCARDS));
    }
    if (operation.equals("StartReplay") && QUOTA.contains(code)) {
      return Optional.of(new QuotaExceeded(text + FEW_REPLAYS));
    }
    if (operation.equals("PutTargets") && isInvalid && namesRole(call)) {
      return Optional.of(new Conflicting(text + MAYBE_A_NEW_ROLE));
    }
    return Optional.empty();
  }

  private static boolean namesKey(FailedCall call) {
    return call.request()
        .getValueForField("KmsKeyIdentifier", String.class)
        .filter(key -> !key.isEmpty())
        .isPresent();
  }

  private static boolean namesRole(FailedCall call) {
    return call.request() instanceof PutTargetsRequest request
        && request.targets().stream().anyMatch(target -> target.roleArn() != null);
  }

  private String aboutTheKey() {
    return "; the call names the key of spec.encryption.kmsKeyIdentifier: the key must exist in the bus's Region and be enabled, and its policy must let "
        + identity()
        + " and events.amazonaws.com use it (see \"Customer keys\" in docs/aws-accounts.md)";
  }

  private String addTheAction() {
    return "; add the action to the permissions of " + identity();
  }

  private AwsFailure ofCode(ErrorCode code, String text) {
    if (DENIED.contains(code)) {
      return new Denied(text + addTheAction());
    }
    if (QUOTA.contains(code)) {
      return new QuotaExceeded(text + MORE_ROOM);
    }
    return CONFLICT.contains(code) ? new Conflicting(text) : new Invalid(text);
  }

  private String notAssumable(String why) {
    return access
        .roleArn()
        .map(role ->
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

  static String message(AwsServiceException exception) {
    return exception.awsErrorDetails() == null
        ? exception.getMessage()
        : exception.awsErrorDetails().errorMessage();
  }
}

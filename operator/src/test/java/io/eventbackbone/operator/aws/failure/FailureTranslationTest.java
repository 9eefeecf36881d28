package io.eventbackbone.operator.aws.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.client.FailedCall;
import io.eventbackbone.operator.aws.failure.AwsFailure.NoIdentity;
import io.eventbackbone.operator.aws.failure.AwsFailure.RoleNotAssumable;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusRequest;
import software.amazon.awssdk.services.sts.model.StsException;

class FailureTranslationTest {

  private static final AccountAccess ACCESS =
      new AccountAccess(
          "222222222222", Optional.of("arn:aws:iam::222222222222:role/op"), Optional.empty());

  private final FailureTranslation failures = new FailureTranslation(ACCESS, "eu-west-1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PutRule           | AccessDeniedException  | add the action to the permissions of role arn:aws:iam::222222222222:role/op
          PutRule           | LimitExceededException | have the quota raised, or delete unused resources (AWS does not raise the quota of 30 rules with wildcards on a bus)
          PutTargets        | LimitExceededException | have the quota raised
          PutDeliverySource | AccessDeniedException  | or set spec.logging.level to None
          DescribeDeliveries| AccessDeniedException  | or set spec.logging.level to None
          PutDeliverySource | ResourceNotFoundException | if EventBridge delivers no logs of buses in this Region, set spec.logging.level to None
          PutDeliverySource | ValidationException    | if EventBridge delivers no logs of buses in this Region, set spec.logging.level to None
          PutDeliverySource | ConflictException      | delete that delivery source
          DeleteDeliverySource | ConflictException   | delete that delivery first
          PutDeliverySource | ServiceQuotaExceededException | have the quota raised
          CreateSchema      | AccessDeniedException  | add the action to the permissions of role arn:aws:iam::222222222222:role/op
          CreateSchema      | ForbiddenException     | or have the quota raised, if the account has as many registries (10)
          CreateRegistry    | ForbiddenException     | add the action to the permissions
          PutRule           | ThrottlingException    | account 222222222222
          PutRule           | UnrecognizedClientException | the session of role arn:aws:iam::222222222222:role/op has expired
          """)
  void theMessageSaysWhatToDo(String operation, String code, String advice) {
    assertThat(failure(operation, code).message()).contains("as AWS says", advice);
  }

  /** Names of buses, rules and roles are among the words of AWS. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CreateEventBus | AccessDeniedException | no events:CreateEventBus on event-bus/local-bus-delivery-service, Deliver
          PutRule        | ValidationException   | rule KMS-kms:Decrypt cannot be assumed by principal of bus Cannot access provided service
          PutPermission  | ConflictException     | bus has already been used in another Delivery Source is not allowed for this LogSource
          """)
  void wordsOfTheMessageAreNoReasonForAdvice(String operation, String code, String message) {
    AwsFailure failure = failures.of(refusal(operation, code, message)).failure();
    assertThat(failure.message().replace(message, ""))
        .doesNotContain("spec.", "delivery", "trust policy", "Region");
    assertThat(failure.getClass())
        .isEqualTo(failures.of(refusal(operation, code, "as AWS says")).failure().getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "ValidationException"})
  void whatIsRefusedOfACallThatNamesAKeyMayBeForTheKey(String code) {
    AwsServiceException refusal = refusal(AwsServiceException.builder(), code, "no");
    refusal.addSuppressed(
        new FailedCall(
            "UpdateEventBus",
            UpdateEventBusRequest.builder().name("b").kmsKeyIdentifier("alias/k").build()));
    assertThat(failures.of(refusal).failure())
        .isInstanceOf(AwsFailure.Denied.class)
        .extracting(AwsFailure::message)
        .asString()
        .contains("spec.encryption.kmsKeyIdentifier", "and events.amazonaws.com use it");
    assertThat(failure("UpdateEventBus", code).message())
        .doesNotContain("spec.encryption.kmsKeyIdentifier");
  }

  @Test
  void aTargetsRoleMayBeNew() {
    AwsServiceException refusal =
        refusal(AwsServiceException.builder(), "ValidationException", "no");
    refusal.addSuppressed(
        new FailedCall(
            "PutTargets",
            PutTargetsRequest.builder().targets(Target.builder().roleArn("r").build()).build()));
    assertThat(failures.of(refusal).failure())
        .isInstanceOf(AwsFailure.Conflicting.class)
        .extracting(AwsFailure::message)
        .asString()
        .contains("must admit events.amazonaws.com");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException,  Denied",
    "ConflictException,      Conflicting",
    "ForbiddenException,     Denied",
    "LimitExceededException, QuotaExceeded",
    "ThrottlingException,    Unavailable",
    "ExpiredTokenException,       Unavailable",
    "ExpiredToken,                Unavailable",
    "UnrecognizedClientException, Unavailable",
    "InvalidClientTokenId,        Unavailable",
    "com.amazonaws.sqs#QueueDeletedRecently,          Conflicting",
    "AWS.SimpleQueueService.QueueDeletedRecently,     Conflicting",
    "QueueDeletedRecently,                            Conflicting",
    "AWS.SimpleQueueService.NonExistentQueue,         Conflicting",
    "QueueDoesNotExist,                               Conflicting",
    "AWS.SimpleQueueService.QueueNameExists,          Conflicting",
    "OverLimit,                                       QuotaExceeded",
    "com.amazonaws.events#AccessDeniedException:http://x.com/, Denied",
  })
  void theKindDecidesWhetherItIsTriedAgainSoon(String code, String kind) {
    assertThat(failure("CreateQueue", code))
        .extracting(it -> it.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  /** As emulators and proxies answer what they don't know. */
  @Test
  void anAnswerWithoutACodeIsAFailureAsAnyOther() {
    AwsServiceException noCode = refusal(AwsServiceException.builder(), null, "not found");
    assertThat(FailureTranslation.isOfCredentials(noCode)).isFalse();
    assertThat(failures.of(noCode).failure()).isInstanceOf(AwsFailure.Invalid.class);
  }

  @Test
  void aRoleThatIsNotAssumedMayBeUpToEitherSide() {
    AwsFailure failure =
        failures
            .of((StsException) refusal(StsException.builder(), "AccessDenied", "not authorized"))
            .failure();
    assertThat(failure)
        .isInstanceOf(RoleNotAssumable.class)
        .extracting(AwsFailure::message)
        .asString()
        .contains("its trust policy admits the operator's identity")
        .contains("the operator's own role may assume it (sts:AssumeRole)");
  }

  /** With the words of the SDK in use, which the next one may change. */
  @Test
  void whoHasNoCredentialsIsTold() {
    AwsCredentialsProviderChain unset =
        AwsCredentialsProviderChain.of(
            WebIdentityTokenFileCredentialsProvider.create(),
            ContainerCredentialsProvider.create());
    SdkClientException none =
        catchThrowableOfType(SdkClientException.class, unset::resolveCredentials);
    assertThat(failures.of(none).failure())
        .isInstanceOf(NoIdentity.class)
        .extracting(AwsFailure::message)
        .asString()
        .contains("set aws.roleArn", "EKS Pod Identity", none.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Unable to load credentials from any of the providers in the chain …: Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE or the javaproperty aws.webIdentityTokenFile must be set. | NoIdentity
          Unable to load credentials from any of the providers in the chain …: Not authorized to perform sts:AssumeRoleWithWebIdentity (Service: Sts, Status Code: 403, Request ID: 1) | NoIdentity
          Unable to load credentials from any of the providers in the chain …: Slow down (Service: Sts, Status Code: 503, Request ID: 1) | Unavailable
          Unable to load credentials from any of the providers in the chain …: Received an UnknownHostException when attempting to interact with a service. | Unavailable
          Unable to load credentials from any of the providers in the chain …: Unable to execute HTTP request: Connect to https://sts.eu-west-1.amazonaws.com failed | Unavailable
          Unable to load credentials from any of the providers in the chain …: ContainerCredentialsProvider(): Failed to load credentials from metadata service. | Unavailable
          Unable to execute HTTP request: Connect to https://sts.eu-west-1.amazonaws.com failed | Unavailable
          """)
  void whoCannotReachAwsIsNotWhoHasNoCredentials(String message, String kind) {
    assertThat(failures.of(SdkClientException.create(message)).failure())
        .extracting(it -> it.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  /** As the SDK throws it of a host that no name server knows. */
  @ParameterizedTest
  @CsvSource({
    "eu-west-9, events.eu-west-9.amazonaws.com, NoSuchRegion, AWS has no Region eu-west-9",
    "eu-west-1, events.eu-west-1.amazonaws.com, Unavailable, in Region eu-west-1",
    "eu-west-9, sts.eu-west-1.amazonaws.com, Unavailable, AWS is unreachable: host",
  })
  void aHostThatIsUnknownMayBeThatOfNoRegion(
      String region, String host, String kind, String message) {
    SdkClientException unknown =
        SdkClientException.create(
            "Received an UnknownHostException when attempting to interact with a service.",
            new UnknownHostException(host + ": Name or service not known"));

    assertThat(new FailureTranslation(ACCESS, region).of(unknown).failure())
        .satisfies(failure -> {
          assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
          assertThat(failure.message())
              .contains("account 222222222222", message, "host " + host + " can't be found");
          assertThat(failure.recovery()).isEqualTo(AwsFailure.Recovery.RETRY);
        });
  }

  /** As an endpoint answers that is asked for another Region. */
  @ParameterizedTest
  @CsvSource({
    "InvalidSignatureException, eu-west-9, NoSuchRegion",
    "SignatureDoesNotMatch, eu-west-9, NoSuchRegion",
    "InvalidSignatureException, eu-west-1, Invalid",
    "AccessDeniedException, eu-west-9, Denied",
  })
  void aSignatureForNoRegionIsRefused(String code, String region, String kind) {
    assertThat(
            new FailureTranslation(ACCESS, region)
                .of(refusal("ListEventBuses", code, "as AWS says"))
                .failure())
        .extracting(failure -> failure.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  private AwsFailure failure(String operation, String code) {
    return failures.of(refusal(operation, code, "as AWS says")).failure();
  }

  private static AwsServiceException refusal(String operation, String code, String message) {
    AwsServiceException refusal = refusal(AwsServiceException.builder(), code, message);
    refusal.addSuppressed(new FailedCall(operation, PutRuleRequest.builder().build()));
    return refusal;
  }

  private static AwsServiceException refusal(
      AwsServiceException.Builder builder, String code, String message) {
    return builder
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}

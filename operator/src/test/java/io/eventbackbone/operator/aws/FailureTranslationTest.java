package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbackbone.operator.aws.AwsFailure.NoIdentity;
import io.eventbackbone.operator.aws.AwsFailure.RoleNotAssumable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.sts.model.StsException;

class FailureTranslationTest {

  private final FailureTranslation failures =
      new FailureTranslation(
          new AccountAccess(
              "222222222222", Optional.of("arn:aws:iam::222222222222:role/op"), Optional.empty()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AccessDeniedException  | not authorized to perform: events:PutRule                      | add the action to the permissions of role arn:aws:iam::222222222222:role/op
          AccessDeniedException  | not authorized to perform: kms:GenerateDataKey on resource: k  | its policy must let role arn:aws:iam::222222222222:role/op and events.amazonaws.com use it
          ValidationException    | KMS key arn:aws:kms:eu-west-1:222222222222:key/k is not enabled | spec.encryption.kmsKeyIdentifier
          LimitExceededException | The requested resource exceeds the maximum number allowed      | have the quota raised
          AccessDeniedException  | not authorized to perform: logs:PutDeliverySource              | add the action to the permissions of role arn:aws:iam::222222222222:role/op, or set spec.logging.level to None
          AccessDeniedException  | not authorized to perform: events:AllowVendedLogDeliveryForResource | set spec.logging.level to None
          ResourceNotFoundException | Cannot access provided service.                             | in this Region: set spec.logging.level to None
          ValidationException    | This service is not allowed for this LogSource.                | in this Region: set spec.logging.level to None
          ConflictException      | This ResourceId has already been used in another Delivery Source in this account. | delete that delivery source
          ServiceQuotaExceededException | Too many delivery sources                               | have the quota raised
          ThrottlingException    | Rate exceeded                                                  | account 222222222222
          UnrecognizedClientException | The security token included in the request is invalid.    | the session of role arn:aws:iam::222222222222:role/op is over
          """)
  void theMessageSaysWhatToDo(String code, String message, String advice) {
    assertThat(failure(code, message).message()).contains(message, advice);
  }

  /** AWS does not say which. */
  @Test
  void aLimitOfEventBridgeMayBeOneThatCanNotBeRaised() {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode("LimitExceededException")
            .errorMessage("The requested resource exceeds the maximum number allowed")
            .build();
    assertThat(
            failures
                .of(
                    LimitExceededException.builder()
                        .statusCode(400)
                        .awsErrorDetails(details)
                        .build())
                .failure()
                .message())
        .contains(
            "have the quota raised", "of the 30 rules with wildcards of a bus nobody has more");
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
  })
  void theKindDecidesWhetherItIsTriedAgainSoon(String code, String kind) {
    assertThat(failure(code, "no")).extracting(it -> it.getClass().getSimpleName()).isEqualTo(kind);
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

  private AwsFailure failure(String code, String message) {
    return failures.of(refusal(AwsServiceException.builder(), code, message)).failure();
  }

  private static AwsServiceException refusal(
      AwsServiceException.Builder builder, String code, String message) {
    return builder
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}

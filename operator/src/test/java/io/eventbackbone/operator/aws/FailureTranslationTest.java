package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;

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
        .contains("have the quota raised", "a bus takes 30 rules with wildcards and no more");
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

  private AwsFailure failure(String code, String message) {
    return failures
        .of(
            AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                .build())
        .failure();
  }
}

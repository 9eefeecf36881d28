package io.eventbackbone.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbackbone.sandbox.Sandbox;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sts.StsClient;

class RegionsTest {

  @Test
  void areThoseOfTheSdk() {
    assertThat(Regions.all())
        .containsExactlyInAnyOrderElementsOf(
            Region.regions().stream()
                .filter(Predicate.not(Region::isGlobalRegion))
                .map(Region::id)
                .toList());
  }

  @Test
  void anotherRegionIsRefusedByTheHostThatAwsDoesNotHave() {
    try (Sandbox sandbox = Sandbox.start();
        EventBridgeClient events = in("eu-west-9", EventBridgeClient.builder(), sandbox);
        StsClient sts = in("eu-west-9", StsClient.builder(), sandbox)) {
      var refused =
          catchThrowableOfType(AwsServiceException.class, () -> events.listEventBuses(it -> {}));
      var refusedBySts =
          catchThrowableOfType(AwsServiceException.class, () -> sts.getCallerIdentity());

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
      assertThat(refused.awsErrorDetails().errorMessage())
          .isEqualTo(
              "Credential should be scoped to a valid region, not 'eu-west-9': AWS has no host"
                  + " events.eu-west-9.amazonaws.com.");
      assertThat(refusedBySts.statusCode()).isEqualTo(403);
      assertThat(refusedBySts.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
      assertThat(sandbox.calls()).isEmpty();
    }
  }

  private static <C> C in(String region, AwsClientBuilder<?, C> builder, Sandbox sandbox) {
    builder.endpointOverride(sandbox.endpoint());
    builder.region(Region.of(region));
    builder.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "secret")));
    return builder.build();
  }
}

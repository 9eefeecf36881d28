package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Sessions that begin otherwise than by AssumeRole. */
class StsTest {

  private static final String ACCOUNT = "111111111111";
  private static final String ROLE = "arn:aws:iam::111111111111:role/orders";
  private static final String ISSUER = "oidc.example.com/id/1";
  private static final String SUBJECT = "system:serviceaccount:orders:orders";

  private final long inAnHour = Instant.now().getEpochSecond() + 3600;
  private final Sandbox sandbox = Sandbox.start();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aServiceAccountBecomesTheRoleThatTrustsIt(@TempDir Path folder) throws IOException {
    declareRole(folder);

    AssumeRoleWithWebIdentityResponse answer = assume(token(ISSUER, SUBJECT, inAnHour));

    assertThat(answer.subjectFromWebIdentityToken()).isEqualTo(SUBJECT);
    assertThat(answer.audience()).isEqualTo("sts.amazonaws.com");
    assertThat(answer.provider()).isEqualTo("arn:aws:iam::111111111111:oidc-provider/" + ISSUER);
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::111111111111:assumed-role/orders/me");
    assertThat(identity(answer.credentials())).isEqualTo(answer.assumedRoleUser().arn());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          oidc.example.com/id/1 | system:serviceaccount:orders:other  | 3600 | AccessDenied
          oidc.example.com/id/2 | system:serviceaccount:orders:orders | 3600 | AccessDenied
          oidc.example.com/id/1 | system:serviceaccount:orders:orders | -1   | ExpiredTokenException
          """)
  void othersDoNot(
      String issuer, String subject, long secondsLeft, String code, @TempDir Path folder)
      throws IOException {
    declareRole(folder);

    assertThatThrownBy(
            () -> assume(token(issuer, subject, Instant.now().getEpochSecond() + secondsLeft)))
        .isInstanceOfSatisfying(
            StsException.class,
            refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  @Test
  void aTextThatIsNoTokenIsRefused() {
    assertThatThrownBy(() -> assume("no.token.here"))
        .isInstanceOfSatisfying(
            StsException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidIdentityToken"));
  }

  @Test
  void anAccountGetsTemporaryKeysAndASessionOfARoleDoesNot(@TempDir Path folder)
      throws IOException {
    Credentials ofRole;
    Credentials ofAccount;
    try (StsClient sts = client(keys(AwsBasicCredentials.create(ACCOUNT, "any")))) {
      ofRole = sts.assumeRole(it -> it.roleArn(ROLE).roleSessionName("me")).credentials();
      ofAccount = sts.getSessionToken(it -> it.durationSeconds(900)).credentials();
    }
    declareRole(folder);

    assertThat(identity(ofAccount)).isEqualTo("arn:aws:iam::111111111111:root");
    try (StsClient sts = client(keys(session(ofRole)))) {
      assertThatThrownBy(sts::getSessionToken).isInstanceOf(StsException.class);
    }
  }

  private void declareRole(Path folder) throws IOException {
    Path seed = folder.resolve("seed.yaml");
    Files.writeString(
        seed,
        """
        accounts:
          "111111111111":
            roles:
              orders:
                trustPolicy:
                  Statement:
                  - Effect: Allow
                    Principal: {Federated: "arn:aws:iam::111111111111:oidc-provider/%1$s"}
                    Action: sts:AssumeRoleWithWebIdentity
                    Condition:
                      StringEquals: {"%1$s:sub": "%2$s", "%1$s:aud": sts.amazonaws.com}
        """
            .formatted(ISSUER, SUBJECT));
    sandbox.plant(seed);
  }

  private AssumeRoleWithWebIdentityResponse assume(String token) {
    try (StsClient sts = client(AnonymousCredentialsProvider.create())) {
      return sts.assumeRoleWithWebIdentity(
          it -> it.roleArn(ROLE).roleSessionName("me").webIdentityToken(token));
    }
  }

  /** As Kubernetes makes it for a service account, without a signature that counts. */
  private static String token(String issuer, String subject, long expiration) {
    String claims =
        "{\"iss\":\"https://%s\",\"sub\":\"%s\",\"aud\":[\"sts.amazonaws.com\"],\"exp\":%d}"
            .formatted(issuer, subject, expiration);
    return "%s.%s.%s".formatted(base64("{\"alg\":\"RS256\"}"), base64(claims), base64("signature"));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String identity(Credentials credentials) {
    try (StsClient sts = client(keys(session(credentials)))) {
      return sts.getCallerIdentity().arn();
    }
  }

  private static AwsSessionCredentials session(Credentials credentials) {
    return AwsSessionCredentials.create(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  private static AwsCredentialsProvider keys(AwsBasicCredentials keys) {
    return StaticCredentialsProvider.create(keys);
  }

  private static AwsCredentialsProvider keys(AwsSessionCredentials keys) {
    return StaticCredentialsProvider.create(keys);
  }

  private StsClient client(AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(credentials)
        .build();
  }
}

package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.access.AccessDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the operator enters accounts. */
class AwsSessionsIT {

  private static final String ACCOUNT = "222222222222";
  private static final String ROLE = "arn:aws:iam::222222222222:role/operator";
  private static final String REGION = "eu-west-1";

  private final Sandbox sandbox = Sandbox.start();
  private final AwsSessions sessions =
      new LocalAws(sandbox.endpoint())
          .sessions("prod.eu/1", LocalAws.root(LocalAws.OPERATOR_ACCOUNT), Clock.systemUTC());

  @BeforeEach
  void declareTheRole(@TempDir Path folder) throws IOException {
    sandbox.plant(
        Files.writeString(
            folder.resolve("seed.yaml"),
            """
            accounts:
              "222222222222":
                roles:
                  operator:
                    trustPolicy:
                      Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Principal: {AWS: "999999999999"}
                          Action: [sts:AssumeRole, sts:SetSourceIdentity]
            """));
  }

  @AfterEach
  void leave() {
    sessions.close();
    sandbox.close();
  }

  /** Both are what CloudTrail shows of who did something. */
  @Test
  void theSessionsNameAndItsSourceIdentityTellTheCluster() {
    assertThat(sessions.session(access("one"), REGION).identity().arn())
        .isEqualTo("arn:aws:sts::222222222222:assumed-role/operator/event-backbone-prod-eu-");
    assertThat(sandbox.decisions())
        .filteredOn(decision -> decision.action().equals("sts:SetSourceIdentity"))
        .filteredOn(AccessDecision::isAllowed)
        .flatExtracting(decision -> decision.context().valuesOf("sts:SourceIdentity"))
        .containsExactly("event-backbone-prod-eu-1");
  }

  @Test
  void aSessionIsKeptUntilTheAccountIsEnteredInAnotherWay() {
    AwsSession session = sessions.session(access("one"), REGION);
    assertThat(sessions.session(access("one"), REGION)).isSameAs(session);
    assertThat(sessions.session(access("one"), "eu-west-2")).isNotSameAs(session);
    assertThat(sessions.session(access("another"), REGION)).isNotSameAs(session);
    assertThat(sessions.session(access("one"), REGION)).isNotSameAs(session);
  }

  @Test
  void nothingIsKeptOfAnAccountThatIsForgotten() {
    AwsSession session = sessions.session(access("one"), REGION);
    sessions.forget(ACCOUNT);
    assertThat(sessions.session(access("one"), REGION)).isNotSameAs(session);
  }

  private static AccountAccess access(String externalId) {
    return new AccountAccess(ACCOUNT, Optional.of(ROLE), Optional.of(externalId));
  }
}

package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.operator.bootstrap.SessionPolicy;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.access.AccessDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** The session in which the operator works, when the role itself allows everything. */
class AssumedRoleIT {

  private static final String ACCOUNT = "222222222222";
  private static final String ROLE = "arn:aws:iam::222222222222:role/administrator";

  private final Sandbox sandbox = Sandbox.start();
  private final LocalAws aws = new LocalAws(sandbox.endpoint());
  private final StsClient sts =
      aws.client(StsClient.builder(), LocalAws.root(LocalAws.OPERATOR_ACCOUNT)).build();
  private final AssumedRole role =
      new AssumedRole(
          sts,
          AssumeRoleRequest.builder()
              .roleArn(ROLE)
              .roleSessionName("event-backbone-it")
              .policy(SessionPolicy.of(new AccountScope(ACCOUNT, "eu-west-1")))
              .build(),
          "event-backbone-it");

  @AfterEach
  void leave() {
    role.close();
    sts.close();
    sandbox.close();
  }

  @Test
  void theSessionDoesWhatTheOperatorNeedsAndNothingElse(@TempDir Path folder) throws IOException {
    trust(folder, "[sts:AssumeRole, sts:SetSourceIdentity]");
    try (SqsClient sqs = aws.client(SqsClient.builder(), role).build();
        EventBridgeClient events = aws.client(EventBridgeClient.builder(), role).build()) {
      events.createEventBus(it -> it.name("any-bus"));
      String queue = sqs.createQueue(it -> it.queueName("any-bus-dlq")).queueUrl();

      assertThatThrownBy(() -> sqs.receiveMessage(it -> it.queueUrl(queue)))
          .hasMessageContaining("no session policy allows");
      assertThatThrownBy(() -> sqs.createQueue(it -> it.queueName("payroll")))
          .hasMessageContaining("no session policy allows");
      assertThatThrownBy(() ->
              events.putRule(it ->
                  it.eventBusName("any-bus").name("theirs").eventPattern("{\"source\":[\"a\"]}")))
          .hasMessageContaining("no session policy allows");
    }
    assertThat(sandbox.decisions())
        .filteredOn(AccessDecision::isAllowed)
        .extracting(AccessDecision::action)
        .contains("sts:SetSourceIdentity");
  }

  @Test
  void aRoleThatTakesNoSourceIdentityIsAssumedWithout(@TempDir Path folder) throws IOException {
    trust(folder, "sts:AssumeRole");
    assertThat(role.resolveCredentials().accessKeyId()).isNotEmpty();
  }

  /** AssumeRole tells it, which saves a call in each account. */
  @Test
  void theFirstSessionTellsWhomItActsAs(@TempDir Path folder) throws IOException {
    trust(folder, "[sts:AssumeRole, sts:SetSourceIdentity]");
    assertThat(role.begin())
        .contains(
            new CallerIdentity(
                ACCOUNT, "arn:aws:sts::222222222222:assumed-role/administrator/event-backbone-it"));
    assertThat(role.begin()).isEmpty();
  }

  @Test
  void aRoleThatTrustsSomebodyElseIsNotAssumed(@TempDir Path folder) throws IOException {
    trust(folder, "sts:TagSession");
    assertThatThrownBy(role::resolveCredentials).hasMessageContaining("sts:AssumeRole");
  }

  private void trust(Path folder, String actions) throws IOException {
    sandbox.plant(
        Files.writeString(
            folder.resolve("seed.yaml"),
            """
            accounts:
              "222222222222":
                roles:
                  administrator:
                    trustPolicy:
                      Version: "2012-10-17"
                      Statement:
                        - {Effect: Allow, Principal: {AWS: "999999999999"}, Action: %s}
                    policies:
                      all:
                        Version: "2012-10-17"
                        Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
            """
                .formatted(actions)));
  }
}

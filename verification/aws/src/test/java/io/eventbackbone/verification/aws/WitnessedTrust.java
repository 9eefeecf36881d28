package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.core.model.Manifests;
import org.junit.jupiter.api.Test;

/** How the operator gets into an account, and what it says as long as it doesn't. */
abstract class WitnessedTrust extends Witnessed {

  private static final String ROLE = "arn:aws:iam::111111111111:role/event-backbone-operator";

  /** What becomes of the backbone once its role may do everything. */
  abstract void awaitPermitted(Cluster cluster);

  @Test
  void theRoleTheTrustTheExternalIdAndThePermissionsAreAllNeeded() {
    // The sandbox lets everybody into an account that has no roles at all.
    boto3()
        .administer(
            "111111111111",
            """
            - - iam
              - create_role
              - RoleName: another
                AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
            """);
    cluster().apply(account());
    assertThat(refusedAccount()).contains(ROLE);

    boto3()
        .administer(
            "111111111111",
            """
            - - iam
              - create_role
              - RoleName: event-backbone-operator
                AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::888888888888:root"},"Action":"sts:AssumeRole"}]}'
            """);
    cluster().apply(account("externalId: of-another-operator"));
    assertThat(refusedAccount()).contains(ROLE);

    boto3()
        .administer(
            "111111111111",
            """
            - - iam
              - update_assume_role_policy
              - RoleName: event-backbone-operator
                PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"backbone-7c1f"}}}]}'
            """);
    cluster().apply(account("externalId: wrong"));
    assertThat(refusedAccount()).contains(ROLE, "external id");

    cluster().apply(account("externalId: backbone-7c1f"));
    cluster().awaitReady();

    cluster().apply(backbone());
    assertThat(cluster().awaitRefusal(EventBackbone.class, "AccessDenied"))
        .contains("add the action to the permissions of role " + ROLE);

    boto3()
        .administer(
            "111111111111",
            """
            - - iam
              - put_role_policy
              - RoleName: event-backbone-operator
                PolicyName: backbone
                PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["events:*","sqs:*","logs:*"],"Resource":"*"}]}'
            """);
    cluster().apply(backbone("audit: {retentionDays: 30}"));
    awaitPermitted(cluster());
  }

  private static String account(String... more) {
    return Manifests.account(
        "backbone", "111111111111", Manifests.with(more, "allowedNamespaces: {from: All}"));
  }

  private static String backbone(String... more) {
    return Manifests.of(
        "EventBackbone",
        "default/main",
        Manifests.with(more, "accountRef: {name: backbone}", "region: eu-west-1"));
  }

  private String refusedAccount() {
    return cluster().awaitRefusal(AwsAccount.class, "RoleNotAssumable");
  }
}

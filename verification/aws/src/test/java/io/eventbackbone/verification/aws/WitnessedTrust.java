package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the operator gets into an account, and what it says as long as it doesn't. */
@ExtendWith(RealKubeApi.class)
abstract class WitnessedTrust {

  private static final String ROLE = "arn:aws:iam::111111111111:role/event-backbone-operator";

  private static final String ACCOUNT =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: backbone}
      spec:
        accountId: "111111111111"
        roleArn: arn:aws:iam::111111111111:role/event-backbone-operator
        allowedNamespaces: {from: All}
      """;

  private static final String BACKBONE =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventBackbone
      metadata: {name: main, namespace: default}
      spec:
        accountRef: {name: backbone}
        region: eu-west-1
      """;

  private Aws aws;
  private Boto3 boto3;
  private Cluster cluster;

  /** A new AWS in which nobody has made anything. */
  abstract Aws start();

  /** What becomes of the backbone once its role may do everything. */
  abstract void awaitPermitted(Cluster cluster);

  @BeforeEach
  void enter(KubernetesClient client) {
    aws = start();
    boto3 = new Boto3(getClass(), aws.endpoint());
    cluster = new Cluster(client, aws.endpoint());
  }

  @AfterEach
  void leave() {
    cluster.close();
    aws.close();
  }

  @Test
  void theRoleTheTrustTheExternalIdAndThePermissionsAreAllNeeded() {
    // The sandbox lets everybody into an account that has no roles at all.
    boto3.administer(
        "111111111111",
        """
        - - iam
          - create_role
          - RoleName: another
            AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
        """);
    cluster.apply(ACCOUNT);
    assertThat(refusedAccount()).contains(ROLE);

    boto3.administer(
        "111111111111",
        """
        - - iam
          - create_role
          - RoleName: event-backbone-operator
            AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::888888888888:root"},"Action":"sts:AssumeRole"}]}'
        """);
    cluster.apply(ACCOUNT + "  externalId: of-another-operator\n");
    assertThat(refusedAccount()).contains(ROLE);

    boto3.administer(
        "111111111111",
        """
        - - iam
          - update_assume_role_policy
          - RoleName: event-backbone-operator
            PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"backbone-7c1f"}}}]}'
        """);
    cluster.apply(ACCOUNT + "  externalId: wrong\n");
    assertThat(refusedAccount()).contains(ROLE, "external id");

    cluster.apply(ACCOUNT + "  externalId: backbone-7c1f\n");
    cluster.awaitReady();

    cluster.apply(BACKBONE);
    assertThat(cluster.awaitRefusal(EventBackbone.class, "AccessDenied"))
        .contains("add the action to the permissions of role " + ROLE);

    boto3.administer(
        "111111111111",
        """
        - - iam
          - put_role_policy
          - RoleName: event-backbone-operator
            PolicyName: backbone
            PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["events:*","sqs:*","logs:*"],"Resource":"*"}]}'
        """);
    cluster.apply(BACKBONE + "  audit: {retentionDays: 30}\n");
    awaitPermitted(cluster);
  }

  private String refusedAccount() {
    return cluster.awaitRefusal(AwsAccount.class, "RoleNotAssumable");
  }
}

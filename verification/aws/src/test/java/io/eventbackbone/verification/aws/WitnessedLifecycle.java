package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the operator makes of the example in AWS, from the first manifest to the last deletion, as
 * boto3 reads it: no line of this project is between what AWS answers and what is expected.
 */
abstract class WitnessedLifecycle extends Witnessed {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String BACKBONE = "111111111111";
  private static final String ORDERS = "222222222222";
  private static final String DELIVERIES = "333333333333";
  private static final String BILLING = "444444444444";

  private static final Expected ECOMMERCE = Expected.of(BACKBONE, ORDERS, DELIVERIES);

  /** What this AWS tells where the real one tells what is expected. */
  abstract Expected asToldHere(Expected expected);

  @Test
  void theExampleIsInAwsWordForWord() {
    converge(Cluster.ecommerce());
    assertAws(ECOMMERCE);
  }

  @Test
  void aChangeOfAFilterChangesThePatternAndNothingElse() {
    converge(Cluster.ecommerce());
    converge(
        Cluster.ecommerce()
            .replace(
                "    - Order.Created\n",
                """
                    - Order.Created
                    - Order.Cancelled
                    pattern: {detail: {data: {total: [{numeric: [">=", 100]}]}}}
                """));
    assertAws(
        ECOMMERCE.but(
            List.of(
                DELIVERIES,
                "buses",
                "local-bus-delivery-service",
                "rules",
                "orders-c969e9ec",
                "EventPattern"),
            """
            detail-type: [Order.Cancelled, Order.Created] # any of them, so in the order of letters
            detail: {data: {total: [{numeric: [">=", 100]}]}}
            """));
  }

  @Test
  void aSuspendedSubscriptionIsADisabledRuleAndNothingElse() {
    converge(Cluster.ecommerce());
    String suspended =
        Cluster.ecommerce()
            .replace("    - Order.Created\n", "    - Order.Created\n  suspend: true\n");
    converge(suspended);
    assertAws(
        ECOMMERCE.but(
            List.of(
                DELIVERIES,
                "buses",
                "local-bus-delivery-service",
                "rules",
                "orders-c969e9ec",
                "State"),
            "DISABLED"));
    converge(suspended.replace("suspend: true", "suspend: false"));
    assertAws(ECOMMERCE);
  }

  @Test
  void anAccountThatJoinsGetsItsOwnPartAndLeavesWithIt() {
    converge(Cluster.ecommerce().replace("  region:", "  deletionPolicy: Delete\n  region:"));
    converge(Yaml.text("billing.yaml"));
    assertAws(
        Expected.of(BACKBONE, ORDERS, DELIVERIES, BILLING)
            .but(
                List.of(BACKBONE, "buses", "global-bus", "Policy"),
                """
                Version: "2012-10-17"
                Statement:
                - Sid: event-backbone-publishers
                  Effect: Allow
                  Principal:
                    AWS:
                    - arn:aws:iam::222222222222:root
                    - arn:aws:iam::333333333333:root
                    - arn:aws:iam::444444444444:root
                  Action: ["events:PutEvents"]
                  Resource: ["arn:aws:events:eu-west-1:111111111111:event-bus/global-bus"]
                """)
            .but(
                List.of(BACKBONE, "buses", "global-bus", "rules", "globalToBillingService"),
                """
                Arn: arn:aws:events:eu-west-1:111111111111:rule/global-bus/globalToBillingService
                CreatedBy: "111111111111"
                EventBusName: global-bus
                EventPattern: {account: [{anything-but: ["444444444444"]}]}
                Name: globalToBillingService
                State: ENABLED
                tags:
                  eventbackbone.io/managed-by: event-backbone-operator
                  eventbackbone.io/owner: witness/ServiceAccountBus/billing/billing
                targets:
                - Id: Target0
                  Arn: arn:aws:events:eu-west-1:444444444444:event-bus/local-bus-billing-service
                  RoleArn: arn:aws:iam::111111111111:role/event-backbone-forwarding
                  DeadLetterConfig: {Arn: "arn:aws:sqs:eu-west-1:111111111111:global-bus-dlq"}
                """));

    cluster().delete(Yaml.text("billing.yaml"));
    awaitAws(ECOMMERCE);
    assertAws(Expected.untouched(BILLING));
  }

  @Test
  void whatSomebodyElseChangesComesBackAndWhatTheyAddStays() {
    converge(Cluster.ecommerce().replace("  region:", "  audit: {retentionDays: 7}\n  region:"));
    cluster().whileTheOperatorIsAway(this::changeMuch);
    awaitAws(
        ECOMMERCE.but(
            List.of(BACKBONE, "buses", "global-bus", "Policy", "Statement"),
            """
            - Sid: event-backbone-publishers
              Effect: Allow
              Principal: {AWS: ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"]}
              Action: ["events:PutEvents"]
              Resource: ["arn:aws:events:eu-west-1:111111111111:event-bus/global-bus"]
            - Sid: theirs
              Effect: Allow
              Principal: {AWS: ["arn:aws:iam::555555555555:root"]}
              Action: ["events:PutEvents"]
              Resource: ["arn:aws:events:eu-west-1:111111111111:event-bus/global-bus"]
            """));
  }

  private void changeMuch() {
    boto3()
        .change(
            BACKBONE,
            """
            - [events, remove_targets, {EventBusName: global-bus, Rule: globalToOrderService, Ids: [Target0]}]
            - [events, delete_rule, {EventBusName: global-bus, Name: globalToOrderService}]
            - [events, disable_rule, {EventBusName: global-bus, Name: globalToDeliveryService}]
            - [events, put_permission, {EventBusName: global-bus, StatementId: theirs, Action: "events:PutEvents", Principal: "555555555555"}]
            - [events, remove_permission, {EventBusName: global-bus, StatementId: event-backbone-publishers}]
            - [logs, put_retention_policy, {logGroupName: /aws/events/global-bus, retentionInDays: 1}]
            """);
    boto3()
        .change(
            DELIVERIES,
            """
            - [sqs, set_queue_attributes, {QueueUrl: "%1$s/333333333333/orders-c969e9ec", Attributes: {VisibilityTimeout: "5", RedrivePolicy: ""}}]
            - [sqs, delete_queue, {QueueUrl: "%1$s/333333333333/local-bus-delivery-service-dlq"}]
            - [logs, delete_resource_policy, {policyName: event-backbone-local-bus-delivery-service}]
            """
                .formatted(aws().endpoint()));
  }

  @Test
  void deletionWithDeleteLeavesNothing() {
    converge(Cluster.ecommerce().replace("  region:", "  deletionPolicy: Delete\n  region:"));
    cluster().deleteAll();
    assertAws(Expected.untouched(BACKBONE, ORDERS, DELIVERIES));
  }

  @Test
  void deletionWithRetainLeavesEverythingButTheRightToPublishUntilItIsAppliedAgain() {
    converge(Cluster.ecommerce());
    cluster().deleteAll();
    assertAws(ECOMMERCE.released().lacking(List.of(BACKBONE, "buses", "global-bus", "Policy")));
    converge(Cluster.ecommerce());
    assertAws(ECOMMERCE);
  }

  private void converge(String manifests) {
    cluster().apply(manifests);
    cluster().awaitReady();
  }

  private void assertAws(Expected expected) {
    assertThat(differences(expected)).isEmpty();
  }

  private void awaitAws(Expected expected) {
    await().atMost(PATIENCE).untilAsserted(() -> assertAws(expected));
  }

  private List<String> differences(Expected expected) {
    return asToldHere(expected).differences(boto3().read(expected.numbers()));
  }
}

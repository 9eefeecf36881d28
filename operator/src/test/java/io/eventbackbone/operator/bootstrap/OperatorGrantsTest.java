package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.sandbox.access.AccessDecision;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.iam.PolicyAuthorizer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator may and may not do, by the sandbox's evaluation of its policy. */
class OperatorGrantsTest {

  private static final RequestContext OURS =
      RequestContext.NONE
          .withResourceTags(Map.of(Owner.MANAGED_BY_TAG, Owner.MANAGED_BY))
          .withRequestTags(new Owner("c", "k", "ns", "n").tags());
  private static final RequestContext OTHERS =
      RequestContext.NONE
          .withResourceTags(Map.of("team", "billing"))
          .withRequestTags(Map.of("team", "billing"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BACKBONE | events:PutRule        | events:eu-west-1:111111111111:rule/global-bus/globalToOrders   | OURS   | true
          BACKBONE | events:PutRule        | events:eu-west-1:111111111111:rule/global-bus/of-somebody      | OURS   | false
          BACKBONE | events:PutRule        | events:eu-west-1:111111111111:rule/other-bus/globalToOrders    | OURS   | false
          BACKBONE | events:PutRule        | events:eu-central-1:111111111111:rule/global-bus/globalToX     | OURS   | false
          BACKBONE | events:DeleteRule     | events:eu-west-1:111111111111:rule/global-bus/globalToOrders   | OURS   | true
          BACKBONE | events:DeleteRule     | events:eu-west-1:111111111111:rule/global-bus/globalToOrders   | OTHERS | false
          BACKBONE | events:DescribeRule   | events:eu-west-1:111111111111:rule/global-bus/globalToOrders   | OTHERS | true
          BACKBONE | events:DeleteEventBus | events:eu-west-1:111111111111:event-bus/global-bus             | OTHERS | false
          BACKBONE | events:DeleteEventBus | events:eu-west-1:111111111111:event-bus/default                | OURS   | false
          BACKBONE | events:CreateArchive  | events:eu-west-1:111111111111:archive/event-backbone-global-bus | OTHERS | true
          BACKBONE | sqs:CreateQueue       | sqs:eu-west-1:111111111111:global-bus-dlq                      | OURS   | true
          BACKBONE | sqs:CreateQueue       | sqs:eu-west-1:111111111111:orders-01234567                     | OURS   | false
          BACKBONE | iam:PassRole          | iam::111111111111:role/event-backbone-forwarding               | PASSED | true
          BACKBONE | iam:PassRole          | iam::111111111111:role/event-backbone-forwarding               | OURS   | false
          BACKBONE | iam:PassRole          | iam::111111111111:role/admin                                   | PASSED | false
          BACKBONE | servicequotas:ListServiceQuotas | *                                                    | OURS   | true
          BACKBONE | servicequotas:RequestServiceQuotaIncrease | *                                          | OURS   | false
          SERVICE  | servicequotas:ListServiceQuotas | *                                                    | OURS   | false
          SERVICE  | cloudwatch:GetMetricData | *                                                           | OURS   | true
          SERVICE  | cloudwatch:ListMetrics   | *                                                           | OURS   | false
          BACKBONE | cloudwatch:GetMetricData | *                                                           | OURS   | false
          BACKBONE | schemas:CreateDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OURS   | true
          BACKBONE | schemas:CreateDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OTHERS | false
          BACKBONE | schemas:UpdateDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OTHERS | true
          BACKBONE | schemas:DeleteDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OURS   | true
          BACKBONE | schemas:DeleteDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OTHERS | false
          BACKBONE | schemas:UntagResource | schemas:eu-west-1:111111111111:discoverer/d                    | OTHERS | false
          BACKBONE | schemas:DeleteSchema  | schemas:eu-west-1:111111111111:schema/discovered-schemas/s     | OURS   | false
          BACKBONE | schemas:CreateRegistry | schemas:eu-west-1:111111111111:registry/event-backbone-global-bus | OURS   | true
          BACKBONE | schemas:CreateRegistry | schemas:eu-west-1:111111111111:registry/event-backbone-global-bus | OTHERS | false
          BACKBONE | schemas:CreateRegistry | schemas:eu-west-1:111111111111:registry/others                | OURS   | false
          BACKBONE | schemas:CreateSchema  | schemas:eu-west-1:111111111111:schema/event-backbone-global-bus/orders@Order.Created | OURS | true
          BACKBONE | schemas:UpdateSchema  | schemas:eu-west-1:111111111111:schema/event-backbone-global-bus/orders@Order.Created | OTHERS | true
          BACKBONE | schemas:UpdateSchema  | schemas:eu-west-1:111111111111:schema/others/orders@Order.Created | OURS | false
          BACKBONE | schemas:DeleteSchema  | schemas:eu-west-1:111111111111:schema/event-backbone-global-bus/orders@Order.Created | OURS | true
          BACKBONE | schemas:DeleteSchema  | schemas:eu-west-1:111111111111:schema/event-backbone-global-bus/orders@Order.Created | OTHERS | false
          BACKBONE | schemas:TagResource   | schemas:eu-west-1:111111111111:registry/event-backbone-global-bus | OTHERS | false
          SERVICE  | schemas:CreateRegistry | schemas:eu-west-1:111111111111:registry/event-backbone-global-bus | OURS  | false
          BACKBONE | events:EnableRule     | events:eu-west-1:111111111111:rule/global-bus/Schemas-d        | OTHERS | true
          BACKBONE | events:EnableRule     | events:eu-west-1:111111111111:rule/global-bus/globalToOrders   | OURS   | false
          BACKBONE | iam:CreateServiceLinkedRole | iam::111111111111:role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas | LINKED | true
          BACKBONE | iam:CreateServiceLinkedRole | iam::111111111111:role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas | OURS   | false
          SERVICE  | schemas:CreateDiscoverer | schemas:eu-west-1:111111111111:discoverer/d                 | OURS   | false
          SERVICE  | iam:PassRole          | iam::111111111111:role/event-backbone-forwarding               | PASSED | false
          SERVICE  | events:CreateArchive  | events:eu-west-1:111111111111:archive/event-backbone-global-bus | OURS   | false
          SERVICE  | events:PutEvents      | events:eu-west-1:111111111111:event-bus/local-bus-orders       | OURS   | false
          SERVICE  | events:CreateEventBus | events:eu-west-1:111111111111:event-bus/local-bus-orders       | OURS   | true
          SERVICE  | events:CreateEventBus | events:eu-west-1:111111111111:event-bus/local-bus-orders       | OTHERS | false
          SERVICE  | events:PutRule        | events:eu-west-1:111111111111:rule/local-bus-orders/local-logging | OURS   | true
          SERVICE  | events:PutRule        | events:eu-west-1:111111111111:rule/local-bus-orders/a-01234567 | OURS   | true
          SERVICE  | events:PutRule        | events:eu-west-1:111111111111:rule/local-bus-orders/handmade   | OURS   | false
          SERVICE  | events:TagResource    | events:eu-west-1:111111111111:event-bus/local-bus-orders       | OURS   | true
          SERVICE  | events:TagResource    | events:eu-west-1:111111111111:event-bus/local-bus-orders       | OTHERS | false
          SERVICE  | sqs:CreateQueue       | sqs:eu-west-1:111111111111:a-01234567-dlq.fifo                 | OURS   | true
          SERVICE  | sqs:DeleteQueue       | sqs:eu-west-1:111111111111:a-01234567                          | OTHERS | false
          SERVICE  | sqs:SetQueueAttributes | sqs:eu-west-1:111111111111:payments                           | OURS   | false
          SERVICE  | sqs:ReceiveMessage    | sqs:eu-west-1:111111111111:a-01234567                          | OURS   | false
          SERVICE  | sqs:UntagQueue        | sqs:eu-west-1:111111111111:a-01234567                          | OTHERS | false
          SERVICE  | logs:DeleteLogGroup   | logs:eu-west-1:111111111111:log-group:/aws/events/local-bus-o:log-stream: | OURS   | true
          SERVICE  | logs:DeleteLogGroup   | logs:eu-west-1:111111111111:log-group:/aws/events/local-bus-o:log-stream: | OTHERS | false
          SERVICE  | logs:DeleteLogGroup   | logs:eu-west-1:111111111111:log-group:/aws/lambda/f:log-stream: | OURS   | false
          SERVICE  | logs:CreateLogGroup   | logs:eu-west-1:111111111111:log-group:/aws/vendedlogs/events/event-bus/local-bus-o:log-stream: | OURS | true
          SERVICE  | logs:PutDeliverySource | logs:eu-west-1:111111111111:delivery-source:event-backbone-local-bus-o-error-logs | OURS | true
          SERVICE  | logs:PutDeliverySource | logs:eu-west-1:111111111111:delivery-source:event-backbone-local-bus-o-error-logs | OTHERS | false
          SERVICE  | logs:PutDeliverySource | logs:eu-west-1:111111111111:delivery-source:of-somebody         | OURS   | false
          SERVICE  | logs:DeleteDeliverySource | logs:eu-west-1:111111111111:delivery-source:event-backbone-local-bus-o-error-logs | OTHERS | false
          SERVICE  | logs:PutDeliveryDestination | logs:eu-west-1:111111111111:delivery-destination:event-backbone-local-bus-o | OTHERS | true
          SERVICE  | logs:DeleteDelivery   | logs:eu-west-1:111111111111:delivery:a1b2                       | OURS   | true
          SERVICE  | logs:DeleteDelivery   | logs:eu-west-1:111111111111:delivery:a1b2                       | OTHERS | false
          SERVICE  | events:AllowVendedLogDeliveryForResource | events:eu-west-1:111111111111:event-bus/local-bus-o | OTHERS | true
          SERVICE  | events:AllowVendedLogDeliveryForResource | events:eu-west-1:111111111111:event-bus/default | OURS   | false
          SERVICE  | logs:GetLogEvents     | logs:eu-west-1:111111111111:log-group:/aws/events/local-bus-o:log-stream: | OURS   | false
          """)
  void mayDoItsWorkAndNoMore(
      AccountKind kind, String action, String resource, String context, boolean allowed) {
    RequestContext circumstances =
        switch (context) {
          case "OURS" -> OURS;
          case "OTHERS" -> OTHERS;
          case "LINKED" -> RequestContext.of(Map.of("iam:AWSServiceName", "schemas.amazonaws.com"));
          default -> RequestContext.of(Map.of("iam:PassedToService", "events.amazonaws.com"));
        };
    assertThat(
            PolicyAuthorizer.allows(
                policy(kind),
                new AccessDecision(
                    action,
                    resource.equals("*") ? resource : "arn:aws:" + resource,
                    circumstances,
                    true)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @EnumSource
  void sidsAreUniqueAndOfLettersAndDigits(AccountKind kind) {
    assertThat(OperatorGrants.of(Bootstrap.preparation(kind, "111111111111")))
        .extracting(Grant::sid)
        .doesNotHaveDuplicates()
        .allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
  }

  @Test
  void aConditionIsWrittenAsIamReadsIt() {
    assertThat(policy(AccountKind.SERVICE).at("/Statement").valueStream())
        .filteredOn(statement -> statement.path("Sid").textValue().equals("MakeResources"))
        .extracting(statement -> statement.path("Condition").toString())
        .containsExactly(
            "{\"StringEquals\":{\"aws:RequestTag/eventbackbone.io/managed-by\":[\"event-backbone-operator\"]}}");
  }

  private static ObjectNode policy(AccountKind kind) {
    return AccountRoles.of(Bootstrap.preparation(kind, "111111111111")).get(0).policy();
  }
}

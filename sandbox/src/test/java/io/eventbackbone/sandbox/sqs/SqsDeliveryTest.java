package io.eventbackbone.sandbox.sqs;

import static io.eventbackbone.sandbox.sqs.SqsDriver.arn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.RecordingAuthorizer.Asked;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.EventTarget.Delivery;
import io.eventbackbone.sandbox.api.EventTarget.Result;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What EventBridge meets when a rule's target is a queue. */
class SqsDeliveryTest {

  private static final String RULE =
      "arn:aws:events:eu-west-1:222222222222:rule/local-bus-orders/deliveries";

  private final SqsDriver sqs = new SqsDriver();

  private Result deliver(String targetArn, Optional<String> group, Map<String, String> attributes) {
    return sqs.service.deliver(
        Delivery.of(targetArn, RULE, "{\"id\":\"1\"}").inGroup(group).with(attributes));
  }

  @Test
  void eventBecomesAMessage() {
    sqs.createQueue("orders", "{}");

    Result result = deliver(arn("orders"), Optional.empty(), Map.of("RULE_ARN", RULE));

    assertThat(result).isEqualTo(new Result.Delivered());
    JsonNode message = sqs.receive("orders").get(0);
    assertThat(message.get("Body").asText()).isEqualTo("{\"id\":\"1\"}");
    assertThat(message.at("/MessageAttributes/RULE_ARN/DataType").asText()).isEqualTo("String");
    assertThat(message.at("/MessageAttributes/RULE_ARN/StringValue").asText()).isEqualTo(RULE);
  }

  @Test
  void theTraceHeaderIsASystemAttribute() {
    sqs.createQueue("orders", "{}");

    sqs.service.deliver(
        Delivery.of(arn("orders"), RULE, "{}").traced(Optional.of("Root=1-5759e988")));

    assertThat(sqs.receive("orders").get(0).at("/Attributes/AWSTraceHeader").asText())
        .isEqualTo("Root=1-5759e988");
  }

  @Test
  void theRoleOfATargetSends() {
    sqs.createQueue("orders", "{}");
    Principal role = new Principal.Account("111111111111", "arn:aws:iam::111111111111:role/r");

    sqs.service.deliver(Delivery.of(arn("orders"), RULE, "{}").from(role));

    assertThat(sqs.authorizer.last().principal()).isEqualTo(role);
  }

  @Test
  void queuePolicyDecidesForTheRule() {
    sqs.createQueue("orders", "{}");
    sqs.on(
        "orders",
        "SetQueueAttributes",
        """
        {"Attributes":{"Policy":"{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"events.amazonaws.com\\"},\\"Action\\":\\"sqs:SendMessage\\",\\"Resource\\":\\"*\\"}}"}}\
        """);

    deliver(arn("orders"), Optional.empty(), Map.of());

    Asked asked = sqs.authorizer.last();
    assertThat(asked.principal()).isEqualTo(new Principal.Service("events.amazonaws.com"));
    assertThat(asked.action()).isEqualTo("sqs:SendMessage");
    assertThat(asked.resourceArn()).isEqualTo(arn("orders"));
    assertThat(asked.context().values())
        .containsOnly(
            Map.entry("aws:SourceArn", List.of(RULE)),
            Map.entry("aws:SourceAccount", List.of("222222222222")));
    assertThat(asked.access().resourcePolicy().orElseThrow().at("/Statement/Effect").asText())
        .isEqualTo("Allow");
  }

  @Test
  void refusedDeliveryIsNotRetried() {
    sqs.createQueue("orders", "{}");
    sqs.authorizer.refuse("sqs:SendMessage");

    assertThat(deliver(arn("orders"), Optional.empty(), Map.of()))
        .isEqualTo(
            new Result.Failed(
                "NO_PERMISSIONS", "sqs:SendMessage on " + arn("orders"), Retry.POINTLESS));
    assertThat(sqs.attribute("orders", "ApproximateNumberOfMessages")).isEqualTo("0");
  }

  @Test
  void missingQueueIsNoResource() {
    assertThat(deliver(arn("orders"), Optional.empty(), Map.of()))
        .isEqualTo(
            new Result.Failed(
                "NO_RESOURCE", "The specified queue does not exist.", Retry.POINTLESS));
  }

  @Test
  void fifoQueueTakesTheGroupOfTheTarget() {
    sqs.createQueue("orders.fifo", "{'FifoQueue':'true','ContentBasedDeduplication':'true'}");

    assertThat(deliver(arn("orders.fifo"), Optional.of("all"), Map.of()))
        .isEqualTo(new Result.Delivered());
    assertThat(deliver(arn("orders.fifo"), Optional.empty(), Map.of()))
        .isEqualTo(
            new Result.Failed(
                "SDK_CLIENT_ERROR",
                "The request must contain the parameter MessageGroupId.",
                Retry.POINTLESS));
    assertThat(sqs.receive("orders.fifo").get(0).at("/Attributes/MessageGroupId").asText())
        .isEqualTo("all");
  }
}

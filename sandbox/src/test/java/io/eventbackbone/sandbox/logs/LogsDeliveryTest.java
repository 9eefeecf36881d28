package io.eventbackbone.sandbox.logs;

import static io.eventbackbone.sandbox.logs.LogsDriver.GROUP_ARN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.RecordingAuthorizer.Asked;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.EventTarget.Delivery;
import io.eventbackbone.sandbox.api.EventTarget.Result;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EventBridge meets when a rule's target is a log group. */
class LogsDeliveryTest {

  private static final String RULE =
      "arn:aws:events:eu-west-1:111111111111:rule/global-bus/local-logging";

  private final LogsDriver logs = new LogsDriver();

  private Result deliver(String targetArn, String body) {
    return logs.service.deliver(Delivery.of(targetArn, RULE, body));
  }

  private JsonNode written() {
    return logs.onGroup("FilterLogEvents", "{}").get("events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":*"})
  void eventBecomesALine(String suffix) {
    logs.createGroup();

    assertThat(deliver(GROUP_ARN + suffix, "{\"id\":\"1\"}")).isEqualTo(new Result.Delivered());
    assertThat(deliver(GROUP_ARN + suffix, "{\"id\":\"2\"}")).isEqualTo(new Result.Delivered());

    assertThat(written()).hasSize(2);
    assertThat(written().get(0).get("message").asText()).isEqualTo("{\"id\":\"1\"}");
    assertThat(written().get(0).get("timestamp").asLong()).isEqualTo(1795435200000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"timestamp":1795435100000,"message":"hello"}          | hello | 1795435100000
          {"timestamp":"2026-11-23T11:58:20Z","message":"hello"} | hello | 1795435100000
          {"timestamp":"yesterday","message":"hello"}            | {"timestamp":"yesterday","message":"hello"} | 1795435200000
          {"message":"hello"}                                    | {"message":"hello"} | 1795435200000
          plain text                                             | plain text | 1795435200000
          """)
  void transformedInputGivesTimestampAndMessage(String body, String message, long timestamp) {
    logs.createGroup();

    deliver(GROUP_ARN, body);

    assertThat(written().get(0).get("message").asText()).isEqualTo(message);
    assertThat(written().get(0).get("timestamp").asLong()).isEqualTo(timestamp);
  }

  @Test
  void resourcePoliciesOfTheAccountDecideOnTheStream() {
    logs.createGroup();
    for (String name : List.of("first", "second")) {
      logs.call(
          "PutResourcePolicy",
          """
          {"policyName":"%s","policyDocument":"{\\"Statement\\":[{\\"Sid\\":\\"%s\\",\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"events.amazonaws.com\\"},\\"Action\\":\\"logs:*\\",\\"Resource\\":\\"*\\"}]}"}\
          """
              .formatted(name, name));
    }
    logs.callAs("222222222222", "DescribeResourcePolicies", "{}");

    deliver(GROUP_ARN, "{}");

    List<Asked> asked = logs.authorizer.asked();
    List<Asked> forDelivery = asked.subList(asked.size() - 2, asked.size());
    assertThat(forDelivery)
        .extracting(Asked::action)
        .containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
    assertThat(forDelivery)
        .allSatisfy(access -> {
          assertThat(access.principal()).isEqualTo(new Principal.Service("events.amazonaws.com"));
          assertThat(access.resourceArn()).startsWith(GROUP_ARN + ":log-stream:");
          assertThat(access.context().values())
              .containsOnly(
                  Map.entry("aws:SourceArn", List.of(RULE)),
                  Map.entry("aws:SourceAccount", List.of("111111111111")));
          assertThat(access.access().resourcePolicy().orElseThrow().get("Statement"))
              .extracting(statement -> statement.get("Sid").asText())
              .containsExactly("first", "second");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs:CreateLogStream", "logs:PutLogEvents"})
  void refusedDeliveryIsNotRetried(String action) {
    logs.createGroup();
    logs.authorizer.refuse(action);

    assertThat(deliver(GROUP_ARN, "{}"))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> {
              assertThat(failed.errorCode()).isEqualTo("NO_PERMISSIONS");
              assertThat(failed.retry()).isEqualTo(Retry.POINTLESS);
            });
    assertThat(logs.authorizer.last().access().resourcePolicy()).isEmpty();
    assertThat(written()).isEmpty();
  }

  @Test
  void missingGroupIsNoResource() {
    assertThat(deliver(GROUP_ARN, "{}"))
        .isEqualTo(
            new Result.Failed(
                "NO_RESOURCE", "The specified log group does not exist.", Retry.POINTLESS));
  }
}

package io.eventbackbone.sandbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePoliciesTest {

  private static final String POLICY =
      "{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":"
          + "\\\"events.amazonaws.com\\\"},\\\"Action\\\":\\\"logs:PutLogEvents\\\",\\\"Resource\\\":\\\"*\\\"}}";

  private final LogsDriver logs = new LogsDriver();

  private static String named(String name) {
    return "{\"policyName\":\"%s\",\"policyDocument\":\"%s\"}".formatted(name, POLICY);
  }

  @Test
  void policiesAreKeptAsWritten() {
    ObjectNode put = logs.call("PutResourcePolicy", named("event-backbone"));

    assertThat(put.get("resourcePolicy"))
        .isEqualTo(logs.call("DescribeResourcePolicies", "{}").at("/resourcePolicies/0"));
    assertThat(put.at("/resourcePolicy/policyName").asText()).isEqualTo("event-backbone");
    assertThat(put.at("/resourcePolicy/policyDocument").asText())
        .isEqualTo(POLICY.replace("\\", ""));
    assertThat(put.at("/resourcePolicy/lastUpdatedTime").asLong()).isEqualTo(1795435200000L);
    assertThat(put.at("/resourcePolicy/policyScope").asText()).isEqualTo("ACCOUNT");
  }

  @Test
  void tenPoliciesAnAccountAndRegion() {
    IntStream.range(0, 10).forEach(i -> logs.call("PutResourcePolicy", named("policy-" + i)));

    AwsException refusal = logs.refusal("PutResourcePolicy", named("policy-10"));
    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(refusal).hasMessage("Resource limit exceeded.");
    logs.call("PutResourcePolicy", named("policy-9"));
    logs.callAs("222222222222", "PutResourcePolicy", named("policy-10"));

    logs.call("DeleteResourcePolicy", "{'policyName':'policy-0'}");
    logs.call("PutResourcePolicy", named("policy-10"));
    ObjectNode page = logs.call("DescribeResourcePolicies", "{'limit':9}");
    assertThat(page.get("resourcePolicies")).hasSize(9);
    assertThat(
            logs.call(
                    "DescribeResourcePolicies",
                    "{'nextToken':'" + page.get("nextToken").asText() + "'}")
                .get("resourcePolicies"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{}",
        "{\\\"Statement\\\":[]}",
        "{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\"}}"
      })
  void refusesDocuments(String document) {
    AwsException refusal =
        logs.refusal(
            "PutResourcePolicy", "{\"policyName\":\"p\",\"policyDocument\":\"" + document + "\"}");

    assertThat(refusal.code()).isEqualTo("InvalidParameterException");
    assertThat(logs.call("DescribeResourcePolicies", "{}").get("resourcePolicies")).isEmpty();
  }

  @Test
  void documentsHaveAtMostFiveThousandOneHundredTwentyCharacters() {
    int length = POLICY.replace("\\", "").length();
    String largest = POLICY + " ".repeat(5120 - length);

    logs.call("PutResourcePolicy", "{\"policyName\":\"p\",\"policyDocument\":\"" + largest + "\"}");
    assertThat(
            logs.refusal(
                "PutResourcePolicy",
                "{\"policyName\":\"p\",\"policyDocument\":\"" + largest + " \"}"))
        .hasMessageContaining("either < 1 or > 5120");
  }

  @Test
  void missingPolicyIsNamed() {
    AwsException refusal = logs.refusal("DeleteResourcePolicy", "{'policyName':'non-existent'}");

    assertThat(refusal.code()).isEqualTo("ResourceNotFoundException");
    assertThat(refusal).hasMessage("Policy with name [non-existent] does not exist.");
  }

  @Test
  void policiesOfSingleGroupsAreRefused() {
    assertThat(
            logs.refusal(
                "PutResourcePolicy",
                "{'policyName':'p','resourceArn':'arn:aws:logs:eu-west-1:111111111111:log-group:a'}"))
        .hasMessage("The sandbox does not implement 'resourceArn' of logs:PutResourcePolicy.");
  }
}

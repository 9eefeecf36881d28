package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.sandbox.access.AccessDecision;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.iam.PolicyAuthorizer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {

  @ParameterizedTest
  @ValueSource(strings = {"eu-west-1", "ap-southeast-2", "us-gov-east-1", "cn-northwest-1"})
  void itFitsIntoAssumeRoleInEveryRegion(String region) {
    assertThat(SessionPolicy.of(new AccountScope("222222222222", region)))
        .hasSizeLessThanOrEqualTo(SessionPolicy.LONGEST);
  }

  @Test
  void itNamesNoResourceThatAnotherPatternCovers() {
    assertThat(SessionPolicy.of(new AccountScope("222222222222", "eu-west-1")))
        .contains("log-group:*\"")
        .doesNotContain("log-group:*:*");
  }

  @Test
  void itAllowsAllThatTheRolesAllow() throws IOException {
    JsonNode policy =
        new JsonMapper().readTree(SessionPolicy.of(new AccountScope("222222222222", "eu-west-1")));
    for (AccountKind kind : AccountKind.values()) {
      for (Grant grant : OperatorGrants.of(Bootstrap.preparation(kind, "222222222222"))) {
        for (String action : grant.actions()) {
          for (String resource : grant.resources()) {
            AccessDecision asked = new AccessDecision(action, resource, RequestContext.NONE, true);
            assertThat(PolicyAuthorizer.allows(policy, asked)).as("%s", asked).isTrue();
          }
        }
      }
    }
  }

  @Test
  void itNamesTheAccountAndNothingThatReadsEventsOrMessages() {
    assertThat(SessionPolicy.of(new AccountScope("222222222222", "eu-west-1")))
        .contains(
            "\"arn:aws:events:eu-west-1:222222222222:rule/*/globalTo*\"",
            "\"arn:aws:sqs:eu-west-1:222222222222:*-dlq\"")
        .contains(
            "\"events:*Rule\"",
            "\"schemas:CreateDiscoverer\"",
            "\"arn:aws:schemas:eu-west-1:222222222222:discoverer/*\"")
        .doesNotContain(
            "\"schemas:*\"", "ReceiveMessage", "PutEvents", "FilterLogEvents", "\"events:*\"");
  }
}

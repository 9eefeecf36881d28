package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.topology.AccountScope;
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
  void itNamesTheAccountAndNothingThatReadsEventsOrMessages() {
    assertThat(SessionPolicy.of(new AccountScope("222222222222", "eu-west-1")))
        .contains(
            "\"arn:aws:events:eu-west-1:222222222222:rule/*/globalTo*\"",
            "\"arn:aws:sqs:eu-west-1:222222222222:*-dlq\"")
        .doesNotContain("ReceiveMessage", "PutEvents", "FilterLogEvents", "\"events:*\"");
  }
}

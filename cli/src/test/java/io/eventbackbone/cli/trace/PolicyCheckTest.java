package io.eventbackbone.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.reception.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {

  private static final String RULE = "arn:aws:events:eu-west-1:111111111111:rule/bus/r";

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static PolicyCheck policy(String... statements) {
    return new PolicyCheck(
        Json.read(json("{'Statement': [%s]}".formatted(String.join(",", statements)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'ArnEquals': {'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/bus/r'}} | true
          {'ArnLike': {'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/bus/*'}}   | true
          {'ArnEquals': {'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/bus/x'}} | false
          {}                                                                                  | true
          """)
  void tellsWhetherARuleMaySend(String condition, boolean expected) {
    String allow =
        "{'Effect': 'Allow', 'Principal': {'Service': 'events.amazonaws.com'}, 'Action':"
            + " 'sqs:SendMessage', 'Condition': %s}".formatted(condition);

    assertThat(policy(allow).admitsRule(RULE)).isEqualTo(expected);
    assertThat(policy(allow, allow.replace("Allow", "Deny")).admitsRule(RULE)).isFalse();
    assertThat(policy(allow.replace("events.", "sns.")).admitsRule(RULE)).isFalse();
    assertThat(new PolicyCheck(Json.read("{}")).admitsRule(RULE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'AWS': 'arn:aws:iam::222222222222:root'}                        | {} | true
          {'AWS': ['222222222222']}                                        | {} | true
          {'AWS': 'arn:aws:iam::333333333333:root'}                        | {} | false
          '*' | {'StringEquals': {'aws:PrincipalOrgID': 'o-abcdefghij'}}   | true
          {'AWS': '222222222222'} | {'StringEquals': {'events:source': ['shop']}}  | true
          {'AWS': '222222222222'} | {'StringEquals': {'events:source': ['other']}} | false
          """,
      quoteCharacter = '`')
  void tellsWhetherAnAccountMayPublish(String principal, String condition, boolean expected) {
    String allow =
        "{'Effect': 'Allow', 'Principal': %s, 'Action': 'events:PutEvents', 'Condition': %s}"
            .formatted(principal, condition);

    assertThat(policy(allow).admitsAccount("222222222222", "shop")).isEqualTo(expected);
  }
}

package io.eventbackbone.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  private static final String QUEUE = "arn:aws:sqs:eu-west-1:111111111111:orders";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Action: 'sqs:SendMessage', Resource: '*'                                          | true
          Action: 'SQS:sendmessage', Resource: '*'                                          | true
          Action: 'sqs:Send*', Resource: '*'                                                | true
          Action: 'sqs:?endMessage', Resource: '*'                                          | true
          Action: 'sqs:SendMessageBatch', Resource: '*'                                     | false
          Action: '*', Resource: '*'                                                        | true
          Action: ['events:*', 'sqs:*'], Resource: '*'                                      | true
          NotAction: 'sqs:SendMessage', Resource: '*'                                       | false
          NotAction: ['sqs:Receive*', 'events:*'], Resource: '*'                            | true
          Action: '*', Resource: 'arn:aws:sqs:*:111111111111:ord*'                          | true
          Action: '*', Resource: 'arn:aws:sqs:eu-west-1:111111111111:Orders'                | false
          Action: '*', Resource: ['arn:aws:sqs:*:*:a', 'arn:aws:sqs:*:*:orders']            | true
          Action: '*', NotResource: 'arn:aws:sqs:*:*:orders'                                | false
          Action: '*', NotResource: 'arn:aws:sqs:*:*:others'                                | true
          """)
  void coversActionsAndResources(String elements, boolean covers) {
    assertThat(allows("{Effect: Allow, " + elements + "}")).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StringEquals: {k: v}                                                | true
          StringEquals: {K: v}                                                | true
          StringEquals: {k: V}                                                | false
          StringEquals: {k: [a, v]}                                           | true
          StringEquals: {none: v}                                             | false
          StringEqualsIfExists: {none: v}                                     | true
          StringEqualsIfExists: {k: a}                                        | false
          StringEqualsIgnoreCase: {k: V}                                      | true
          StringNotEquals: {k: v}                                             | false
          StringNotEquals: {k: [a, v]}                                        | false
          StringNotEquals: {k: a}                                             | true
          StringNotEquals: {none: v}                                          | true
          StringLike: {k: '?'}                                                | true
          StringLike: {k: '*w'}                                               | false
          StringNotLike: {k: '*'}                                             | false
          ArnEquals: {arn: 'arn:aws:events:*:111111111111:rule/*'}            | true
          ArnLike: {arn: 'arn:aws:events:eu-west-1:111111111111:rule/bus/r'}  | true
          ArnLike: {arn: 'arn:aws:*:rule/bus/r'}                              | false
          ArnLike: {arn: '*'}                                                 | true
          ArnNotEquals: {arn: 'arn:aws:events:*:*:rule/other'}                | true
          ArnNotLike: {arn: 'arn:aws:events:*:*:rule/*'}                      | false
          Bool: {yes: true}                                                   | true
          Bool: {yes: 'false'}                                                | false
          BoolIfExists: {none: 'true'}                                        | true
          'Null': {none: true}                                                | true
          'Null': {k: true}                                                   | false
          'Null': {k: 'false'}                                                | true
          StringEquals: {k: v, none: v}                                       | false
          StringEquals: {k: v}, StringLike: {k: w}                            | false
          'ForAllValues:StringEquals': {several: [a, b, c]}                   | true
          'ForAllValues:StringEquals': {several: a}                           | false
          'ForAllValues:StringLike': {several: '?'}                           | true
          'ForAllValues:StringEquals': {none: a}                              | true
          'ForAllValues:StringNotEquals': {several: c}                        | true
          'ForAllValues:StringNotEquals': {several: a}                        | false
          'ForAnyValue:StringEquals': {several: [c, b]}                       | true
          'ForAnyValue:StringEquals': {several: c}                            | false
          'ForAnyValue:StringEquals': {none: a}                               | false
          'ForAnyValue:StringEqualsIfExists': {none: a}                       | true
          'ForAnyValue:StringNotEquals': {several: a}                         | true
          'ForAnyValue:StringNotEquals': {none: a}                            | false
          'ForAllValues:StringEquals': {'aws:requesttag/team': a}             | true
          """)
  void holdsConditions(String condition, boolean holds) {
    assertThat(
            allows("{Effect: Allow, Action: '*', Resource: '*', Condition: {" + condition + "}}"))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {Effect: Allow, Action: '*', Resource: '*', Condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}}                 | IpAddress
          {Effect: Allow, Action: '*', Resource: '*', Condition: {'ForAnyValue:NumericEquals': {k: 1}}}                        | ForAnyValue:NumericEquals
          {Effect: Allow, Action: '*', Resource: 'arn:aws:sqs:*:*:${aws:PrincipalAccount}'}                                    | policy variables
          {Effect: Permit, Action: '*', Resource: '*'}                                                                         | Effect must be Allow or Deny
          {Effect: Allow, Resource: '*'}                                                                                       | needs Action or NotAction
          {Effect: Allow, Action: '*', Resources: '*'}                                                                         | unknown element Resources
          """)
  void refusesWhatItCannotEvaluate(String statement, String why) {
    assertThatThrownBy(() -> PolicyDocument.of(Policies.policy(statement)))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageContaining(why);
  }

  private static boolean allows(String statement) {
    Access access =
        Access.to("sqs:SendMessage", QUEUE, "111111111111")
            .under(
                new RequestContext(
                    Map.of(
                        "k", List.of("v"),
                        "yes", List.of("true"),
                        "several", List.of("a", "b"),
                        "aws:RequestTag/team", List.of("a"),
                        "arn", List.of("arn:aws:events:eu-west-1:111111111111:rule/bus/r"))));
    return PolicyDocument.of(Policies.policy(statement)).decide(access) == Decision.ALLOWED;
  }
}

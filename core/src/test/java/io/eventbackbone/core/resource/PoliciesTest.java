package io.eventbackbone.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

  private static final AccountScope GLOBAL = new AccountScope("111111111111", "eu-west-1");
  private static final EventBusKey BUS = new EventBusKey(GLOBAL, "global-bus");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Principal':{'AWS':'222222222222'}} | {'Principal':{'AWS':'arn:aws:iam::222222222222:root'}}",
        "{'Principal':{'AWS':['a','b']}} | {'Principal':{'AWS':['b','a']}}",
        "{'Principal':'*'} | {'Principal':{'AWS':'*'}}",
        "{'Action':'events:PutEvents'} | {'Action':['events:PutEvents']}",
        "{'Sid':'a','Effect':'Allow'} | {'Effect':'Allow','Sid':'a'}",
        "{'Condition':{'StringEquals':{'k':'v'}}} | {'Condition':{'StringEquals':{'k':['v']}}}",
      })
  void statementsThatMeanTheSameAreEqual(String one, String other) throws Exception {
    assertThat(statement(one)).isEqualTo(statement(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Effect':'Allow'} | {'Effect':'Deny'}",
        "{'Principal':{'AWS':'222222222222'}} | {'Principal':{'AWS':'333333333333'}}",
        "{'Principal':{'AWS':'x'}} | {'Principal':{'Service':'x'}}",
        "{'Resource':'a'} | {'NotResource':'a'}",
        "{'Condition':{'StringEquals':{'k':'v'}}} | {'Condition':{'StringLike':{'k':'v'}}}",
      })
  void statementsThatMeanSomethingElseAreNot(String one, String other) throws Exception {
    assertThat(statement(one)).isNotEqualTo(statement(other));
  }

  @Test
  void threeHundredAndThreePublishersFitIntoThePolicy() {
    assertThat(Policies.length(List.of(Policies.publishers(BUS, accounts(303)))))
        .isLessThanOrEqualTo(10_240);
  }

  @Test
  void theOrganizationIsACondition() {
    assertThat(Policies.organization(BUS, "o-abcdefghij").json())
        .hasToString(
            "{\"Sid\":\"event-backbone-publishers\",\"Effect\":\"Allow\","
                + "\"Action\":\"events:PutEvents\","
                + "\"Resource\":\"arn:aws:events:eu-west-1:111111111111:event-bus/global-bus\","
                + "\"Principal\":\"*\","
                + "\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abcdefghij\"}}}");
  }

  @Test
  void queuesAdmitExactlyTheirRule() {
    QueueKey queue = new QueueKey(GLOBAL, "q");
    assertThat(Policies.rule(queue, new EventBusKey(GLOBAL, "global-bus").rule("r")).json())
        .hasToString(
            "{\"Sid\":\"event-backbone-rule\",\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\","
                + "\"Resource\":\"arn:aws:sqs:eu-west-1:111111111111:q\","
                + "\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                + "\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":"
                + "\"arn:aws:events:eu-west-1:111111111111:rule/global-bus/r\"}}}");
  }

  @Test
  void logGroupsAdmitTheDeliveryOfTheirBusAlone() {
    LogGroupKey group = new LogGroupKey(GLOBAL, "/log", LogGroupKey.Content.BUS_LOG);
    assertThat(Policies.busLogDelivery(group, List.of("arn:one", "arn:two")))
        .hasToString(
            "{\"Sid\":\"event-backbone-bus-log-delivery\",\"Effect\":\"Allow\","
                + "\"Action\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],"
                + "\"Principal\":{\"Service\":\"delivery.logs.amazonaws.com\"},"
                + "\"Resource\":\"arn:aws:logs:eu-west-1:111111111111:log-group:/log:log-stream:*\","
                + "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"111111111111\"},"
                + "\"ArnLike\":{\"aws:SourceArn\":[\"arn:one\",\"arn:two\"]}}}");
  }

  @Test
  void logGroupsAdmitEventBridge() {
    LogGroupKey group = new LogGroupKey(GLOBAL, "/log", LogGroupKey.Content.EVENTS);
    assertThat(Policies.logDelivery(group))
        .hasToString(
            "{\"Sid\":\"event-backbone-log-delivery\",\"Effect\":\"Allow\","
                + "\"Action\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],"
                + "\"Principal\":{\"Service\":[\"delivery.logs.amazonaws.com\","
                + "\"events.amazonaws.com\"]},"
                + "\"Resource\":\"arn:aws:logs:eu-west-1:111111111111:log-group:/log:*\"}");
  }

  @Test
  void localBusesAdmitTheBackbonesAccountAlone() {
    EventBusKey local = new EventBusKey(new AccountScope("222222222222", "eu-west-1"), "local-bus");
    assertThat(Policies.globalBusAccount(local, GLOBAL).json())
        .hasToString(
            "{\"Sid\":\"event-backbone-global-bus\",\"Effect\":\"Allow\","
                + "\"Action\":\"events:PutEvents\","
                + "\"Resource\":\"arn:aws:events:eu-west-1:222222222222:event-bus/local-bus\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"}}");
  }

  @Test
  void partitionsFollowTheRegion() {
    assertThat(new AccountScope("111111111111", "cn-north-1").rootArn())
        .isEqualTo("arn:aws-cn:iam::111111111111:root");
    assertThat(new AccountScope("111111111111", "us-gov-west-1").arn("sqs", "q"))
        .isEqualTo("arn:aws-us-gov:sqs:us-gov-west-1:111111111111:q");
  }

  private static List<String> accounts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "%012d".formatted(200000000000L + i)).toList();
  }

  private static PolicyStatement statement(String json) throws JsonProcessingException {
    return new PolicyStatement(
        "sid", (ObjectNode) new JsonMapper().readTree(json.replace('\'', '"')));
  }
}

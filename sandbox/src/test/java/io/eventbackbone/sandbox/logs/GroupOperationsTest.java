package io.eventbackbone.sandbox.logs;

import static io.eventbackbone.sandbox.logs.LogsDriver.GROUP;
import static io.eventbackbone.sandbox.logs.LogsDriver.GROUP_ARN;
import static io.eventbackbone.sandbox.logs.LogsDriver.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupOperationsTest {

  private final LogsDriver logs = new LogsDriver();

  @Test
  void describesAGroupWithBothArns() {
    logs.call(
        "CreateLogGroup",
        "{'logGroupName':'/aws/events/global-bus','kmsKeyId':'arn:aws:kms:eu-west-1:111111111111:key/k','logGroupClass':'STANDARD'}");
    logs.onGroup("PutRetentionPolicy", "{'retentionInDays':7}");

    assertThat(logs.call("DescribeLogGroups", "{}").get("logGroups").get(0))
        .isEqualTo(
            json("""
            {'logGroupName':'/aws/events/global-bus',
             'creationTime':1795435200000,
             'metricFilterCount':0,
             'arn':'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus:*',
             'logGroupArn':'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus',
             'storedBytes':0,
             'logGroupClass':'STANDARD',
             'deletionProtectionEnabled':false,
             'retentionInDays':7,
             'kmsKeyId':'arn:aws:kms:eu-west-1:111111111111:key/k'}\
            """)
                // Numbers of the answer are longs.
                .put("creationTime", 1795435200000L)
                .put("storedBytes", 0L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                             | InvalidParameterException
          {"logGroupName":""}                            | InvalidParameterException
          {"logGroupName":"a b"}                         | InvalidParameterException
          {"logGroupName":"aws/events"}                  | InvalidParameterException
          {"logGroupName":"a","logGroupClass":"GLACIER"} | InvalidParameterException
          {"logGroupName":"a","deletionProtectionEnabled":true} | InvalidParameterException
          {"logGroupName":"/aws/events/global-bus"}      | ResourceAlreadyExistsException
          """)
  void refusesGroups(String input, String code) {
    logs.createGroup();

    assertThat(logs.refusal("CreateLogGroup", input).code()).isEqualTo(code);
    assertThat(logs.call("DescribeLogGroups", "{}").get("logGroups")).hasSize(1);
  }

  @Test
  void namesUpToFiveHundredTwelveCharacters() {
    logs.call("CreateLogGroup", "{'logGroupName':'" + "g".repeat(512) + "'}");

    assertThat(logs.refusal("CreateLogGroup", "{'logGroupName':'" + "g".repeat(513) + "'}"))
        .hasMessage(
            "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 7, 14, 30, 365, 731, 3653})
  void retentionTakesTheDaysThereAre(int days) {
    logs.createGroup();
    logs.onGroup("PutRetentionPolicy", "{'retentionInDays':" + days + "}");

    assertThat(retention()).isEqualTo(days);
    logs.onGroup("DeleteRetentionPolicy", "{}");
    assertThat(retention()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 8, 730, 4000})
  void retentionRefusesOtherDays(int days) {
    logs.createGroup();
    AwsException refusal =
        logs.refusalOnGroup("PutRetentionPolicy", "{'retentionInDays':" + days + "}");

    assertThat(refusal.code()).isEqualTo("InvalidParameterException");
    assertThat(refusal)
        .hasMessageStartingWith("Invalid retention value. Valid values are: [1, 3, 5, 7, 14,");
    assertThat(retention()).isZero();
  }

  private int retention() {
    return logs.call("DescribeLogGroups", "{}").at("/logGroups/0/retentionInDays").asInt();
  }

  @Test
  void missingGroupIsNamedSo() {
    for (String operation :
        List.of("DeleteLogGroup", "PutRetentionPolicy", "DeleteRetentionPolicy")) {
      AwsException refusal = logs.refusalOnGroup(operation, "{'retentionInDays':7}");
      assertThat(refusal.code()).as(operation).isEqualTo("ResourceNotFoundException");
      assertThat(refusal).hasMessage("The specified log group does not exist.");
    }
  }

  @Test
  void groupsOfAccountsAreApart() {
    logs.createGroup();
    logs.callAs("222222222222", "CreateLogGroup", "{'logGroupName':'" + GROUP + "'}");
    logs.onGroup("DeleteLogGroup", "{}");

    assertThat(logs.call("DescribeLogGroups", "{}").get("logGroups")).isEmpty();
    assertThat(
            logs.callAs("222222222222", "DescribeLogGroups", "{}")
                .at("/logGroups/0/logGroupArn")
                .asText())
        .isEqualTo("arn:aws:logs:eu-west-1:222222222222:log-group:" + GROUP);
  }

  @Test
  void listsByPrefixInPages() {
    for (String name : List.of("/b/1", "/a/2", "/a/1", "/a/3")) {
      logs.call("CreateLogGroup", "{'logGroupName':'" + name + "'}");
    }
    ObjectNode first = logs.call("DescribeLogGroups", "{'logGroupNamePrefix':'/a','limit':2}");
    ObjectNode second =
        logs.call(
            "DescribeLogGroups",
            "{'logGroupNamePrefix':'/a','limit':2,'nextToken':'%s'}"
                .formatted(first.get("nextToken").asText()));

    assertThat(names(first)).containsExactly("/a/1", "/a/2");
    assertThat(names(second)).containsExactly("/a/3");
    assertThat(second.has("nextToken")).isFalse();
    assertThat(names(logs.call("DescribeLogGroups", "{'logGroupNamePattern':'b/'}")))
        .containsExactly("/b/1");
  }

  private static List<String> names(ObjectNode page) {
    List<String> names = new ArrayList<>();
    page.get("logGroups").forEach(group -> names.add(group.get("logGroupName").asText()));
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"limit":51}                                          | have value less than or equal to 50
          {"limit":0}                                           | have value greater than or equal to 1
          {"logGroupNamePrefix":"a","logGroupNamePattern":"b"}  | mutually exclusive parameters
          {"nextToken":"x"}                                     | The specified nextToken is invalid.
          {"logGroupIdentifiers":["a"]}                         | does not implement 'logGroupIdentifiers'
          """)
  void refusesToDescribe(String input, String reason) {
    AwsException refusal = logs.refusal("DescribeLogGroups", input);

    assertThat(refusal.code()).isEqualTo("InvalidParameterException");
    assertThat(refusal).hasMessageContaining(reason);
  }

  @Test
  void tagsMergeAndGo() {
    logs.call(
        "CreateLogGroup",
        "{'logGroupName':'%s','tags':{'env':'test','team':'a'}}".formatted(GROUP));
    logs.call(
        "TagResource", "{'resourceArn':'%s','tags':{'env':'live','n':'1'}}".formatted(GROUP_ARN));
    logs.call("UntagResource", "{'resourceArn':'%s','tagKeys':['team']}".formatted(GROUP_ARN));

    assertThat(logs.call("ListTagsForResource", "{'resourceArn':'" + GROUP_ARN + "'}"))
        .isEqualTo(json("{'tags':{'env':'live','n':'1'}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus:*, InvalidParameterException",
    "arn:aws:logs:eu-west-1:111111111111:log-group:/missing, ResourceNotFoundException",
    "arn:aws:sqs:eu-west-1:111111111111:queue, ResourceNotFoundException"
  })
  void tagsGoByTheArnWithoutAsterisk(String arn, String code) {
    logs.createGroup();

    assertThat(logs.refusal("ListTagsForResource", "{'resourceArn':'" + arn + "'}").code())
        .isEqualTo(code);
  }

  /** The resources by which identity policies are written for CloudWatch Logs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DescribeLogGroups   | arn:aws:logs:eu-west-1:111111111111:log-group::log-stream:
          DescribeLogStreams  | arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus:log-stream:
          PutRetentionPolicy  | arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus:log-stream:
          CreateLogStream     | arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus:log-stream:s
          ListTagsForResource | arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus
          """)
  void asksForTheResourceThatAwsNames(String operation, String resource) {
    logs.createGroup();
    logs.onGroup(
        operation, "{'logStreamName':'s','retentionInDays':7,'resourceArn':'" + GROUP_ARN + "'}");

    assertThat(logs.authorizer.last().action()).isEqualTo("logs:" + operation);
    assertThat(logs.authorizer.last().resourceArn()).isEqualTo(resource);
    assertThat(logs.authorizer.last().resourceAccount()).isEqualTo("111111111111");
  }

  @Test
  void refusedOperationsChangeNothing() {
    logs.authorizer.refuse("logs:CreateLogGroup");

    assertThat(logs.refusal("CreateLogGroup", "{'logGroupName':'a'}").code())
        .isEqualTo("AccessDeniedException");
    assertThat(logs.call("DescribeLogGroups", "{}").get("logGroups")).isEmpty();
  }

  @Test
  void unimplementedOperationsAreNamed() {
    assertThat(logs.refusal("StartQuery", "{}"))
        .hasMessageStartingWith(
            "The sandbox does not implement logs:StartQuery. It implements: CreateDelivery, ");
  }
}

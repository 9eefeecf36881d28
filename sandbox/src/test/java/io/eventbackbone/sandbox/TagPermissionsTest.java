package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.eventbackbone.sandbox.access.AccessDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * What a role may do whose policy asks for tags: of the request, of the resource, and their keys.
 */
class TagPermissionsTest {

  private static final String ACCOUNT = "111111111111";
  private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/tagger";
  private static final Map<String, String> OURS = Map.of("made-by", "us");
  private static final Map<String, String> OTHERS = Map.of("made-by", "them");
  private static final String PATTERN = "{\"source\":[\"a\"]}";

  private static final String SEED =
      """
      accounts:
        "111111111111":
          roles:
            tagger:
              trustPolicy:
                Statement:
                - {Effect: Allow, Principal: {AWS: "999999999999"}, Action: "sts:AssumeRole"}
              policies:
                tags:
                  Statement:
                  - Effect: Allow
                    Action: ["events:CreateEventBus", "sqs:CreateQueue", "logs:CreateLogGroup"]
                    Resource: "*"
                    Condition: {StringEquals: {"aws:RequestTag/made-by": us}}
                  - Effect: Allow
                    Action: ["events:PutRule", "sqs:GetQueueUrl"]
                    Resource: "*"
                  - Effect: Allow
                    Action: ["events:DeleteEventBus", "sqs:DeleteQueue", "logs:DeleteLogGroup",
                             "events:DeleteRule"]
                    Resource: "*"
                    Condition: {StringEquals: {"aws:ResourceTag/made-by": us}}
                  - Effect: Allow
                    Action: ["events:TagResource", "events:UntagResource", "sqs:TagQueue",
                             "sqs:UntagQueue", "logs:TagResource", "logs:UntagResource"]
                    NotResource: ["*untaggable", "*untaggable:log-stream:"]
                    Condition: {"ForAllValues:StringEquals": {"aws:TagKeys": [made-by, owner]}}
                  - Effect: Allow
                    Action: "events:PutPermission"
                    Resource: "arn:aws:events:eu-west-1:111111111111:event-bus/*"
      """;

  private final Sandbox sandbox = Sandbox.start();
  private final AwsBasicCredentials root = AwsBasicCredentials.create(ACCOUNT, "any");
  private EventBridgeClient events;
  private SqsClient sqs;
  private CloudWatchLogsClient logs;

  @BeforeEach
  void become(@TempDir Path directory) throws IOException {
    sandbox.plant(Files.writeString(directory.resolve("seed.yaml"), SEED));
    AwsCredentials session = session();
    events = in(EventBridgeClient.builder(), session).build();
    sqs = in(SqsClient.builder(), session).build();
    logs = in(CloudWatchLogsClient.builder(), session).build();
  }

  @AfterEach
  void close() {
    events.close();
    sqs.close();
    logs.close();
    sandbox.close();
  }

  @Test
  void aNewResourceNeedsTheTag() {
    assertRefused("events:CreateEventBus", () -> events.createEventBus(it -> it.name("a")));
    assertRefused(
        "events:CreateEventBus", () -> events.createEventBus(it -> it.name("a").tags(tag(OTHERS))));
    events.createEventBus(it -> it.name("a").tags(tag(OURS)));

    assertRefused("sqs:CreateQueue", () -> sqs.createQueue(it -> it.queueName("a")));
    assertRefused("sqs:CreateQueue", () -> sqs.createQueue(it -> it.queueName("a").tags(OTHERS)));
    sqs.createQueue(it -> it.queueName("a").tags(OURS));

    assertRefused("logs:CreateLogGroup", () -> logs.createLogGroup(it -> it.logGroupName("a")));
    assertRefused(
        "logs:CreateLogGroup", () -> logs.createLogGroup(it -> it.logGroupName("a").tags(OTHERS)));
    logs.createLogGroup(it -> it.logGroupName("a").tags(OURS));
  }

  @Test
  void tagsAtCreationNeedThePermissionToTag() {
    assertRefused(
        "events:TagResource",
        () -> events.createEventBus(it -> it.name("untaggable").tags(tag(OURS))));
    assertRefused(
        "events:TagResource",
        () -> events.putRule(it -> it.name("untaggable").eventPattern(PATTERN).tags(tag(OURS))));
    assertRefused(
        "sqs:TagQueue", () -> sqs.createQueue(it -> it.queueName("untaggable").tags(OURS)));
    assertRefused(
        "logs:TagResource",
        () -> logs.createLogGroup(it -> it.logGroupName("untaggable").tags(OURS)));
  }

  @Test
  void onlyWhatHasTheTagIsDeleted() {
    String queue = sqs.createQueue(it -> it.queueName("a").tags(OURS)).queueUrl();
    events.createEventBus(it -> it.name("a").tags(tag(OURS)));
    logs.createLogGroup(it -> it.logGroupName("a").tags(OURS));
    events.putRule(it -> it.name("a").eventPattern(PATTERN).tags(tag(OURS)));
    events.putRule(it -> it.name("untagged").eventPattern(PATTERN));
    sqs.deleteQueue(it -> it.queueUrl(queue));
    events.deleteEventBus(it -> it.name("a"));
    logs.deleteLogGroup(it -> it.logGroupName("a"));
    events.deleteRule(it -> it.name("a"));

    assertRefused("events:DeleteRule", () -> events.deleteRule(it -> it.name("untagged")));
    try (SqsClient owner = in(SqsClient.builder(), root).build();
        EventBridgeClient ownerOfBuses = in(EventBridgeClient.builder(), root).build();
        CloudWatchLogsClient ownerOfLogs = in(CloudWatchLogsClient.builder(), root).build()) {
      owner.createQueue(it -> it.queueName("a").tags(OTHERS));
      ownerOfBuses.createEventBus(it -> it.name("a"));
      ownerOfLogs.createLogGroup(it -> it.logGroupName("a"));
    }
    assertRefused("sqs:DeleteQueue", () -> sqs.deleteQueue(it -> it.queueUrl(queue)));
    assertRefused("events:DeleteEventBus", () -> events.deleteEventBus(it -> it.name("a")));
    assertRefused("logs:DeleteLogGroup", () -> logs.deleteLogGroup(it -> it.logGroupName("a")));
  }

  @Test
  void onlyTagsOfTheNamedKeysAreChanged() {
    String queue = sqs.createQueue(it -> it.queueName("a").tags(OURS)).queueUrl();
    String bus = events.createEventBus(it -> it.name("a").tags(tag(OURS))).eventBusArn();
    logs.createLogGroup(it -> it.logGroupName("a").tags(OURS));
    String group = "arn:aws:logs:eu-west-1:" + ACCOUNT + ":log-group:a";
    Map<String, String> foreign = Map.of("owner", "o", "cost-center", "1");

    assertRefused("sqs:TagQueue", () -> sqs.tagQueue(it -> it.queueUrl(queue).tags(foreign)));
    assertRefused(
        "sqs:UntagQueue",
        () -> sqs.untagQueue(it -> it.queueUrl(queue).tagKeys("made-by", "cost-center")));
    sqs.untagQueue(it -> it.queueUrl(queue).tagKeys("made-by"));

    assertRefused(
        "events:TagResource",
        () -> events.tagResource(it -> it.resourceARN(bus).tags(tag(foreign))));
    assertRefused(
        "events:UntagResource",
        () -> events.untagResource(it -> it.resourceARN(bus).tagKeys("cost-center")));
    events.untagResource(it -> it.resourceARN(bus).tagKeys("made-by", "owner"));

    assertRefused(
        "logs:TagResource", () -> logs.tagResource(it -> it.resourceArn(group).tags(foreign)));
    assertRefused(
        "logs:UntagResource",
        () -> logs.untagResource(it -> it.resourceArn(group).tagKeys("cost-center")));
    logs.untagResource(it -> it.resourceArn(group).tagKeys("made-by"));
  }

  @Test
  void aBusPolicyIsNotPermittedBusByBus() {
    events.createEventBus(it -> it.name("a").tags(tag(OURS)));
    assertRefused(
        "events:PutPermission",
        () ->
            events.putPermission(it ->
                it.eventBusName("a")
                    .statementId("s")
                    .action("events:PutEvents")
                    .principal("222222222222")));
  }

  @Test
  void decisionsAreRemembered() {
    sqs.createQueue(it -> it.queueName("a").tags(OURS));
    assertRefused("sqs:CreateQueue", () -> sqs.createQueue(it -> it.queueName("b")));

    assertThat(sandbox.decisions())
        .filteredOn(it -> it.context().valuesOf("aws:PrincipalArn").contains(ROLE))
        .extracting(AccessDecision::action, AccessDecision::isAllowed)
        .containsExactly(
            tuple("sqs:CreateQueue", true),
            tuple("sqs:TagQueue", true),
            tuple("sqs:CreateQueue", false));
  }

  private static void assertRefused(String action, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageContaining("not authorized to perform: " + action);
  }

  private AwsCredentials session() {
    try (StsClient sts =
        in(StsClient.builder(), AwsBasicCredentials.create("999999999999", "any")).build()) {
      Credentials keys =
          sts.assumeRole(it -> it.roleArn(ROLE).roleSessionName("test")).credentials();
      return AwsSessionCredentials.create(
          keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }

  private static List<Tag> tag(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}

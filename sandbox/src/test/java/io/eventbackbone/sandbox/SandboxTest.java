package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.sandbox.eventbridge.RuleQuotas;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
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
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** The AWS SDK at the sandbox's endpoint, as three accounts. */
class SandboxTest {

  private static final String GLOBAL = "111111111111";
  private static final String ORDERS = "222222222222";
  private static final String DELIVERIES = "333333333333";
  private static final String EVERYTHING = "{\"source\":[{\"prefix\":\"\"}]}";

  private final Sandbox sandbox = Sandbox.start();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void countsCallsByTheirAnswers() throws IOException, InterruptedException {
    try (EventBridgeClient events = events(ORDERS)) {
      events.createEventBus(it -> it.name("a"));
      events.createEventBus(it -> it.name("b"));
      assertThatThrownBy(() -> events.describeRule(it -> it.name("r").eventBusName("a")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
    HttpRequest counts =
        HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/calls")).build();
    assertThat(HttpClient.newHttpClient().send(counts, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo(
            """
            [{"service":"events","operation":"CreateEventBus","answer":"ok","calls":2},\
            {"service":"events","operation":"DescribeRule","answer":"ResourceNotFoundException","calls":1}]\
            """);
  }

  @Test
  void anEventCrossesTwoAccountsIntoQueueAndLog() {
    try (EventBridgeClient global = events(GLOBAL);
        EventBridgeClient orders = events(ORDERS);
        EventBridgeClient deliveries = events(DELIVERIES);
        SqsClient sqs = sqs(DELIVERIES);
        CloudWatchLogsClient logs = logs(DELIVERIES)) {
      String globalArn = global.createEventBus(it -> it.name("global-bus")).eventBusArn();
      global.putPermission(it ->
          it.eventBusName("global-bus")
              .statementId("orders")
              .action("events:PutEvents")
              .principal(ORDERS));
      String localArn = deliveries.createEventBus(it -> it.name("local-bus")).eventBusArn();
      deliveries.putPermission(it ->
          it.eventBusName("local-bus")
              .statementId("global")
              .action("events:PutEvents")
              .principal(GLOBAL));
      rule(
          global,
          "global-bus",
          "forward",
          "{\"account\":[{\"anything-but\":[\"" + DELIVERIES + "\"]}]}",
          localArn,
          "arn:aws:iam::" + GLOBAL + ":role/forwarding");
      String queueUrl = queue(sqs, "local-bus/to-queue");
      rule(
          deliveries,
          "local-bus",
          "to-queue",
          EVERYTHING,
          "arn:aws:sqs:eu-west-1:" + DELIVERIES + ":queue",
          null);
      logs.createLogGroup(it -> it.logGroupName("/aws/events/local-bus"));
      logs.putResourcePolicy(it ->
          it.policyName("events")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                   "Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},
                   "Action":["logs:CreateLogStream","logs:PutLogEvents"],
                   "Resource":"arn:aws:logs:eu-west-1:333333333333:log-group:/aws/events/local-bus:*"}]}
                  """));
      rule(
          deliveries,
          "local-bus",
          "to-log",
          EVERYTHING,
          "arn:aws:logs:eu-west-1:" + DELIVERIES + ":log-group:/aws/events/local-bus",
          null);

      put(orders, globalArn);

      assertThat(sqs.receiveMessage(it -> it.queueUrl(queueUrl).waitTimeSeconds(10)).messages())
          .singleElement()
          .satisfies(it ->
              assertThat(it.body()).contains("\"account\":\"" + ORDERS + "\"", "Order.Created"));
      await()
          .until(() ->
              logs.filterLogEvents(it -> it.logGroupName("/aws/events/local-bus")).events().size()
                  == 1);
      assertThatThrownBy(() -> put(deliveries, globalArn))
          .isInstanceOf(EventBridgeException.class)
          .hasMessageContaining("is not authorized to perform: events:PutEvents");
    }
  }

  @Test
  void errorsAreTheOnesThatTheSdkKnows() {
    try (EventBridgeClient events = events(ORDERS);
        SqsClient sqs = sqs(ORDERS)) {
      assertThatThrownBy(() -> events.describeEventBus(it -> it.name("none")))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(() -> sqs.getQueueUrl(it -> it.queueName("none")))
          .isInstanceOf(QueueDoesNotExistException.class);
      assertThatThrownBy(() -> events.listApiDestinations(it -> {}))
          .isInstanceOf(EventBridgeException.class)
          .hasMessageContaining("ListApiDestinations");
    }
  }

  @Test
  void anyRoleMayBeAssumedUntilAnAccountDeclaresItsRoles() {
    try (StsClient sts = sts(ORDERS)) {
      Credentials credentials =
          sts.assumeRole(
                  it -> it.roleArn("arn:aws:iam::" + GLOBAL + ":role/any").roleSessionName("me"))
              .credentials();
      try (StsClient assumed = in(StsClient.builder(), session(credentials)).build()) {
        assertThat(assumed.getCallerIdentity().account()).isEqualTo(GLOBAL);
        assertThat(assumed.getCallerIdentity().arn())
            .isEqualTo("arn:aws:sts::" + GLOBAL + ":assumed-role/any/me");
      }
    }
  }

  @Test
  void declaredRolesAreEnforced(@TempDir Path folder) throws IOException {
    sandbox.plant(
        Files.writeString(
            folder.resolve("seed.yaml"),
            """
            accounts:
              "111111111111":
                roles:
                  operator:
                    trustPolicy:
                      Statement:
                        - Effect: Allow
                          Principal: {AWS: "222222222222"}
                          Action: sts:AssumeRole
                          Condition: {StringEquals: {"sts:ExternalId": secret-id}}
                    policies:
                      buses:
                        Statement:
                          - {Effect: Allow, Action: "events:Describe*", Resource: "*"}
            """));
    String role = "arn:aws:iam::" + GLOBAL + ":role/operator";
    try (StsClient sts = sts(ORDERS)) {
      assertThatThrownBy(
              () -> sts.assumeRole(it -> it.roleArn(role).roleSessionName("me").externalId("no")))
          .isInstanceOf(StsException.class)
          .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
      Credentials credentials =
          sts.assumeRole(it -> it.roleArn(role).roleSessionName("me").externalId("secret-id"))
              .credentials();
      try (EventBridgeClient events =
          in(EventBridgeClient.builder(), session(credentials)).build()) {
        assertThat(events.describeEventBus(it -> it.name("default")).name()).isEqualTo("default");
        assertThatThrownBy(() -> events.createEventBus(it -> it.name("bus")))
            .hasMessageContaining("no identity-based policy allows the events:CreateEventBus");
      }
    }
  }

  @Test
  void aSessionPolicyLimitsItsOwnSessionOnly() {
    try (StsClient sts = sts(ORDERS)) {
      Credentials limited =
          assume(
              sts,
              "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"events:List*\",\"Resource\":\"*\"}}");
      Credentials free = assume(sts, null);
      try (EventBridgeClient narrow = in(EventBridgeClient.builder(), session(limited)).build();
          EventBridgeClient wide = in(EventBridgeClient.builder(), session(free)).build()) {
        assertThat(narrow.listEventBuses(it -> {}).eventBuses()).hasSize(1);
        assertThatThrownBy(() -> narrow.createEventBus(it -> it.name("bus")))
            .hasMessageContaining("because no session policy allows the events:CreateEventBus");
        assertThat(wide.createEventBus(it -> it.name("bus")).eventBusArn()).endsWith("/bus");
      }
    }
  }

  private static Credentials assume(StsClient sts, String policy) {
    return sts.assumeRole(it ->
            it.roleArn("arn:aws:iam::" + GLOBAL + ":role/any")
                .roleSessionName("same")
                .policy(policy))
        .credentials();
  }

  @Test
  void unknownKeysAreRefused() {
    try (EventBridgeClient events =
        in(EventBridgeClient.builder(), AwsBasicCredentials.create("AKIAUNKNOWN", "x")).build()) {
      assertThatThrownBy(() -> events.listEventBuses(it -> {}))
          .hasMessageContaining("security token included in the request is invalid");
    }
  }

  @Test
  void callsAreRecorded() {
    try (EventBridgeClient events = events(ORDERS)) {
      events.listEventBuses(it -> {});
    }
    assertThat(sandbox.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.accountId()).isEqualTo(ORDERS);
          assertThat(call.service()).isEqualTo("events");
          assertThat(call.operation()).isEqualTo("ListEventBuses");
        });
  }

  @Test
  void resetEmptiesAllAccountsAtTheSameEndpoint() {
    try (EventBridgeClient events = events(ORDERS);
        SqsClient queues = sqs(ORDERS)) {
      events.createEventBus(it -> it.name("bus"));
      queues.createQueue(it -> it.queueName("queue"));
      sandbox.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("ListQueues"));
      sandbox.reset();
      assertThat(sandbox.calls()).isEmpty();
      assertThat(events.listEventBuses(it -> {}).eventBuses())
          .extracting(EventBus::name)
          .containsExactly("default");
      assertThat(queues.listQueues().queueUrls()).isEmpty();
    }
  }

  @Test
  void serviceQuotasTellsTheLimitsThatTheSandboxHas() throws IOException {
    try (Sandbox raised =
            Sandbox.start("127.0.0.1", 0, Optional.empty(), new RuleQuotas(500, 4_096));
        ServiceQuotasClient quotas =
            in(ServiceQuotasClient.builder(), key(ORDERS))
                .endpointOverride(raised.endpoint())
                .build()) {
      assertThat(
              quotas
                  .listServiceQuotasPaginator(it -> it.serviceCode("events").maxResults(3))
                  .quotas())
          .hasSize(4)
          .extracting(ServiceQuota::quotaCode, ServiceQuota::quotaName, ServiceQuota::value)
          .contains(
              tuple("L-244521F2", "Number of rules", 500.0),
              tuple("L-664C5505", "Event pattern size", 4_096.0));
      assertThatThrownBy(() -> quotas.listServiceQuotas(it -> it.serviceCode("lambda")))
          .isInstanceOf(NoSuchResourceException.class);
    }
  }

  private static String queue(SqsClient sqs, String rule) {
    return sqs.createQueue(it ->
            it.queueName("queue")
                .attributes(
                    Map.of(
                        QueueAttributeName.POLICY,
                        """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage",
                         "Resource":"arn:aws:sqs:eu-west-1:333333333333:queue",
                         "Condition":{"ArnEquals":{"aws:SourceArn":
                          "arn:aws:events:eu-west-1:333333333333:rule/%s"}}}]}
                        """
                            .formatted(rule))))
        .queueUrl();
  }

  private static void rule(
      EventBridgeClient events,
      String bus,
      String name,
      String pattern,
      String targetArn,
      String roleArn) {
    events.putRule(it -> it.eventBusName(bus).name(name).eventPattern(pattern));
    assertThat(
            events
                .putTargets(it ->
                    it.eventBusName(bus)
                        .rule(name)
                        .targets(Target.builder().id("t").arn(targetArn).roleArn(roleArn).build()))
                .failedEntryCount())
        .isZero();
  }

  private static void put(EventBridgeClient events, String bus) {
    events.putEvents(it ->
        it.entries(
            PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source("order-service")
                .detailType("Order.Created")
                .detail("{}")
                .build()));
  }

  private EventBridgeClient events(String account) {
    return in(EventBridgeClient.builder(), key(account)).build();
  }

  private SqsClient sqs(String account) {
    return in(SqsClient.builder(), key(account)).build();
  }

  private CloudWatchLogsClient logs(String account) {
    return in(CloudWatchLogsClient.builder(), key(account)).build();
  }

  private StsClient sts(String account) {
    return in(StsClient.builder(), key(account)).build();
  }

  private static AwsCredentials key(String account) {
    return AwsBasicCredentials.create(account, "secret");
  }

  private static AwsCredentials session(Credentials credentials) {
    return AwsSessionCredentials.create(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }
}

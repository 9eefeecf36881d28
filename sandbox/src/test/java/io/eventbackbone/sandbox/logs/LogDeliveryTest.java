package io.eventbackbone.sandbox.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbackbone.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ConflictException;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ValidationException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The delivery of a bus's log to a log group, by Amazon's SDK. */
class LogDeliveryTest {

  private static final String ACCOUNT = "111111111111";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final String GROUP = "/aws/vendedlogs/events/event-bus/global-bus";
  private static final String GROUP_ARN = "arn:aws:logs:eu-west-1:111111111111:log-group:" + GROUP;
  private static final String SOURCE_ARN =
      "arn:aws:logs:eu-west-1:111111111111:delivery-source:global-bus-info";
  private static final String DESTINATION_ARN =
      "arn:aws:logs:eu-west-1:111111111111:delivery-destination:global-bus";

  private final Sandbox sandbox = Sandbox.start();
  private final AwsBasicCredentials root = AwsBasicCredentials.create(ACCOUNT, "any");
  private final CloudWatchLogsClient logs = in(CloudWatchLogsClient.builder(), root).build();
  private final EventBridgeClient events = in(EventBridgeClient.builder(), root).build();

  @BeforeEach
  void make() {
    events.createEventBus(it -> it.name("global-bus").logConfig(log -> log.level(Level.INFO)));
    logs.createLogGroup(it -> it.logGroupName(GROUP));
  }

  @AfterEach
  void close() {
    logs.close();
    events.close();
    sandbox.close();
  }

  private void putSource() {
    logs.putDeliverySource(it ->
        it.name("global-bus-info")
            .resourceArn(BUS)
            .logType("INFO_LOGS")
            .tags(Map.of("team", "platform")));
  }

  private void putDestination() {
    logs.putDeliveryDestination(it ->
        it.name("global-bus")
            .deliveryDestinationConfiguration(to -> to.destinationResourceArn(GROUP_ARN)));
  }

  private Delivery deliver() {
    putSource();
    putDestination();
    return logs.createDelivery(it ->
            it.deliverySourceName("global-bus-info")
                .deliveryDestinationArn(DESTINATION_ARN)
                .tags(Map.of("team", "platform")))
        .delivery();
  }

  private void admit(String sourceArn) {
    logs.putResourcePolicy(it ->
        it.policyName("bus-log")
            .policyDocument(
                """
                {"Statement": [{"Effect": "Allow",
                  "Principal": {"Service": "delivery.logs.amazonaws.com"},
                  "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                  "Resource": "%s:log-stream:*",
                  "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"},
                                "ArnLike": {"aws:SourceArn": "%s"}}}]}
                """
                    .formatted(GROUP_ARN, sourceArn)));
  }

  private List<FilteredLogEvent> publish() {
    events.putEvents(it ->
        it.entries(
            PutEventsRequestEntry.builder()
                .eventBusName("global-bus")
                .source("order-service")
                .detailType("Order.Created")
                .detail("{}")
                .build()));
    return logs.filterLogEvents(it -> it.logGroupName(GROUP).filterPattern("EVENT_INGEST_SUCCESS"))
        .events();
  }

  @Test
  void anAdmittedDeliveryWritesTheLogOfTheBus() {
    deliver();
    admit(SOURCE_ARN);
    assertThat(publish())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.logStreamName()).isEqualTo("EventBridgeEventBusLogs");
          assertThat(it.message()).contains(BUS, "\"caller_account_id\":\"111111111111\"");
        });
  }

  @Test
  void withoutADeliveryNothingIsWritten() {
    putSource();
    putDestination();
    admit(SOURCE_ARN);
    assertThat(publish()).isEmpty();
  }

  @Test
  void whatNoResourcePolicyAdmitsIsLost() {
    deliver();
    assertThat(publish()).isEmpty();
    admit("arn:aws:logs:eu-west-1:111111111111:delivery-source:another");
    assertThat(publish()).isEmpty();
  }

  @Test
  void deliveriesAreToldWithTheirTags() {
    Delivery made = deliver();
    assertThat(made.arn()).isEqualTo("arn:aws:logs:eu-west-1:111111111111:delivery:" + made.id());
    assertThat(made.id()).matches("[0-9A-Za-z]+");
    assertThat(logs.getDelivery(it -> it.id(made.id())).delivery()).isEqualTo(made);
    assertThat(logs.describeDeliveries(it -> {}).deliveries()).containsExactly(made);
    assertThat(made.tags()).isEqualTo(Map.of("team", "platform"));
    assertThat(made.deliveryDestinationTypeAsString()).isEqualTo("CWL");

    var source = logs.getDeliverySource(it -> it.name("global-bus-info")).deliverySource();
    assertThat(source.arn()).isEqualTo(SOURCE_ARN);
    assertThat(source.resourceArns()).containsExactly(BUS);
    assertThat(source.service()).isEqualTo("events");
    assertThat(source.logType()).isEqualTo("INFO_LOGS");
    assertThat(logs.describeDeliverySources(it -> {}).deliverySources()).containsExactly(source);

    var destination =
        logs.getDeliveryDestination(it -> it.name("global-bus")).deliveryDestination();
    assertThat(destination.arn()).isEqualTo(DESTINATION_ARN);
    assertThat(destination.deliveryDestinationConfiguration().destinationResourceArn())
        .isEqualTo(GROUP_ARN);
    assertThat(destination.hasTags()).isFalse();
    assertThat(logs.describeDeliveryDestinations(it -> {}).deliveryDestinations())
        .containsExactly(destination);
  }

  @Test
  void tagsChangeByArn() {
    Delivery made = deliver();
    for (String arn : List.of(made.arn(), SOURCE_ARN, DESTINATION_ARN)) {
      logs.tagResource(it -> it.resourceArn(arn).tags(Map.of("owner", "us")));
      logs.untagResource(it -> it.resourceArn(arn).tagKeys("team"));
      assertThat(logs.listTagsForResource(it -> it.resourceArn(arn)).tags())
          .isEqualTo(Map.of("owner", "us"));
    }
    assertThatThrownBy(() -> logs.listTagsForResource(it -> it.resourceArn(SOURCE_ARN + "-2")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void whatADeliveryNeedsIsNotDeleted() {
    Delivery made = deliver();
    assertThatThrownBy(() -> logs.deleteDeliverySource(it -> it.name("global-bus-info")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> logs.deleteDeliveryDestination(it -> it.name("global-bus")))
        .isInstanceOf(ConflictException.class);
    logs.deleteDelivery(it -> it.id(made.id()));
    logs.deleteDeliverySource(it -> it.name("global-bus-info"));
    logs.deleteDeliveryDestination(it -> it.name("global-bus"));

    assertThatThrownBy(() -> logs.deleteDelivery(it -> it.id(made.id())))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested Delivery does not exist in this account.");
    assertThatThrownBy(() -> logs.getDeliverySource(it -> it.name("global-bus-info")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested Delivery Source does not exist in this account.");
    assertThatThrownBy(() -> logs.deleteDeliveryDestination(it -> it.name("global-bus")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested Delivery Destination does not exist in this account.");
  }

  @Test
  void aSourceAndAnEndHaveOneDelivery() {
    deliver();
    assertThatThrownBy(() ->
            logs.createDelivery(it ->
                it.deliverySourceName("global-bus-info").deliveryDestinationArn(DESTINATION_ARN)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("The specified Delivery already exists");
    logs.putDeliveryDestination(it ->
        it.name("another")
            .deliveryDestinationConfiguration(to -> to.destinationResourceArn(GROUP_ARN)));
    assertThatThrownBy(() ->
            logs.createDelivery(it ->
                it.deliverySourceName("global-bus-info")
                    .deliveryDestinationArn(DESTINATION_ARN.replace("global-bus", "another"))))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("same Delivery Destination Type");
  }

  @Test
  void aLogOfABusHasOneSource() {
    putSource();
    assertThatThrownBy(() ->
            logs.putDeliverySource(it -> it.name("another").resourceArn(BUS).logType("INFO_LOGS")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(
            "This ResourceId has already been used in another Delivery Source in this account");
    logs.putDeliverySource(it -> it.name("another").resourceArn(BUS).logType("TRACE_LOGS"));
  }

  @Test
  void tagsAreGivenAtCreationAlone() {
    putSource();
    assertThatThrownBy(this::putSource)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("Tags can only be provided when a resource is being created");
    logs.putDeliverySource(it -> it.name("global-bus-info").resourceArn(BUS).logType("INFO_LOGS"));
    assertThat(logs.getDeliverySource(it -> it.name("global-bus-info")).deliverySource().tags())
        .containsOnlyKeys("team");
  }

  @Test
  void aDestinationGoesElsewhereAndKeepsItsTags() {
    logs.putDeliveryDestination(it ->
        it.name("global-bus")
            .tags(Map.of("team", "platform"))
            .deliveryDestinationConfiguration(to -> to.destinationResourceArn(GROUP_ARN)));
    logs.createLogGroup(it -> it.logGroupName("/another"));
    String another = "arn:aws:logs:eu-west-1:111111111111:log-group:/another";
    logs.putDeliveryDestination(it ->
        it.name("global-bus")
            .deliveryDestinationConfiguration(to -> to.destinationResourceArn(another)));
    var destination =
        logs.getDeliveryDestination(it -> it.name("global-bus")).deliveryDestination();
    assertThat(destination.deliveryDestinationConfiguration().destinationResourceArn())
        .isEqualTo(another);
    assertThat(destination.tags()).isEqualTo(Map.of("team", "platform"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sqs:eu-west-1:111111111111:queue",
        "arn:aws:events:eu-west-1:222222222222:event-bus/global-bus",
        "arn:aws:events:eu-central-1:111111111111:event-bus/global-bus"
      })
  void onlyBusesOfTheAccountAreSources(String arn) {
    assertThatThrownBy(
            () -> logs.putDeliverySource(it -> it.name("a").resourceArn(arn).logType("INFO_LOGS")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Cannot access provided service.");
  }

  @Test
  void whatIsInvalidIsRefused() {
    assertThatThrownBy(
            () -> logs.putDeliverySource(it -> it.name("a").resourceArn(BUS).logType("ALL_LOGS")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("This service is not allowed for this LogSource.");
    assertThatThrownBy(() ->
            logs.putDeliverySource(it -> it.name("a.b").resourceArn(BUS).logType("INFO_LOGS")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() ->
            logs.putDeliverySource(
                it -> it.name("a".repeat(61)).resourceArn(BUS).logType("INFO_LOGS")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aRoleNeedsTheBussConsentAndItsOwnPermissions(@TempDir Path directory) throws IOException {
    String permissions = "\"logs:*\", \"events:*\"";
    assertThat(refusal(directory, permissions, "events:AllowVendedLogDeliveryForResource"))
        .contains("events:AllowVendedLogDeliveryForResource", BUS);
    assertThat(refusal(directory, permissions, "logs:PutDeliverySource")).contains(SOURCE_ARN);
    assertThat(refusal(directory, permissions, "logs:TagResource"))
        .contains("logs:TagResource", SOURCE_ARN);
  }

  private String refusal(Path directory, String allowed, String denied) throws IOException {
    sandbox.plant(
        Files.writeString(
            directory.resolve("seed.yaml"),
            """
            accounts:
              "111111111111":
                roles:
                  deliverer:
                    trustPolicy:
                      Statement:
                      - {Effect: Allow, Principal: {AWS: "111111111111"}, Action: "sts:AssumeRole"}
                    policies:
                      all:
                        Statement:
                        - {Effect: Allow, Action: [%s], Resource: "*"}
                        - {Effect: Deny, Action: ["%s"], Resource: "*"}
            """
                .formatted(allowed, denied)));
    try (StsClient sts = in(StsClient.builder(), root).build()) {
      Credentials role =
          sts.assumeRole(it ->
                  it.roleArn("arn:aws:iam::111111111111:role/deliverer").roleSessionName("test"))
              .credentials();
      AwsCredentials session =
          AwsSessionCredentials.create(
              role.accessKeyId(), role.secretAccessKey(), role.sessionToken());
      try (CloudWatchLogsClient asRole = in(CloudWatchLogsClient.builder(), session).build()) {
        return catchThrowableOfType(
                CloudWatchLogsException.class,
                () ->
                    asRole.putDeliverySource(it ->
                        it.name("global-bus-info")
                            .resourceArn(BUS)
                            .logType("INFO_LOGS")
                            .tags(Map.of("team", "platform"))))
            .getMessage();
      }
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }
}

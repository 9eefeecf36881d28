package io.eventbackbone.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;

class FaultsTest {

  private static final String ACCOUNT = "111111111111";
  private static final String ANOTHER = "222222222222";

  private final Sandbox sandbox = Sandbox.start();
  private final EventBridgeClient events = once(EventBridgeClient.builder(), ACCOUNT);

  @AfterEach
  void close() {
    events.close();
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLING, 400, ThrottlingException",
    "SERVER_ERROR, 500, InternalException",
    "ACCESS_DENIED, 400, AccessDeniedException",
    "EXPIRED_TOKEN, 400, ExpiredTokenException",
    "CONCURRENT_MODIFICATION, 400, ConcurrentModificationException"
  })
  void refusesByTheCodesOfAwsAndDoesNothing(Effect.Refusal refusal, int status, String code) {
    try (InjectedFault fault = sandbox.inject(Fault.of(refusal))) {
      assertThatThrownBy(() -> events.createEventBus(it -> it.name("a")))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(status);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              });
      assertThat(fault.struck()).isEqualTo(1);
    }
    assertThat(buses()).containsExactly("default");
  }

  @Test
  void strikesOnlyTheCallsThatItNames() {
    Fault fault =
        Fault.of(Effect.Refusal.SERVER_ERROR)
            .inAccount(ACCOUNT)
            .ofService("events")
            .ofOperation("CreateEventBus")
            .atCalls(2, 2);
    try (InjectedFault injected = sandbox.inject(fault);
        EventBridgeClient others = once(EventBridgeClient.builder(), ANOTHER);
        SqsClient queues = once(SqsClient.builder(), ACCOUNT)) {
      others.createEventBus(it -> it.name("a"));
      others.createEventBus(it -> it.name("b"));
      queues.createQueue(it -> it.queueName("a"));
      events.createEventBus(it -> it.name("a"));
      assertThatThrownBy(() -> events.createEventBus(it -> it.name("b")))
          .isInstanceOf(AwsServiceException.class);
      events.createEventBus(it -> it.name("c"));
      assertThat(injected.struck()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsTheConnectionBeforeOrAfterTheCallWasDone(boolean isDone) {
    Effect effect = isDone ? Effect.Connection.ANSWER_LOST : Effect.Connection.RESET;
    try (InjectedFault fault = sandbox.inject(Fault.of(effect))) {
      assertThatThrownBy(() -> events.createEventBus(it -> it.name("a")))
          .isInstanceOf(SdkClientException.class);
    }
    assertThat(buses().contains("a")).isEqualTo(isDone);
  }

  @Test
  void theSdkRetriesWhatItWouldRetryOnAws() {
    Fault fault = Fault.of(Effect.Refusal.THROTTLING).atCalls(1, 2);
    try (InjectedFault injected = sandbox.inject(fault);
        EventBridgeClient retrying = client(EventBridgeClient.builder(), ACCOUNT).build()) {
      retrying.createEventBus(it -> it.name("a"));
      assertThat(injected.struck()).isEqualTo(2);
    }
  }

  @Test
  void takesItsTime() {
    Duration latency = Duration.ofMillis(200);
    try (InjectedFault fault = sandbox.inject(Fault.of(new Effect.Latency(latency)))) {
      Instant before = Instant.now();
      buses();
      assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(latency);
      assertThat(fault.struck()).isEqualTo(1);
    }
  }

  @Test
  void throttlesWhatIsTooMuchForAnAccountAndRegionButNotEvents() {
    Fault limit = Fault.of(new Effect.RateLimit(1)).ofService("events");
    try (InjectedFault injected = sandbox.inject(limit);
        EventBridgeClient others = once(EventBridgeClient.builder(), ANOTHER);
        EventBridgeClient elsewhere =
            client(EventBridgeClient.builder(), ACCOUNT).region(Region.EU_WEST_2).build()) {
      events.createEventBus(it -> it.name("a"));
      assertThatThrownBy(() -> untilRefused(events))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException"));
      others.listEventBuses(it -> {});
      elsewhere.listEventBuses(it -> {});
      for (int i = 0; i < 5; i++) {
        events.putEvents(it -> it.entries(event()));
      }
      assertThat(injected.struck()).isEqualTo(1);
    }
  }

  /** Two calls are too many for one second, but a slow machine may take that second for one. */
  private static void untilRefused(EventBridgeClient client) {
    for (int i = 0; i < 100; i++) {
      client.listEventBuses(it -> {});
    }
  }

  @Test
  void failsOneEntryAndDoesTheOthers() {
    events.createEventBus(it -> it.name("a"));
    events.putRule(it -> it.eventBusName("a").name("r").eventPattern("{\"source\":[\"s\"]}"));
    try (InjectedFault fault = sandbox.inject(Fault.of(new Effect.FailedEntry()))) {
      PutTargetsResponse targets =
          events.putTargets(
              it -> it.eventBusName("a").rule("r").targets(target("one"), target("two")));
      assertThat(targets.failedEntryCount()).isEqualTo(1);
      assertThat(targets.failedEntries().get(0).targetId()).isEqualTo("one");
      PutEventsResponse published = events.putEvents(it -> it.entries(event(), event()));
      assertThat(published.failedEntryCount()).isEqualTo(1);
      assertThat(published.entries().get(0).errorCode()).isEqualTo("InternalException");
      assertThat(published.entries().get(1).eventId()).isNotEmpty();
      assertThat(fault.struck()).isEqualTo(2);
    }
    assertThat(events.listTargetsByRule(it -> it.eventBusName("a").rule("r")).targets())
        .extracting(Target::id)
        .containsExactly("two");
  }

  @Test
  void readsAreOldForAWhileAfterAWrite() {
    Fault fault = Fault.of(new Effect.StaleReads(Duration.ofMinutes(1)));
    try (InjectedFault injected = sandbox.inject(fault)) {
      assertThat(buses()).containsExactly("default");
      events.createEventBus(it -> it.name("a"));
      assertThat(buses()).containsExactly("default");
      assertThat(injected.struck()).isEqualTo(1);
    }
    assertThat(buses()).containsExactly("a", "default");
  }

  @Test
  void aFileSaysThemToo(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("faults.yaml"),
            """
            - {fault: throttling, account: "111111111111", service: events, calls: 3-5}
            - {fault: latency, duration: PT0.2S}
            - {fault: failedEntry, operation: PutTargets, calls: 1}
            - {fault: rateLimit, service: events, perSecond: 50}
            """);
    assertThat(FaultFile.read(file))
        .containsExactly(
            Fault.of(Effect.Refusal.THROTTLING)
                .inAccount(ACCOUNT)
                .ofService("events")
                .atCalls(3, 5),
            Fault.of(new Effect.Latency(Duration.ofMillis(200))),
            Fault.of(new Effect.FailedEntry()).ofOperation("PutTargets").atCalls(1, 1),
            Fault.of(new Effect.RateLimit(50)).ofService("events"));

    Files.writeString(file, "- {fault: latency}\n- {fault: thunder}\n");
    assertThatThrownBy(() -> FaultFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entry 2: there is no fault 'thunder'");

    Files.writeString(file, "- {fault: rateLimit}\n");
    assertThatThrownBy(() -> FaultFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entry 1: perSecond is 1 or more, not 0");
  }

  private List<String> buses() {
    return events.listEventBuses(it -> {}).eventBuses().stream().map(EventBus::name).toList();
  }

  private static Target target(String id) {
    return Target.builder().id(id).arn("arn:aws:sqs:eu-west-1:111111111111:" + id).build();
  }

  private static PutEventsRequestEntry event() {
    return PutEventsRequestEntry.builder()
        .eventBusName("a")
        .source("s")
        .detailType("T")
        .detail("{}")
        .build();
  }

  /** A client that shows every answer as it is. */
  private <B extends AwsClientBuilder<B, C>, C> C once(B builder, String account) {
    return client(builder, account)
        .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B client(B builder, String account) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")));
  }
}

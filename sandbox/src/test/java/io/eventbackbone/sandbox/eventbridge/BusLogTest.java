package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.EventTarget.Result;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bus logs of the events on it, at each level. */
class BusLogTest {

  private static final String PATTERN = "{'detail-type': ['Order.Created']}";
  private static final String QUEUE = queueArn(GLOBAL, "orders");
  private static final String DEAD_LETTERS = queueArn(GLOBAL, "orders-dlq");
  private static final Result NOT_ADMITTED =
      new Result.Failed("NO_PERMISSIONS", "The queue's policy does not admit it.", Retry.POINTLESS);

  private final EventBridgeFixture aws = new EventBridgeFixture();

  private void bus(String logConfig) {
    aws.call(
        GLOBAL, "CreateEventBus", "{'Name': 'global-bus', 'LogConfig': %s}".formatted(logConfig));
    aws.forward(
        GLOBAL,
        "global-bus",
        "orders",
        PATTERN,
        "'Arn': '%s', 'DeadLetterConfig': {'Arn': '%s'}".formatted(QUEUE, DEAD_LETTERS));
  }

  private void publish(String detailType) {
    aws.publish(GLOBAL, "global-bus", detailType);
    aws.time.runAll();
  }

  private List<String> steps() {
    return aws.busLog.values().stream()
        .flatMap(Collection::stream)
        .map(record -> record.get("message_type").textValue())
        .toList();
  }

  private ObjectNode record(String logType, String step) {
    return aws.busLog.get(logType).stream()
        .filter(record -> record.get("message_type").textValue().equals(step))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OFF   | Order.Created |
          ERROR | Order.Created |
          INFO  | Order.Created | EVENT_INGEST_SUCCESS RULE_MATCH INVOCATION_SUCCESS
          INFO  | Order.Updated | EVENT_INGEST_SUCCESS NO_STANDARD_RULES_MATCHED
          TRACE | Order.Updated | EVENT_INGEST_SUCCESS NO_STANDARD_RULES_MATCHED EVENT_RECEIPT RULE_MATCH_START
          TRACE | Order.Created | EVENT_INGEST_SUCCESS RULE_MATCH INVOCATION_SUCCESS EVENT_RECEIPT RULE_MATCH_START INVOCATION_START INVOCATION_ATTEMPT_START INVOCATION_ATTEMPT_SUCCESS
          """)
  void stepsOfWhatArrivesAreLoggedByLevel(String level, String detailType, String steps) {
    bus("{'Level': '%s'}".formatted(level));
    publish(detailType);
    assertThat(steps()).isEqualTo(steps == null ? List.of() : List.of(steps.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"OFF, 0", "ERROR, 3", "INFO, 3", "TRACE, 3"})
  void whyAnEventNeverCameIsAnError(String level, int errors) {
    bus("{'Level': '%s'}".formatted(level));
    aws.sqs.answers.put(QUEUE, NOT_ADMITTED);
    publish("Order.Created");
    assertThat(aws.busLog.getOrDefault("ERROR_LOGS", List.of()))
        .hasSize(errors)
        .allSatisfy(record -> assertThat(record.get("log_level").textValue()).isEqualTo("ERROR"));
  }

  @Test
  void aFailureTellsRuleTargetAndReason() {
    bus("{'Level': 'ERROR'}");
    aws.sqs.answers.put(QUEUE, NOT_ADMITTED);
    publish("Order.Created");

    assertThat(steps())
        .containsExactly(
            "INVOCATION_ATTEMPT_PERMANENT_FAILURE", "INVOCATION_FAILURE", "INVOCATION_DLQ");
    JsonNode failure = record("ERROR_LOGS", "INVOCATION_FAILURE");
    assertThat(failure.get("resource_arn").textValue()).isEqualTo(busArn(GLOBAL, "global-bus"));
    assertThat(failure.at("/details/rule_arn").textValue()).endsWith(":rule/global-bus/orders");
    assertThat(failure.at("/details/target_arn").textValue()).isEqualTo(QUEUE);
    assertThat(failure.at("/details/total_attempts").intValue()).isEqualTo(1);
    assertThat(failure.at("/details/final_invocation_status").textValue())
        .isEqualTo("NO_PERMISSIONS");
    assertThat(failure.at("/error/error_message").textValue())
        .isEqualTo("The queue's policy does not admit it.");
    assertThat(failure.at("/error/aws_service").textValue()).isEqualTo("sqs");
    assertThat(failure.get("details").has("target_input")).isFalse();
  }

  @Test
  void everyAttemptThatFailsIsAnError() {
    bus("{'Level': 'ERROR'}");
    aws.forward(
        GLOBAL,
        "global-bus",
        "orders",
        PATTERN,
        "'Arn': '%s', 'RetryPolicy': {'MaximumRetryAttempts': 1}".formatted(QUEUE));
    aws.sqs.answers.put(QUEUE, new Result.Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
    publish("Order.Created");
    assertThat(steps())
        .containsExactly(
            "INVOCATION_ATTEMPT_RETRYABLE_FAILURE",
            "INVOCATION_ATTEMPT_PERMANENT_FAILURE",
            "INVOCATION_FAILURE");
    assertThat(record("ERROR_LOGS", "INVOCATION_FAILURE").at("/details/total_attempts").intValue())
        .isEqualTo(2);
  }

  @Test
  void payloadsAreInItOnlyWhenAskedFor() {
    bus("{'Level': 'INFO', 'IncludeDetail': 'NONE'}");
    publish("Order.Created");
    assertThat(record("INFO_LOGS", "EVENT_INGEST_SUCCESS").get("details").has("event_detail"))
        .isFalse();

    aws.call(
        GLOBAL,
        "UpdateEventBus",
        "{'Name': 'global-bus', 'LogConfig': {'Level': 'INFO', 'IncludeDetail': 'FULL'}}");
    aws.busLog.clear();
    publish("Order.Created");
    ObjectNode ingested = record("INFO_LOGS", "EVENT_INGEST_SUCCESS");
    assertThat(ingested.at("/details/event_detail").textValue()).isEqualTo("{}");
    assertThat(ingested.at("/details/caller_account_id").textValue()).isEqualTo(GLOBAL);
    assertThat(record("INFO_LOGS", "INVOCATION_SUCCESS").at("/details/target_input").textValue())
        .contains("Order.Created");
  }

  @Test
  void managedRulesAreNotLogged() {
    bus("{'Level': 'TRACE'}");
    aws.call(
        GLOBAL,
        "CreateArchive",
        "{'ArchiveName': 'all', 'EventSourceArn': '%s'}".formatted(busArn(GLOBAL, "global-bus")));
    publish("Order.Updated");
    assertThat(steps()).contains("NO_STANDARD_RULES_MATCHED").doesNotContain("RULE_MATCH");
    assertThat(steps()).noneMatch(step -> step.startsWith("INVOCATION"));
  }

  @Test
  void anUnknownLevelIsRefused() {
    assertThat(
            aws.refusal(GLOBAL, "CreateEventBus", "{'Name': 'a', 'LogConfig': {'Level': 'DEBUG'}}"))
        .hasMessageContaining("[OFF, ERROR, INFO, TRACE]");
  }
}

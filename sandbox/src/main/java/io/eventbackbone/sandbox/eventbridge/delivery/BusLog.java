package io.eventbackbone.sandbox.eventbridge.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.BusLogs;
import io.eventbackbone.sandbox.api.EventTarget.Result.Failed;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBus.LogConfig;
import io.eventbackbone.sandbox.eventbridge.model.EventBus.LogConfig.IncludeDetail;
import io.eventbackbone.sandbox.eventbridge.model.EventBus.LogConfig.Level;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import io.eventbackbone.sandbox.eventbridge.model.TargetInput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The log of a bus: a record for each step of an event, as its LogConfig asks (EventBridge User
 * Guide, "Amazon EventBridge event bus log schema"). Events that only managed rules match are
 * logged as if no rule did.
 */
public final class BusLog {

  private static final String SUCCESS = "SUCCESS";

  /** Steps of the processing of an event, with the lowest level that logs them. */
  public enum Step {
    EVENT_RECEIPT(Level.TRACE),
    EVENT_INGEST_SUCCESS(Level.INFO),
    NO_STANDARD_RULES_MATCHED(Level.INFO),
    RULE_MATCH_START(Level.TRACE),
    RULE_MATCH(Level.INFO),
    INVOCATION_START(Level.TRACE),
    INVOCATION_ATTEMPT_START(Level.TRACE),
    INVOCATION_ATTEMPT_SUCCESS(Level.TRACE),
    INVOCATION_ATTEMPT_RETRYABLE_FAILURE(Level.ERROR),
    INVOCATION_ATTEMPT_PERMANENT_FAILURE(Level.ERROR),
    INVOCATION_SUCCESS(Level.INFO),
    INVOCATION_FAILURE(Level.ERROR),
    INVOCATION_DLQ(Level.ERROR);

    private final Level level;

    Step(Level level) {
      this.level = level;
    }

    private boolean isLoggedAt(Level busLevel) {
      return busLevel != Level.OFF && level.compareTo(busLevel) <= 0;
    }

    private String logType() {
      return level + "_LOGS";
    }
  }

  /**
   * An event on its way from a rule to a target.
   *
   * @param attempts tries so far, including this one
   */
  public record Invocation(EventBus bus, Arrival arrival, Rule rule, Target target, int attempts) {

    private String id() {
      return guid(arrival.event().id() + rule.arn() + target.id());
    }
  }

  private final BusLogs logs;
  private final Clock clock;

  public BusLog(BusLogs logs, Clock clock) {
    this.logs = logs;
    this.clock = clock;
  }

  /** The bus took an event. */
  void taken(EventBus bus, Arrival arrival) {
    for (Step step : List.of(Step.EVENT_RECEIPT, Step.EVENT_INGEST_SUCCESS)) {
      write(step, bus, () -> record(bus, arrival, event(bus, arrival)));
    }
  }

  /**
   * Rules were looked for.
   *
   * @param matching those that match, managed ones included
   */
  void matched(EventBus bus, Arrival arrival, List<Rule> matching) {
    write(Step.RULE_MATCH_START, bus, () -> record(bus, arrival, event(bus, arrival)));
    List<Rule> standard = matching.stream().filter(rule -> rule.managedBy().isEmpty()).toList();
    if (standard.isEmpty()) {
      write(Step.NO_STANDARD_RULES_MATCHED, bus, () -> record(bus, arrival, Json.object()));
    }
    for (Rule rule : standard) {
      ObjectNode details = Json.object().put("rule_arn", rule.arn());
      ArrayNode targets = details.putArray("target_arns");
      ArrayNode invocations = details.putArray("invocation_ids");
      for (Target target : rule.targets().values()) {
        targets.add(target.arn());
        invocations.add(new Invocation(bus, arrival, rule, target, 0).id());
      }
      write(Step.RULE_MATCH, bus, () -> record(bus, arrival, details));
    }
  }

  /** The target is about to be tried. */
  void attempted(Invocation invocation) {
    if (invocation.attempts() == 1) {
      write(Step.INVOCATION_START, invocation, () -> started(invocation));
    }
    write(Step.INVOCATION_ATTEMPT_START, invocation, () -> started(invocation));
  }

  void succeeded(Invocation invocation) {
    write(Step.INVOCATION_ATTEMPT_SUCCESS, invocation, () -> attempt(invocation, SUCCESS));
    write(Step.INVOCATION_SUCCESS, invocation, () -> end(invocation, SUCCESS));
  }

  /** The delivery failed and will be tried again. */
  void failed(Invocation invocation, Failed failure) {
    write(
        Step.INVOCATION_ATTEMPT_RETRYABLE_FAILURE,
        invocation,
        () -> withError(invocation, attempt(invocation, failure.errorCode()), failure));
  }

  /** The delivery failed for good. */
  void gaveUp(Invocation invocation, Failed failure) {
    String status = failure.errorCode();
    write(
        Step.INVOCATION_ATTEMPT_PERMANENT_FAILURE,
        invocation,
        () -> withError(invocation, attempt(invocation, status), failure));
    write(
        Step.INVOCATION_FAILURE,
        invocation,
        () -> withError(invocation, end(invocation, status), failure));
  }

  /** The event went to the target's dead-letter queue. */
  void deadLettered(Invocation invocation, Failed failure) {
    write(
        Step.INVOCATION_DLQ,
        invocation,
        () -> withError(invocation, end(invocation, failure.errorCode()), failure));
  }

  private static ObjectNode event(EventBus bus, Arrival arrival) {
    Event event = arrival.event();
    ObjectNode details =
        Json.object()
            .put("caller_account_id", event.account())
            .put("source_time_ms", event.time().toEpochMilli())
            .put("source", event.source())
            .put("detail_type", event.detailType());
    event.resources().forEach(details.putArray("resources")::add);
    if (includesDetail(bus)) {
      details.put("event_detail", event.detail());
    }
    return details;
  }

  private static ObjectNode started(Invocation invocation) {
    ObjectNode details = target(invocation).put("attempt_count", invocation.attempts());
    return record(invocation, withInput(details, invocation));
  }

  private ObjectNode end(Invocation invocation, String status) {
    long latency = Duration.between(invocation.arrival().ingested(), clock.instant()).toMillis();
    ObjectNode details =
        withInput(target(invocation), invocation)
            .put("total_attempts", invocation.attempts())
            .put("final_invocation_status", status)
            .put("ingestion_to_complete_latency_ms", latency);
    if (status.equals(SUCCESS)) {
      details.put("ingestion_to_success_latency_ms", latency);
    }
    return record(invocation, details);
  }

  private static ObjectNode attempt(Invocation invocation, String status) {
    return record(
        invocation,
        target(invocation)
            .put("attempt_type", invocation.attempts() == 1 ? "FIRST" : "RETRY")
            .put("attempt_count", invocation.attempts())
            .put("invocation_status", status));
  }

  private static ObjectNode target(Invocation invocation) {
    ObjectNode details = Json.object().put("rule_arn", invocation.rule().arn());
    invocation.target().roleArn().ifPresent(role -> details.put("role_arn", role));
    return details.put("target_arn", invocation.target().arn());
  }

  private static ObjectNode withInput(ObjectNode details, Invocation invocation) {
    if (includesDetail(invocation.bus())) {
      invocation
          .target()
          .input()
          .of(
              new TargetInput.Match(
                  invocation.rule(), invocation.arrival().event(), invocation.arrival().ingested()))
          .ifPresent(input -> details.put("target_input", input));
    }
    return details;
  }

  private static ObjectNode withError(Invocation invocation, ObjectNode record, Failed failure) {
    record
        .putObject("error")
        .put("error_message", failure.message())
        .put("aws_service", invocation.target().service());
    return record;
  }

  private static ObjectNode record(Invocation invocation, ObjectNode details) {
    return record(invocation.bus(), invocation.arrival(), details)
        .put("invocation_id", invocation.id());
  }

  private static ObjectNode record(EventBus bus, Arrival arrival, ObjectNode details) {
    ObjectNode record =
        Json.object()
            .put("resource_arn", bus.id().arn())
            .put("event_bus_name", bus.id().name())
            .put("request_id", guid(bus.id().arn() + arrival.event().id()))
            .put("event_id", arrival.event().id());
    record.set("details", details);
    return record;
  }

  private void write(Step step, Invocation invocation, Supplier<ObjectNode> record) {
    if (invocation.rule().managedBy().isEmpty()) {
      write(step, invocation.bus(), record);
    }
  }

  private void write(Step step, EventBus bus, Supplier<ObjectNode> asked) {
    if (step.isLoggedAt(level(bus))) {
      ObjectNode record = asked.get();
      record
          .put("message_timestamp_ms", clock.millis())
          .put("message_type", step.name())
          .put("log_level", step.level.name());
      logs.write(bus.id().arn(), step.logType(), record.toString());
    }
  }

  private static Level level(EventBus bus) {
    return bus.settings().logConfig().flatMap(LogConfig::level).orElse(Level.OFF);
  }

  private static boolean includesDetail(EventBus bus) {
    return bus.settings()
        .logConfig()
        .flatMap(LogConfig::includeDetail)
        .filter(IncludeDetail.FULL::equals)
        .isPresent();
  }

  private static String guid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

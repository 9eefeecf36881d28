package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.BusLogs;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.EventTarget;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Paging;
import io.eventbackbone.sandbox.api.TaggedResources;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.LogsErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Amazon CloudWatch Logs: groups, streams, events, resource policies, and the delivery of the logs
 * of event buses. Encryption keys and log classes are kept as settings, without effect.
 */
public final class LogsService implements AwsService, EventTarget, BusLogs, TaggedResources {

  private static final String EVENTBRIDGE = "events.amazonaws.com";
  private static final String LOG_DELIVERY = "delivery.logs.amazonaws.com";

  /** Where AWS writes the logs of all event buses of a log group, as published captures show. */
  private static final String BUS_LOG_STREAM = "EventBridgeEventBusLogs";

  private final Authorizer authorizer;
  private final Clock clock;
  private final LogGroups groups = new LogGroups();
  private final Deliveries deliveries = new Deliveries();
  private final ResourcePolicies policies;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * @param clock decides which events have expired, and dates new ones
   */
  public LogsService(Authorizer authorizer, Clock clock) {
    this.authorizer = authorizer;
    this.clock = clock;
    LogsAccess access = new LogsAccess(authorizer, groups);
    this.policies = new ResourcePolicies(access, clock);
    operations.putAll(new GroupOperations(groups, access, clock).operations());
    operations.putAll(new EventOperations(groups, access, clock).operations());
    operations.putAll(policies.operations());
    operations.putAll(new DeliveryOperations(deliveries, groups, access).operations());
    operations.putAll(new TagOperations(groups, deliveries, access).operations());
  }

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public ServiceErrors errors() {
    return LogsErrors.LOGS;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  static Paging paging(int largest) {
    return new Paging("limit", largest, "nextToken", LogsErrors::invalidToken);
  }

  @Override
  public synchronized Map<String, Map<String, String>> tagged(String account, String region) {
    return groups.of(new Home(account, region)).stream()
        .filter(group -> !group.tags().isEmpty())
        .collect(Collectors.toMap(group -> group.id().arn(), group -> Map.copyOf(group.tags())));
  }

  @Override
  public synchronized ObjectNode handle(Call call) {
    return AwsService.super.handle(call);
  }

  /**
   * Writes the event to a stream of the rule's own, as {@code events.amazonaws.com} and only when a
   * resource policy of the account admits both CreateLogStream and PutLogEvents on that stream. A
   * policy for {@code <group>:*} does, one for {@code <group>} does not.
   *
   * @param delivery its target is the group's ARN, with or without {@code :*}; a body that is an
   *     object of {@code timestamp} and {@code message} alone, as an input transformer makes it,
   *     gives the log event both (EventBridge User Guide, "Targets")
   * @return {@code NO_RESOURCE} when there is no such group, {@code NO_PERMISSIONS} when no policy
   *     admits it
   */
  @Override
  public synchronized Result deliver(Delivery delivery) {
    String arn = delivery.targetArn();
    return LogGroupId.ofArn(arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn)
        .flatMap(groups::find)
        .map(group -> deliver(delivery, group))
        .orElseGet(() ->
            new Result.Failed(
                "NO_RESOURCE", LogsErrors.noLogGroup().getMessage(), Retry.POINTLESS));
  }

  private Result deliver(Delivery delivery, LogGroup group) {
    String streamName =
        UUID.nameUUIDFromBytes(delivery.ruleArn().getBytes(StandardCharsets.UTF_8)).toString();
    try {
      authorize(EVENTBRIDGE, delivery.ruleArn(), group.id(), streamName);
    } catch (AwsException refused) {
      return new Result.Failed("NO_PERMISSIONS", refused.getMessage(), Retry.POINTLESS);
    }
    Instant now = clock.instant();
    write(
        group,
        streamName,
        transformed(delivery.body())
            .orElseGet(() -> new EventBatch.Event(now.toEpochMilli(), delivery.body())),
        now);
    return new Result.Delivered();
  }

  /**
   * Writes the record as {@code delivery.logs.amazonaws.com} where a delivery takes it, and only
   * when a resource policy of the account admits that for the delivery's source.
   */
  @Override
  public synchronized void write(String busArn, String logType, String record) {
    String[] parts = busArn.split(":", -1);
    Instant now = clock.instant();
    deliveries
        .of(new Home(parts[4], parts[3]))
        .ways(busArn, logType)
        .forEach((source, id) ->
            groups
                .find(id)
                .filter(group -> admits(group.id(), source))
                .ifPresent(group ->
                    write(
                        group,
                        BUS_LOG_STREAM,
                        new EventBatch.Event(now.toEpochMilli(), record),
                        now)));
  }

  private boolean admits(LogGroupId group, DeliverySource source) {
    try {
      authorize(LOG_DELIVERY, source.arn(), group, BUS_LOG_STREAM);
      return true;
    } catch (AwsException refused) {
      return false;
    }
  }

  private static void write(
      LogGroup group, String streamName, EventBatch.Event event, Instant now) {
    LogStream stream =
        group.findStream(streamName).orElseGet(() -> group.createStream(streamName, now));
    group.write(stream, event.timestamp(), event.message(), now);
  }

  private void authorize(String service, String sourceArn, LogGroupId group, String stream) {
    for (String action : List.of("logs:CreateLogStream", "logs:PutLogEvents")) {
      authorizer.authorize(
          new Principal.Service(service),
          Access.to(action, group.streamArn(stream), group.account())
              .under(
                  RequestContext.of(
                      Map.of(
                          "aws:SourceArn",
                          sourceArn,
                          "aws:SourceAccount",
                          sourceArn.split(":", -1)[4])))
              .governedBy(policies.of(group)));
    }
  }

  private static Optional<EventBatch.Event> transformed(String body) {
    return Json.parseObject(body)
        .filter(json -> json.size() == 2 && json.path("message").isTextual())
        .flatMap(json ->
            millis(json.path("timestamp"))
                .map(time -> new EventBatch.Event(time, json.get("message").asText())));
  }

  /** A number of milliseconds, or the form that an event's own time has. */
  private static Optional<Long> millis(JsonNode timestamp) {
    return timestamp.canConvertToLong()
        ? Optional.of(timestamp.asLong())
        : Json.instant(timestamp.asText()).map(Instant::toEpochMilli);
  }
}

package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.Archive;
import io.eventbackbone.sandbox.eventbridge.model.Archives;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.EventPattern;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import io.eventbackbone.sandbox.eventbridge.model.TargetInput;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The operations on archives. An archive gets its events by a managed rule on the bus, which other
 * calls list but must leave alone (EventBridge User Guide, "Creating archives").
 */
final class ArchiveOperations {

  /** Archives are made at once here: every one of them is enabled. */
  private enum State {
    ENABLED,
    DISABLED,
    CREATING,
    UPDATING,
    CREATE_FAILED,
    UPDATE_FAILED
  }

  private final EventBuses buses;
  private final Archives archives;
  private final EventBridgeAccess access;
  private final RuleQuotas quotas;
  private final Clock clock;

  ArchiveOperations(
      EventBuses buses,
      Archives archives,
      EventBridgeAccess access,
      RuleQuotas quotas,
      Clock clock) {
    this.buses = buses;
    this.archives = archives;
    this.access = access;
    this.quotas = quotas;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateArchive", this::create,
        "DescribeArchive", this::describe,
        "UpdateArchive", this::update,
        "DeleteArchive", this::delete,
        "ListArchives", this::list);
  }

  private ObjectNode create(Request request) {
    Members input = request.input();
    String name = name(request);
    String sourceArn = input.requiredText("EventSourceArn", Shapes.EVENT_SOURCE_ARN);
    access.require(request, request.home().arn("events", "archive/" + name));
    BusId source =
        BusId.ofArn(sourceArn)
            .filter(bus -> bus.home().equals(request.home()))
            .orElseThrow(() -> noSuchSource(sourceArn));
    access.requireOwn(request, source, buses.find(source));
    Archive archive =
        Archive.create(
            request.home(),
            name,
            source,
            input.text("Description", Shapes.ARCHIVE_DESCRIPTION),
            pattern(input),
            retentionDays(input).orElse(0),
            key(input).filter(key -> !key.isEmpty()),
            clock.instant());
    buses.get(source);
    archives.add(archive);
    buses.change(source, bus -> bus.with(managedRule(archive)));
    return outcome(archive);
  }

  private ObjectNode update(Request request) {
    Members input = request.input();
    String name = name(request);
    access.require(request, request.home().arn("events", "archive/" + name));
    Archive before = archives.get(request.home(), name);
    if (Stream.of("Description", "EventPattern", "RetentionDays", "KmsKeyIdentifier")
        .noneMatch(input::has)) {
      throw EventBridgeErrors.validation(
          "At least one parameter must be given to update an archive.");
    }
    Archive after =
        before.with(
            input.text("Description", Shapes.ARCHIVE_DESCRIPTION).or(before::description),
            pattern(input).or(before::pattern),
            retentionDays(input).orElse(before.retentionDays()),
            key(input).or(before::kmsKeyIdentifier).filter(key -> !key.isEmpty()));
    archives.replace(after);
    buses.change(after.source(), bus -> bus.with(managedRule(after)));
    return outcome(after);
  }

  private ObjectNode delete(Request request) {
    String name = name(request);
    access.require(request, request.home().arn("events", "archive/" + name));
    Archive archive = archives.get(request.home(), name);
    archives.remove(archive);
    buses.change(archive.source(), bus -> bus.without(archive.ruleName()));
    return Json.object();
  }

  private ObjectNode describe(Request request) {
    String name = name(request);
    access.require(request, request.home().arn("events", "archive/" + name));
    Archive archive = archives.get(request.home(), name);
    ObjectNode output = listed(archive).put("ArchiveArn", archive.arn());
    archive.description().ifPresent(text -> output.put("Description", text));
    archive.pattern().ifPresent(pattern -> output.put("EventPattern", pattern.text()));
    archive.kmsKeyIdentifier().ifPresent(key -> output.put("KmsKeyIdentifier", key));
    return output;
  }

  private ObjectNode list(Request request) {
    Members input = request.input();
    access.require(request, request.home().arn("events", "archive/*"));
    if (Stream.of("NamePrefix", "EventSourceArn", "State").filter(input::has).count() > 1) {
      throw EventBridgeErrors.validation(
          "At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or"
              + " NamePrefix.");
    }
    Optional<String> prefix = input.text("NamePrefix", Shapes.ARCHIVE_NAME);
    Optional<String> source = input.text("EventSourceArn", Shapes.EVENT_SOURCE_ARN);
    source.ifPresent(arn -> requireBus(request, arn));
    Optional<State> state = input.oneOf("State", State.class);
    NavigableMap<String, Archive> wanted = archives.of(request.home());
    wanted
        .values()
        .removeIf(archive ->
            prefix.filter(p -> !archive.name().startsWith(p)).isPresent()
                || source.filter(arn -> !archive.source().arn().equals(arn)).isPresent()
                || state.filter(s -> s != State.ENABLED).isPresent());
    return EventBridgeService.PAGING.answer("Archives", wanted, input, ArchiveOperations::listed);
  }

  private void requireBus(Request request, String arn) {
    if (BusId.ofArn(arn)
        .filter(bus -> bus.home().equals(request.home()))
        .flatMap(buses::find)
        .isEmpty()) {
      throw noSuchSource(arn);
    }
  }

  /** Recorded from AWS, also for ARNs of other accounts. */
  private static AwsException noSuchSource(String arn) {
    return EventBridgeErrors.noSuchBus(arn.substring(arn.indexOf('/') + 1));
  }

  private static Rule managedRule(Archive archive) {
    ObjectNode pattern =
        archive.pattern().flatMap(p -> Json.parseObject(p.text())).orElseGet(Json::object);
    pattern.putArray("replay-name").addObject().put("exists", false);
    Rule.Definition definition =
        new Rule.Definition(
            Optional.of(EventPattern.compile(pattern.toString())),
            Optional.empty(),
            Rule.State.ENABLED,
            Optional.empty(),
            Optional.empty());
    Rule rule =
        new Rule(
            archive.source(),
            archive.ruleName(),
            definition,
            archive.home().accountId(),
            Optional.of(Archive.MANAGED_BY),
            Tags.NONE,
            new TreeMap<>());
    return rule.with(List.of(target(archive)));
  }

  /** Its ARN names no account: that is EventBridge's own storage. */
  private static Target target(Archive archive) {
    return new Target(
        archive.ruleName(),
        new Home("", archive.home().region()).arn("events", ":"),
        Optional.empty(),
        new TargetInput.WholeEvent(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private Optional<EventPattern> pattern(Members input) {
    return input
        .text("EventPattern", Shapes.EVENT_PATTERN)
        .filter(text -> !text.isEmpty())
        .map(text -> EventPattern.of(text, quotas.patternCharacters()));
  }

  /** An empty identifier stands for the key that AWS owns. */
  private static Optional<String> key(Members input) {
    return input.text("KmsKeyIdentifier", Shapes.KMS_KEY_IDENTIFIER);
  }

  private static Optional<Integer> retentionDays(Members input) {
    return input.integer("RetentionDays", 0, Integer.MAX_VALUE);
  }

  private static String name(Request request) {
    return request.input().requiredText("ArchiveName", Shapes.ARCHIVE_NAME);
  }

  private static ObjectNode outcome(Archive archive) {
    ObjectNode output =
        Json.object().put("ArchiveArn", archive.arn()).put("State", State.ENABLED.name());
    Json.put(output, "CreationTime", archive.created());
    return output;
  }

  private static ObjectNode listed(Archive archive) {
    ObjectNode output = Json.object();
    output.put("ArchiveName", archive.name()).put("EventSourceArn", archive.source().arn());
    output.put("State", State.ENABLED.name()).put("RetentionDays", archive.retentionDays());
    output.put("SizeBytes", archive.sizeBytes()).put("EventCount", archive.events().size());
    Json.put(output, "CreationTime", archive.created());
    return output;
  }
}

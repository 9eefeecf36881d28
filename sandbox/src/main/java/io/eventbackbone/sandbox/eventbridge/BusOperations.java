package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBus.LogConfig;
import io.eventbackbone.sandbox.eventbridge.model.EventBus.Settings;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on event buses themselves. */
final class BusOperations {

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final Clock clock;

  BusOperations(EventBuses buses, EventBridgeAccess access, Clock clock) {
    this.buses = buses;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateEventBus", this::create,
        "DescribeEventBus", this::describe,
        "UpdateEventBus", this::update,
        "DeleteEventBus", this::delete,
        "ListEventBuses", this::list);
  }

  private ObjectNode create(Request request) {
    Members input = request.input();
    String name = input.requiredText("Name", Shapes.BUS_NAME);
    if (input.has("EventSourceName") || name.startsWith("aws.")) {
      throw EventBridgeErrors.validation("The sandbox has no partner event buses.");
    }
    if (name.contains("/")) {
      throw EventBridgeErrors.validation("Event bus name must not contain '/'.");
    }
    BusId id = new BusId(request.home(), name);
    access.requireCreate(request, id);
    Settings settings = settings(input, Settings.NONE);
    buses.add(EventBus.create(id, settings, Tags.read(input), clock.instant()));
    ObjectNode output = Json.object().put("EventBusArn", id.arn());
    write(settings, output);
    return output;
  }

  private ObjectNode describe(Request request) {
    BusId id =
        request
            .input()
            .text("Name", Shapes.BUS_NAME_OR_ARN)
            .map(name -> BusId.ofNameOrArn(name, request.home()))
            .orElseGet(() -> new BusId(request.home(), BusId.DEFAULT));
    access.require(request, id.arn(), id, buses.find(id));
    EventBus bus = buses.get(id);
    ObjectNode output = summary(bus);
    write(bus.settings(), output);
    return output;
  }

  private ObjectNode update(Request request) {
    BusId id = ownBus(request);
    access.requireOwn(request, id, buses.find(id));
    buses.change(
        id,
        bus ->
            bus.with(
                requireReadable(bus, settings(request.input(), bus.settings())), clock.instant()));
    ObjectNode output = Json.object().put("Arn", id.arn()).put("Name", id.name());
    write(buses.get(id).settings(), output);
    return output;
  }

  /** A discoverer can't read events that a customer's key encrypts (API, UpdateEventBus). */
  private static Settings requireReadable(EventBus bus, Settings settings) {
    if (settings.kmsKeyIdentifier().isPresent() && DiscoveryRules.areOn(bus)) {
      throw EventBridgeErrors.validation(
          "Schema discovery is enabled on event bus %s: it can't have a customer managed key."
              .formatted(bus.id().name()));
    }
    return settings;
  }

  private ObjectNode delete(Request request) {
    BusId id = ownBus(request);
    access.requireOwn(request, id, buses.find(id));
    if (id.isDefault()) {
      throw EventBridgeErrors.validation("Cannot delete event bus default.");
    }
    buses.remove(id);
    return Json.object();
  }

  private ObjectNode list(Request request) {
    access.require(request, request.home().arn("events", "event-bus/*"));
    String prefix = request.input().text("NamePrefix", Shapes.BUS_NAME).orElse("");
    NavigableMap<String, EventBus> wanted = new TreeMap<>(buses.of(request.home()));
    wanted.keySet().removeIf(name -> !name.startsWith(prefix));
    return EventBridgeService.PAGING.answer(
        "EventBuses", wanted, request.input(), BusOperations::listed);
  }

  private static BusId ownBus(Request request) {
    String name = request.input().text("Name", Shapes.BUS_NAME).orElse(BusId.DEFAULT);
    return new BusId(request.home(), name);
  }

  /** The settings before, changed by the input. An empty string removes a setting. */
  private static Settings settings(Members input, Settings before) {
    return new Settings(
        changed(input.text("Description", Shapes.DESCRIPTION), before.description()),
        changed(
            input.text("KmsKeyIdentifier", Shapes.KMS_KEY_IDENTIFIER), before.kmsKeyIdentifier()),
        changed(
            input.structure("DeadLetterConfig").map(config -> config.text("Arn").orElse("")),
            before.deadLetterArn()),
        input.structure("LogConfig").map(BusOperations::logConfig).or(before::logConfig));
  }

  private static Optional<String> changed(Optional<String> given, Optional<String> before) {
    return given.or(() -> before).filter(value -> !value.isEmpty());
  }

  private static LogConfig logConfig(Members config) {
    return new LogConfig(
        config.oneOf("Level", LogConfig.Level.class),
        config.oneOf("IncludeDetail", LogConfig.IncludeDetail.class));
  }

  private static ObjectNode listed(EventBus bus) {
    ObjectNode output = summary(bus);
    bus.settings().description().ifPresent(text -> output.put("Description", text));
    return output;
  }

  private static ObjectNode summary(EventBus bus) {
    ObjectNode output = Json.object();
    output.put("Name", bus.id().name()).put("Arn", bus.id().arn());
    bus.policy().document().ifPresent(policy -> output.put("Policy", policy.toString()));
    Json.put(output, "CreationTime", bus.created());
    Json.put(output, "LastModifiedTime", bus.modified());
    return output;
  }

  private static void write(Settings settings, ObjectNode output) {
    settings.description().ifPresent(text -> output.put("Description", text));
    settings.kmsKeyIdentifier().ifPresent(key -> output.put("KmsKeyIdentifier", key));
    settings
        .deadLetterArn()
        .ifPresent(queue -> output.putObject("DeadLetterConfig").put("Arn", queue));
    settings.logConfig().ifPresent(config -> write(config, output.putObject("LogConfig")));
  }

  private static void write(LogConfig config, ObjectNode output) {
    config.level().ifPresent(level -> output.put("Level", level.name()));
    config.includeDetail().ifPresent(detail -> output.put("IncludeDetail", detail.name()));
  }
}

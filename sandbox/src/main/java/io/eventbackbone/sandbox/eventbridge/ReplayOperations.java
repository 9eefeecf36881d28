package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.delivery.Replays;
import io.eventbackbone.sandbox.eventbridge.model.Archive;
import io.eventbackbone.sandbox.eventbridge.model.Archives;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Replay;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The operations on replays. */
final class ReplayOperations {

  private final EventBuses buses;
  private final Archives archives;
  private final Replays replays;
  private final EventBridgeAccess access;
  private final Clock clock;

  ReplayOperations(
      EventBuses buses, Archives archives, Replays replays, EventBridgeAccess access, Clock clock) {
    this.buses = buses;
    this.archives = archives;
    this.replays = replays;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartReplay", this::start,
        "DescribeReplay", this::describe,
        "ListReplays", this::list,
        "CancelReplay", this::cancel);
  }

  private ObjectNode start(Request request) {
    Members input = request.input();
    String name = name(request);
    String archiveArn = input.requiredText("EventSourceArn", Shapes.EVENT_SOURCE_ARN);
    Members destination = input.requiredStructure("Destination");
    String busArn = destination.requiredText("Arn", Shapes.ARN);
    access.require(request, request.home().arn("events", "replay/" + name));
    access.require(request, archiveArn);
    access.require(request, busArn);
    Instant start = input.requiredTimestamp("EventStartTime");
    Instant end = input.requiredTimestamp("EventEndTime");
    Archive archive = archive(request, archiveArn);
    EventBus bus = bus(busArn);
    if (!start.isBefore(end)) {
      throw notValid("EventEndTime", "EventStartTime must be before EventEndTime.");
    }
    if (!bus.id().equals(archive.source())) {
      throw notValid("Destination.Arn", "Cross event bus replay is not permitted.");
    }
    Replay replay =
        new Replay(
            request.home(),
            name,
            archive,
            input.text("Description", Shapes.ARCHIVE_DESCRIPTION),
            start,
            end,
            Set.copyOf(filters(destination, archive.source())),
            Replay.State.STARTING,
            clock.instant(),
            Optional.empty(),
            Optional.empty());
    replays.start(replay);
    ObjectNode output = Json.object();
    output.put("ReplayArn", replay.arn()).put("State", replay.state().name());
    Json.put(output, "ReplayStartTime", replay.started());
    return output;
  }

  private Archive archive(Request request, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return archives
        .find(request.home(), name)
        .filter(archive -> archive.arn().equals(arn))
        .orElseThrow(() -> notValid("EventSourceArn", "Archive " + name + " does not exist."));
  }

  private EventBus bus(String arn) {
    return buses.get(
        BusId.ofArn(arn)
            .orElseThrow(
                () -> notValid("Destination.Arn", "Provided Arn is not in correct format.")));
  }

  private List<String> filters(Members destination, BusId bus) {
    List<String> filters = destination.texts("FilterArns", Shapes.ARN);
    List<String> rules = buses.get(bus).rules().values().stream().map(Rule::arn).toList();
    filters.stream()
        .filter(arn -> !rules.contains(arn))
        .findFirst()
        .ifPresent(arn -> {
          throw notValid("Destination.FilterArns", arn + " is no rule of the event bus.");
        });
    return filters;
  }

  private ObjectNode describe(Request request) {
    String name = name(request);
    access.require(request, request.home().arn("events", "replay/" + name));
    Replay replay = replays.get(request.home(), name);
    ObjectNode output = listed(replay).put("ReplayArn", replay.arn());
    replay.description().ifPresent(text -> output.put("Description", text));
    ObjectNode destination = output.putObject("Destination");
    destination.put("Arn", replay.archive().source().arn());
    replay.filterArns().forEach(destination.putArray("FilterArns")::add);
    return output;
  }

  private ObjectNode list(Request request) {
    Members input = request.input();
    access.require(request, request.home().arn("events", "replay/*"));
    if (Stream.of("NamePrefix", "EventSourceArn", "State").filter(input::has).count() > 1) {
      throw EventBridgeErrors.validation(
          "At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or"
              + " NamePrefix.");
    }
    Optional<String> prefix = input.text("NamePrefix", Shapes.REPLAY_NAME);
    Optional<String> source = input.text("EventSourceArn", Shapes.EVENT_SOURCE_ARN);
    Optional<Replay.State> state = input.oneOf("State", Replay.State.class);
    NavigableMap<String, Replay> wanted = replays.of(request.home());
    wanted
        .values()
        .removeIf(replay ->
            prefix.filter(p -> !replay.name().startsWith(p)).isPresent()
                || source.filter(arn -> !replay.archive().arn().equals(arn)).isPresent()
                || state.filter(s -> replay.state() != s).isPresent());
    return EventBridgeService.PAGING.answer("Replays", wanted, input, ReplayOperations::listed);
  }

  private ObjectNode cancel(Request request) {
    String name = name(request);
    access.require(request, request.home().arn("events", "replay/" + name));
    Replay replay = replays.cancel(request.home(), name);
    return Json.object().put("ReplayArn", replay.arn()).put("State", replay.state().name());
  }

  private static ObjectNode listed(Replay replay) {
    ObjectNode output = Json.object();
    output.put("ReplayName", replay.name());
    output.put("EventSourceArn", replay.archive().arn());
    output.put("State", replay.state().name());
    Json.put(output, "EventStartTime", replay.eventStart());
    Json.put(output, "EventEndTime", replay.eventEnd());
    Json.put(output, "ReplayStartTime", replay.started());
    replay.ended().ifPresent(end -> Json.put(output, "ReplayEndTime", end));
    replay.lastReplayed().ifPresent(last -> Json.put(output, "EventLastReplayedTime", last));
    return output;
  }

  private static String name(Request request) {
    return request.input().requiredText("ReplayName", Shapes.REPLAY_NAME);
  }

  private static AwsException notValid(String parameter, String reason) {
    return EventBridgeErrors.validation(
        "Parameter " + parameter + " is not valid. Reason: " + reason);
  }
}

package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.LogsErrors;
import io.eventbackbone.sandbox.logs.filter.FilterPattern;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The operations on log streams and their events. */
final class EventOperations {

  private static final int MAX_STREAM_PAGE = 50;
  private static final int MAX_EVENT_PAGE = 10_000;

  private final LogGroups groups;
  private final LogsAccess access;
  private final Clock clock;

  EventOperations(LogGroups groups, LogsAccess access, Clock clock) {
    this.groups = groups;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateLogStream", this::createLogStream,
        "DeleteLogStream", this::deleteLogStream,
        "DescribeLogStreams", this::describeLogStreams,
        "FilterLogEvents", this::filterLogEvents,
        "GetLogEvents", this::getLogEvents,
        "PutLogEvents", this::putLogEvents);
  }

  private ObjectNode createLogStream(Request request) {
    access.stream(request, LogsMembers.group(request), LogsMembers.stream(request));
    LogGroup group = groups.get(LogsMembers.group(request));
    if (group.findStream(LogsMembers.stream(request)).isPresent()) {
      throw LogsErrors.alreadyExists("log stream");
    }
    group.createStream(LogsMembers.stream(request), clock.instant());
    return Json.object();
  }

  private ObjectNode deleteLogStream(Request request) {
    access.stream(request, LogsMembers.group(request), LogsMembers.stream(request));
    groups.get(LogsMembers.group(request)).deleteStream(LogsMembers.stream(request));
    return Json.object();
  }

  private ObjectNode describeLogStreams(Request request) {
    Members input = request.input();
    LogGroupId id = LogsMembers.groupByNameOrIdentifier(request);
    access.group(request, id);
    boolean byTime = input.text("orderBy").orElse("").equals("LastEventTime");
    Optional<String> prefix = input.text("logStreamNamePrefix");
    if (byTime && prefix.isPresent()) {
      throw LogsErrors.invalidParameter(
          "Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    List<LogStream> streams =
        groups.get(id).streams(clock.instant()).values().stream()
            .filter(stream -> stream.name().startsWith(prefix.orElse("")))
            .collect(Collectors.toCollection(ArrayList::new));
    if (byTime) {
      streams.sort(Comparator.comparing(stream -> stream.lastEventTimestamp().orElse(0L)));
    }
    if (input.flag("descending")) {
      Collections.reverse(streams);
    }
    return LogsService.paging(MAX_STREAM_PAGE)
        .answer("logStreams", inOrder(streams), input, LogStream::toJson);
  }

  private ObjectNode putLogEvents(Request request) {
    Members input = request.input();
    access.stream(request, LogsMembers.group(request), LogsMembers.stream(request));
    LogGroup group = groups.get(LogsMembers.group(request));
    LogStream stream = group.stream(LogsMembers.stream(request));
    EventBatch batch = EventBatch.parse(input.structures("logEvents"));
    Instant now = clock.instant();
    ObjectNode rejected = batch.rejected(now, group.retention());
    batch
        .accepted(now, group.retention())
        .forEach(event -> group.write(stream, event.timestamp(), event.message(), now));
    ObjectNode output = Json.object().put("nextSequenceToken", Long.toString(now.toEpochMilli()));
    if (!rejected.isEmpty()) {
      output.set("rejectedLogEventsInfo", rejected);
    }
    return output;
  }

  private ObjectNode getLogEvents(Request request) {
    Members input = request.input().requireWithout(request.action(), "unmask");
    LogGroupId id = LogsMembers.groupByNameOrIdentifier(request);
    access.stream(request, id, LogsMembers.stream(request));
    LogGroup group = groups.get(id);
    group.stream(LogsMembers.stream(request));
    List<LogEvent> events =
        group.streams(clock.instant()).get(LogsMembers.stream(request)).events().stream()
            .filter(event -> within(input, event))
            .toList();
    Window window =
        Window.of(
            input, events.size(), input.integer("limit", 1, MAX_EVENT_PAGE).orElse(MAX_EVENT_PAGE));
    ObjectNode output = Json.object();
    ArrayNode shown = output.putArray("events");
    events.subList(window.from(), window.to()).forEach(event -> shown.add(event.toJson()));
    return output
        .put("nextForwardToken", "f/" + window.to())
        .put("nextBackwardToken", "b/" + window.from());
  }

  private static boolean within(Members input, LogEvent event) {
    return event.timestamp() >= LogsMembers.time(input, "startTime").orElse(0L)
        && event.timestamp() < LogsMembers.time(input, "endTime").orElse(Long.MAX_VALUE);
  }

  /**
   * The part of a stream that a call shows: {@code f/n} goes on forward from the n-th event, {@code
   * b/n} back from it, and without a token it is the latest part, or the first with startFromHead.
   */
  private record Window(int from, int to) {

    static Window of(Members input, int size, int limit) {
      String token =
          input.text("nextToken").orElse(input.flag("startFromHead") ? "f/0" : "b/" + size);
      if (!token.matches("[fb]/\\d{1,9}")) {
        throw LogsErrors.invalidParameter("The specified nextToken is invalid.");
      }
      int place = Math.min(size, Integer.parseInt(token.substring(2)));
      return token.startsWith("f")
          ? new Window(place, Math.min(size, place + limit))
          : new Window(Math.max(0, place - limit), place);
    }
  }

  private ObjectNode filterLogEvents(Request request) {
    Members input = request.input().requireWithout(request.action(), "unmask");
    LogGroupId id = LogsMembers.groupByNameOrIdentifier(request);
    access.group(request, id);
    FilterPattern pattern = FilterPattern.parse(input.text("filterPattern").orElse(""));
    Set<String> names = Set.copyOf(input.texts("logStreamNames"));
    Optional<String> prefix = input.text("logStreamNamePrefix");
    if (!names.isEmpty() && prefix.isPresent()) {
      throw LogsErrors.invalidParameter(
          "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
    }
    LogGroup group = groups.get(id);
    names.forEach(group::stream);
    NavigableMap<String, LogEvent> found = new TreeMap<>();
    group.streams(clock.instant()).values().stream()
        .filter(stream -> names.isEmpty() || names.contains(stream.name()))
        .filter(stream -> stream.name().startsWith(prefix.orElse("")))
        .flatMap(stream -> stream.events().stream())
        .filter(event -> within(input, event) && pattern.matches(event.message()))
        .forEach(event -> found.put(event.order(), event));
    ObjectNode output =
        LogsService.paging(MAX_EVENT_PAGE)
            .answer("events", found, input, EventOperations::foundEvent);
    output.putArray("searchedLogStreams");
    return output;
  }

  private static ObjectNode foundEvent(LogEvent event) {
    return event
        .toJson()
        .put("logStreamName", event.stream())
        .put("eventId", Long.toString(event.id()));
  }

  /** Streams by their place in a list: an order by time has no key of its own. */
  private static NavigableMap<String, LogStream> inOrder(List<LogStream> streams) {
    NavigableMap<String, LogStream> inOrder = new TreeMap<>();
    for (LogStream stream : streams) {
      inOrder.put("%08d".formatted(inOrder.size()), stream);
    }
    return inOrder;
  }
}

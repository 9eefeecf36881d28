package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Call;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations on log streams and their events. */
final class EventOperations {

  private static final int MAX_STREAM_PAGE = 50;
  private static final int MAX_EVENT_PAGE = 10_000;
  private static final Comparator<LogEvent> OLDEST_FIRST =
      Comparator.comparingLong(LogEvent::timestamp).thenComparingLong(LogEvent::id);

  private final LogGroups groups;
  private final LogsAccess access;
  private final Clock clock;

  EventOperations(LogGroups groups, LogsAccess access, Clock clock) {
    this.groups = groups;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Function<Call, ObjectNode>> byName() {
    return Map.of(
        "CreateLogStream", this::createLogStream,
        "DeleteLogStream", this::deleteLogStream,
        "DescribeLogStreams", this::describeLogStreams,
        "FilterLogEvents", this::filterLogEvents,
        "GetLogEvents", this::getLogEvents,
        "PutLogEvents", this::putLogEvents);
  }

  private ObjectNode createLogStream(Call call) {
    Input input = new Input(call);
    access.stream(call, input.group(), input.stream());
    LogGroup group = groups.get(input.group());
    if (group.findStream(input.stream()).isPresent()) {
      throw LogsErrors.alreadyExists("log stream");
    }
    group.createStream(input.stream(), clock.instant());
    return Answer.empty();
  }

  private ObjectNode deleteLogStream(Call call) {
    Input input = new Input(call);
    access.stream(call, input.group(), input.stream());
    groups.get(input.group()).deleteStream(input.stream());
    return Answer.empty();
  }

  private ObjectNode describeLogStreams(Call call) {
    Input input = new Input(call);
    LogGroupId id = input.groupByNameOrIdentifier();
    access.group(call, id);
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
    return Answer.page("logStreams", streams, input, MAX_STREAM_PAGE, LogStream::toJson);
  }

  private ObjectNode putLogEvents(Call call) {
    Input input = new Input(call);
    access.stream(call, input.group(), input.stream());
    LogGroup group = groups.get(input.group());
    LogStream stream = group.stream(input.stream());
    EventBatch batch = EventBatch.parse(input.list("logEvents"));
    Instant now = clock.instant();
    ObjectNode rejected = batch.rejected(now, group.retention());
    batch
        .accepted(now, group.retention())
        .forEach(event -> group.write(stream, event.timestamp(), event.message(), now));
    ObjectNode output = Answer.empty().put("nextSequenceToken", Long.toString(now.toEpochMilli()));
    if (!rejected.isEmpty()) {
      output.set("rejectedLogEventsInfo", rejected);
    }
    return output;
  }

  private ObjectNode getLogEvents(Call call) {
    Input input = new Input(call).without("unmask");
    LogGroupId id = input.groupByNameOrIdentifier();
    access.stream(call, id, input.stream());
    LogGroup group = groups.get(id);
    group.stream(input.stream());
    List<LogEvent> events =
        group.streams(clock.instant()).get(input.stream()).events().stream()
            .filter(event -> within(input, event))
            .toList();
    Window window = Window.of(input, events.size(), input.limit(MAX_EVENT_PAGE));
    ObjectNode output = Answer.empty();
    ArrayNode shown = output.putArray("events");
    events.subList(window.from(), window.to()).forEach(event -> shown.add(event.toJson()));
    return output
        .put("nextForwardToken", "f/" + window.to())
        .put("nextBackwardToken", "b/" + window.from());
  }

  private static boolean within(Input input, LogEvent event) {
    return event.timestamp() >= input.time("startTime").orElse(0L)
        && event.timestamp() < input.time("endTime").orElse(Long.MAX_VALUE);
  }

  /**
   * The part of a stream that a call shows: {@code f/n} goes on forward from the n-th event, {@code
   * b/n} back from it, and without a token it is the latest part, or the first with startFromHead.
   */
  private record Window(int from, int to) {

    static Window of(Input input, int size, int limit) {
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

  private ObjectNode filterLogEvents(Call call) {
    Input input = new Input(call).without("unmask");
    LogGroupId id = input.groupByNameOrIdentifier();
    access.group(call, id);
    FilterPattern pattern = FilterPattern.parse(input.text("filterPattern").orElse(""));
    Set<String> names =
        input.list("logStreamNames").stream().map(JsonNode::asText).collect(Collectors.toSet());
    Optional<String> prefix = input.text("logStreamNamePrefix");
    if (!names.isEmpty() && prefix.isPresent()) {
      throw LogsErrors.invalidParameter(
          "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
    }
    LogGroup group = groups.get(id);
    names.forEach(group::stream);
    List<LogEvent> found =
        group.streams(clock.instant()).values().stream()
            .filter(stream -> names.isEmpty() || names.contains(stream.name()))
            .filter(stream -> stream.name().startsWith(prefix.orElse("")))
            .flatMap(stream -> stream.events().stream())
            .filter(event -> within(input, event) && pattern.matches(event.message()))
            .sorted(OLDEST_FIRST)
            .toList();
    ObjectNode output =
        Answer.page(
            "events",
            found,
            input,
            MAX_EVENT_PAGE,
            event ->
                event
                    .toJson()
                    .put("logStreamName", event.stream())
                    .put("eventId", Long.toString(event.id())));
    output.putArray("searchedLogStreams");
    return output;
  }
}

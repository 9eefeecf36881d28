package io.eventbackbone.sandbox.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.delivery.Arrival;
import io.eventbackbone.sandbox.eventbridge.delivery.EventDelivery;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.EventPattern;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** PutEvents and TestEventPattern. */
final class EventOperations {

  private static final int MOST_ENTRIES = 10;

  /** In bytes, of all entries of a call: 1 MiB since January 2026. */
  private static final int LARGEST_CALL = 1 << 20;

  /** The size of an entry's Time, in bytes (User Guide, "Calculating event entry size"). */
  private static final int TIME_SIZE = 14;

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final EventDelivery delivery;
  private final RuleQuotas quotas;
  private final Clock clock;

  EventOperations(
      EventBuses buses,
      EventBridgeAccess access,
      EventDelivery delivery,
      RuleQuotas quotas,
      Clock clock) {
    this.buses = buses;
    this.access = access;
    this.delivery = delivery;
    this.quotas = quotas;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of("PutEvents", this::putEvents, "TestEventPattern", this::testEventPattern);
  }

  /** The outcome of an entry of PutEvents. */
  private sealed interface Entry {

    /**
     * @param bus empty when there is none of that name: the event is acknowledged and dropped
     */
    record Valid(Event event, Optional<EventBus> bus) implements Entry {}

    record Invalid(String errorCode, String message) implements Entry {}
  }

  private ObjectNode putEvents(Request request) {
    if (request.input().has("EndpointId")) {
      throw EventBridgeErrors.validation(
          "The sandbox has no global endpoints: leave out EndpointId.");
    }
    List<Members> inputs = request.input().requiredStructures("Entries", MOST_ENTRIES);
    if (inputs.stream().mapToLong(EventOperations::size).sum() > LARGEST_CALL) {
      throw EventBridgeErrors.validation(
          "Total size of the entries in the request is over the limit.");
    }
    List<Entry> entries = inputs.stream().map(input -> entry(input, request)).toList();
    entries.forEach(this::deliver);
    return output(entries);
  }

  private Entry entry(Members input, Request request) {
    Optional<Entry.Invalid> invalid = invalid(input);
    BusId id =
        input
            .text("EventBusName", Shapes.NON_PARTNER_BUS_NAME_OR_ARN)
            .map(name -> BusId.ofNameOrArn(name, request.home()))
            .orElseGet(() -> new BusId(request.home(), BusId.DEFAULT));
    if (invalid.isPresent()) {
      return invalid.get();
    }
    Event event =
        new Event(
            UUID.randomUUID().toString(),
            input.requiredText("DetailType"),
            input.requiredText("Source"),
            request.caller().accountId(),
            input.timestamp("Time").orElseGet(clock::instant),
            request.home().region(),
            input.texts("Resources"),
            input.requiredText("Detail"),
            Optional.empty(),
            input.text("TraceHeader", Shapes.TRACE_HEADER));
    Optional<EventBus> bus = buses.find(id);
    bus.ifPresentOrElse(
        found ->
            access.requirePutEvents(
                request.caller(), found, event, EventBridgeAccess.Invocation.BY_CALLER),
        () -> access.require(request, id.arn()));
    return new Entry.Valid(event, bus);
  }

  private static Optional<Entry.Invalid> invalid(Members input) {
    Optional<String> missing =
        Stream.of("Source", "DetailType", "Detail")
            .filter(name -> input.text(name).orElse("").isEmpty())
            .findFirst();
    if (missing.isPresent()) {
      return Optional.of(
          invalidArgument(missing.get(), missing.get() + " is a required argument."));
    }
    if (input.requiredText("DetailType").length() > 128) {
      return Optional.of(
          invalidArgument("DetailType", "DetailType must have at most 128 characters."));
    }
    if (input.requiredText("Source").startsWith("aws.")) {
      return Optional.of(
          new Entry.Invalid("NotAuthorizedForSourceException", "Not authorized for the source."));
    }
    if (Json.parseObject(input.requiredText("Detail")).isEmpty()) {
      return Optional.of(new Entry.Invalid("MalformedDetail", "Detail is malformed."));
    }
    return Optional.empty();
  }

  private static Entry.Invalid invalidArgument(String parameter, String reason) {
    return new Entry.Invalid(
        "InvalidArgument", "Parameter " + parameter + " is not valid. Reason: " + reason);
  }

  private static long size(Members entry) {
    Stream<String> texts =
        Stream.concat(
            Stream.of("Source", "DetailType", "Detail").flatMap(name -> entry.text(name).stream()),
            entry.texts("Resources").stream());
    return (entry.has("Time") ? TIME_SIZE : 0)
        + texts.mapToLong(text -> text.getBytes(UTF_8).length).sum();
  }

  private void deliver(Entry entry) {
    switch (entry) {
      case Entry.Valid valid ->
          valid
              .bus()
              .ifPresent(
                  bus -> delivery.accept(bus, Arrival.published(valid.event(), clock.instant())));
      case Entry.Invalid invalid -> {}
    }
  }

  private static ObjectNode output(List<Entry> entries) {
    ObjectNode output = Json.object();
    ArrayNode results = output.putArray("Entries");
    entries.stream().map(EventOperations::result).forEach(results::add);
    long failed = entries.stream().filter(Entry.Invalid.class::isInstance).count();
    return output.put("FailedEntryCount", failed);
  }

  private static ObjectNode result(Entry entry) {
    return switch (entry) {
      case Entry.Valid valid -> Json.object().put("EventId", valid.event().id());
      case Entry.Invalid invalid ->
          Json.object()
              .put("ErrorCode", invalid.errorCode())
              .put("ErrorMessage", invalid.message());
    };
  }

  private ObjectNode testEventPattern(Request request) {
    access.require(request, "*");
    String pattern = request.input().requiredText("EventPattern", Shapes.EVENT_PATTERN);
    String event = request.input().requiredText("Event");
    EventPattern compiled = EventPattern.of(pattern, quotas.patternCharacters());
    boolean complete =
        Json.parseObject(event)
            .filter(json ->
                Stream.of("id", "account", "source", "time", "region", "detail-type")
                    .allMatch(json::has))
            .isPresent();
    if (!complete) {
      throw EventBridgeErrors.validation("Parameter Event is not valid.");
    }
    return Json.object().put("Result", compiled.matches(event));
  }
}

package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The operations on the delivery of logs that AWS services write: of event buses, to log groups of
 * the same account and Region.
 */
final class DeliveryOperations {

  private static final int MAX_PAGE = 50;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_ID = 16;
  private static final Pattern NAME = Pattern.compile("[\\w-]+");

  /** What an event bus logs (EventBridge User Guide, "Configuring logs for event buses"). */
  private static final List<String> LOG_TYPES = List.of("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS");

  private final Deliveries deliveries;
  private final LogGroups groups;
  private final LogsAccess access;

  DeliveryOperations(Deliveries deliveries, LogGroups groups, LogsAccess access) {
    this.deliveries = deliveries;
    this.groups = groups;
    this.access = access;
  }

  Map<String, Function<Call, ObjectNode>> byName() {
    Map<String, Function<Call, ObjectNode>> operations = new HashMap<>();
    operations.put("PutDeliverySource", this::putSource);
    operations.put("GetDeliverySource", call -> answer(source(call)));
    operations.put("DescribeDeliverySources", this::describeSources);
    operations.put("DeleteDeliverySource", this::deleteSource);
    operations.put("PutDeliveryDestination", this::putDestination);
    operations.put("GetDeliveryDestination", call -> answer(destination(call)));
    operations.put("DescribeDeliveryDestinations", this::describeDestinations);
    operations.put("DeleteDeliveryDestination", this::deleteDestination);
    operations.put("CreateDelivery", this::createDelivery);
    operations.put("GetDelivery", call -> answer(delivery(call)));
    operations.put("DescribeDeliveries", this::describeDeliveries);
    operations.put("DeleteDelivery", this::deleteDelivery);
    return operations;
  }

  private ObjectNode putSource(Call call) {
    Input input = new Input(call).without("deliverySourceConfiguration");
    String name = name(input);
    String resourceArn = input.requiredText("resourceArn");
    String logType = input.requiredText("logType");
    Deliveries.Home home = deliveries.of(call);
    Optional<DeliverySource> before = home.findSource(name);
    String arn = arn(call, "delivery-source:" + name);
    Map<String, String> tags = tagsAtCreation(input, before.isPresent());
    requirePut(call, arn, before.map(DeliverySource::tags), tags);
    requireBus(call, resourceArn);
    access.vendedLogs(call, resourceArn);
    if (!LOG_TYPES.contains(logType)) {
      throw LogsErrors.invalid("This service is not allowed for this LogSource.");
    }
    if (before.filter(it -> !it.resourceArn().equals(resourceArn)).isPresent()) {
      throw fixed("Source", "ResourceId");
    }
    if (before.filter(it -> !it.logType().equals(logType)).isPresent()) {
      throw fixed("Source", "LogType");
    }
    if (home.sources().stream()
        .anyMatch(it ->
            it.resourceArn().equals(resourceArn)
                && it.logType().equals(logType)
                && !it.name().equals(name))) {
      throw LogsErrors.conflict(
          "This ResourceId has already been used in another Delivery Source in this account");
    }
    DeliverySource source =
        before.orElseGet(
            () -> new DeliverySource(arn, name, resourceArn, logType, new TreeMap<>(tags)));
    home.put(source);
    return answer(source);
  }

  /** Other services deliver logs, too, but the sandbox has none of them. */
  private static void requireBus(Call call, String resourceArn) {
    String buses =
        "arn:aws:events:%s:%s:event-bus/".formatted(call.region(), call.caller().accountId());
    if (!resourceArn.startsWith(buses)) {
      throw LogsErrors.notFound("Cannot access provided service.");
    }
  }

  private ObjectNode putDestination(Call call) {
    Input input = new Input(call).without("deliveryDestinationType");
    String name = name(input);
    Optional<String> format = input.text("outputFormat");
    Deliveries.Home home = deliveries.of(call);
    Optional<DeliveryDestination> before = home.findDestination(name);
    String arn = arn(call, "delivery-destination:" + name);
    Map<String, String> tags = tagsAtCreation(input, before.isPresent());
    requirePut(call, arn, before.map(DeliveryDestination::tags), tags);
    LogGroupId group =
        input
            .text("deliveryDestinationConfiguration", "destinationResourceArn")
            .flatMap(LogGroupId::ofArn)
            .filter(it -> it.account().equals(call.caller().accountId()))
            .filter(it -> it.region().equals(call.region()))
            .orElseThrow(() ->
                LogsErrors.invalid(
                    "The sandbox delivers logs to log groups of the same account and Region"
                        + " alone, by their ARNs without :*."));
    groups.get(group);
    if (before.isPresent() && format.isPresent() && !before.get().outputFormat().equals(format)) {
      throw fixed("Destination", "Output Format");
    }
    DeliveryDestination destination =
        new DeliveryDestination(
            arn,
            name,
            group,
            format.or(() -> before.flatMap(DeliveryDestination::outputFormat)),
            before.map(DeliveryDestination::tags).orElseGet(() -> new TreeMap<>(tags)));
    home.put(destination);
    return answer(destination);
  }

  private ObjectNode createDelivery(Call call) {
    Input input =
        new Input(call).without("recordFields", "fieldDelimiter", "s3DeliveryConfiguration");
    String sourceName = input.requiredText("deliverySourceName");
    String destinationArn = input.requiredText("deliveryDestinationArn");
    Map<String, String> tags = input.texts("tags");
    GroupOperations.checkTags(tags);
    Deliveries.Home home = deliveries.of(call);
    requirePut(call, arn(call, "delivery:*"), Optional.empty(), tags);
    access.delivery(
        call,
        arn(call, "delivery-source:" + sourceName),
        home.findSource(sourceName).map(DeliverySource::tags),
        tags);
    access.delivery(call, destinationArn, home.tags(destinationArn), tags);
    DeliverySource source = home.findSource(sourceName).orElseThrow(() -> missing("Source"));
    if (home.destinations().stream().noneMatch(it -> it.arn().equals(destinationArn))) {
      throw missing("Destination");
    }
    if (home.deliveries().stream()
        .anyMatch(it ->
            it.sourceName().equals(source.name()) && it.destinationArn().equals(destinationArn))) {
      throw LogsErrors.conflict("The specified Delivery already exists");
    }
    if (home.deliveries().stream().anyMatch(it -> it.sourceName().equals(source.name()))) {
      throw LogsErrors.conflict(
          "Delivery already exists for this Delivery Source with the same Delivery Destination"
              + " Type.");
    }
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, LONGEST_ID);
    LogDelivery delivery =
        new LogDelivery(
            arn(call, "delivery:" + id), id, source.name(), destinationArn, new TreeMap<>(tags));
    home.put(delivery);
    return answer(delivery);
  }

  private ObjectNode describeSources(Call call) {
    access.delivery(call, "*", Optional.empty(), Map.of());
    return Answer.page(
        "deliverySources",
        List.copyOf(deliveries.of(call).sources()),
        new Input(call),
        MAX_PAGE,
        DeliverySource::toJson);
  }

  private ObjectNode describeDestinations(Call call) {
    access.delivery(call, "*", Optional.empty(), Map.of());
    return Answer.page(
        "deliveryDestinations",
        List.copyOf(deliveries.of(call).destinations()),
        new Input(call),
        MAX_PAGE,
        DeliveryDestination::toJson);
  }

  private ObjectNode describeDeliveries(Call call) {
    access.delivery(call, "*", Optional.empty(), Map.of());
    return Answer.page(
        "deliveries",
        List.copyOf(deliveries.of(call).deliveries()),
        new Input(call),
        MAX_PAGE,
        LogDelivery::toJson);
  }

  private ObjectNode deleteSource(Call call) {
    DeliverySource source = source(call);
    if (deliveries.of(call).deliveries().stream()
        .anyMatch(it -> it.sourceName().equals(source.name()))) {
      throw stillUsed("Source");
    }
    deliveries.of(call).remove(source);
    return Answer.empty();
  }

  private ObjectNode deleteDestination(Call call) {
    DeliveryDestination destination = destination(call);
    if (deliveries.of(call).deliveries().stream()
        .anyMatch(it -> it.destinationArn().equals(destination.arn()))) {
      throw stillUsed("Destination");
    }
    deliveries.of(call).remove(destination);
    return Answer.empty();
  }

  private ObjectNode deleteDelivery(Call call) {
    deliveries.of(call).remove(delivery(call));
    return Answer.empty();
  }

  private DeliverySource source(Call call) {
    String name = name(new Input(call));
    Optional<DeliverySource> source = deliveries.of(call).findSource(name);
    access.delivery(
        call, arn(call, "delivery-source:" + name), source.map(DeliverySource::tags), Map.of());
    return source.orElseThrow(() -> missing("Source"));
  }

  private DeliveryDestination destination(Call call) {
    String name = name(new Input(call));
    Optional<DeliveryDestination> destination = deliveries.of(call).findDestination(name);
    access.delivery(
        call,
        arn(call, "delivery-destination:" + name),
        destination.map(DeliveryDestination::tags),
        Map.of());
    return destination.orElseThrow(() -> missing("Destination"));
  }

  private LogDelivery delivery(Call call) {
    String id = new Input(call).requiredText("id");
    Optional<LogDelivery> delivery = deliveries.of(call).findDelivery(id);
    access.delivery(call, arn(call, "delivery:" + id), delivery.map(LogDelivery::tags), Map.of());
    return delivery.orElseThrow(
        () -> LogsErrors.notFound("Requested Delivery does not exist in this account."));
  }

  /** What gets tags as it is made takes the permission to tag, too. */
  private void requirePut(
      Call call, String arn, Optional<Map<String, String>> before, Map<String, String> tags) {
    access.delivery(call, arn, before, tags);
    if (!tags.isEmpty()) {
      access.tagDelivery(call, arn, tags);
    }
  }

  private static Map<String, String> tagsAtCreation(Input input, boolean isThere) {
    Map<String, String> tags = input.texts("tags");
    GroupOperations.checkTags(tags);
    if (isThere && !tags.isEmpty()) {
      throw LogsErrors.conflict(
          "Tags can only be provided when a resource is being created, not updated.");
    }
    return tags;
  }

  private static String name(Input input) {
    String name = input.requiredText("name");
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value '%s' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]* and have length between 1 and %d"
              .formatted(name, LONGEST_NAME));
    }
    return name;
  }

  private static String arn(Call call, String resource) {
    return "arn:aws:logs:%s:%s:%s".formatted(call.region(), call.caller().accountId(), resource);
  }

  private static ObjectNode answer(DeliverySource source) {
    return Answer.empty().set("deliverySource", source.toJson());
  }

  private static ObjectNode answer(DeliveryDestination destination) {
    return Answer.empty().set("deliveryDestination", destination.toJson());
  }

  private static ObjectNode answer(LogDelivery delivery) {
    return Answer.empty().set("delivery", delivery.toJson());
  }

  private static AwsException missing(String end) {
    return LogsErrors.notFound("Requested Delivery " + end + " does not exist in this account.");
  }

  private static AwsException stillUsed(String end) {
    return LogsErrors.conflict(
        "The Delivery %s can't be deleted: a Delivery is associated with it.".formatted(end));
  }

  private static AwsException fixed(String end, String member) {
    return LogsErrors.conflict(
        "Update to existing Delivery %s with new %s is not allowed. Please create a new Delivery %s instead."
            .formatted(end, member, end));
  }
}

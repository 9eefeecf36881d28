package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
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

  /** Log types of event buses (EventBridge User Guide, "Configuring logs for event buses"). */
  private static final List<String> LOG_TYPES = List.of("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS");

  private final Deliveries deliveries;
  private final LogGroups groups;
  private final LogsAccess access;

  DeliveryOperations(Deliveries deliveries, LogGroups groups, LogsAccess access) {
    this.deliveries = deliveries;
    this.groups = groups;
    this.access = access;
  }

  Map<String, Operation> operations() {
    Map<String, Operation> operations = new HashMap<>();
    operations.put("PutDeliverySource", this::putSource);
    operations.put("GetDeliverySource", request -> answer(source(request)));
    operations.put("DescribeDeliverySources", this::describeSources);
    operations.put("DeleteDeliverySource", this::deleteSource);
    operations.put("PutDeliveryDestination", this::putDestination);
    operations.put("GetDeliveryDestination", request -> answer(destination(request)));
    operations.put("DescribeDeliveryDestinations", this::describeDestinations);
    operations.put("DeleteDeliveryDestination", this::deleteDestination);
    operations.put("CreateDelivery", this::createDelivery);
    operations.put("GetDelivery", request -> answer(delivery(request)));
    operations.put("DescribeDeliveries", this::describeDeliveries);
    operations.put("DeleteDelivery", this::deleteDelivery);
    return operations;
  }

  private ObjectNode putSource(Request request) {
    Members input = request.input().requireWithout(request.action(), "deliverySourceConfiguration");
    String name = name(input);
    String resourceArn = input.requiredText("resourceArn");
    String logType = input.requiredText("logType");
    Deliveries.InHome home = deliveries.of(request);
    Optional<DeliverySource> before = home.findSource(name);
    String arn = arn(request, "delivery-source:" + name);
    Map<String, String> tags = tagsAtCreation(input, before.isPresent());
    requirePut(request, arn, before.map(DeliverySource::tags), tags);
    requireBus(request, resourceArn);
    access.vendedLogs(request, resourceArn);
    if (!LOG_TYPES.contains(logType)) {
      throw LogsErrors.validation("This service is not allowed for this LogSource.");
    }
    if (before.filter(it -> !it.resourceArn().equals(resourceArn)).isPresent()) {
      throw fixed("Source", "ResourceId");
    }
    if (before.filter(it -> !it.logType().equals(logType)).isPresent()) {
      throw fixed("Source", "LogType");
    }
    if (home.sources().values().stream()
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
  private static void requireBus(Request request, String resourceArn) {
    String buses =
        "arn:aws:events:%s:%s:event-bus/"
            .formatted(request.home().region(), request.caller().accountId());
    if (!resourceArn.startsWith(buses)) {
      throw LogsErrors.notFound("Cannot access provided service.");
    }
  }

  private ObjectNode putDestination(Request request) {
    Members input = request.input().requireWithout(request.action(), "deliveryDestinationType");
    String name = name(input);
    Optional<String> format = input.text("outputFormat");
    Deliveries.InHome home = deliveries.of(request);
    Optional<DeliveryDestination> before = home.findDestination(name);
    String arn = arn(request, "delivery-destination:" + name);
    Map<String, String> tags = tagsAtCreation(input, before.isPresent());
    requirePut(request, arn, before.map(DeliveryDestination::tags), tags);
    LogGroupId group =
        input
            .structure("deliveryDestinationConfiguration")
            .flatMap(configuration -> configuration.text("destinationResourceArn"))
            .flatMap(LogGroupId::ofArn)
            .filter(it -> it.account().equals(request.caller().accountId()))
            .filter(it -> it.region().equals(request.home().region()))
            .orElseThrow(() ->
                LogsErrors.validation(
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

  private ObjectNode createDelivery(Request request) {
    Members input =
        request
            .input()
            .requireWithout(
                request.action(), "recordFields", "fieldDelimiter", "s3DeliveryConfiguration");
    String sourceName = input.requiredText("deliverySourceName");
    String destinationArn = input.requiredText("deliveryDestinationArn");
    Map<String, String> tags = input.textsByKey("tags");
    LogTags.check(tags);
    Deliveries.InHome home = deliveries.of(request);
    requirePut(request, arn(request, "delivery:*"), Optional.empty(), tags);
    access.delivery(
        request,
        arn(request, "delivery-source:" + sourceName),
        home.findSource(sourceName).map(DeliverySource::tags),
        tags);
    access.delivery(request, destinationArn, home.tags(destinationArn), tags);
    DeliverySource source = home.findSource(sourceName).orElseThrow(() -> missing("Source"));
    if (home.destinations().values().stream().noneMatch(it -> it.arn().equals(destinationArn))) {
      throw missing("Destination");
    }
    if (home.deliveries().values().stream()
        .anyMatch(it ->
            it.sourceName().equals(source.name()) && it.destinationArn().equals(destinationArn))) {
      throw LogsErrors.conflict("The specified Delivery already exists");
    }
    if (home.deliveries().values().stream().anyMatch(it -> it.sourceName().equals(source.name()))) {
      throw LogsErrors.conflict(
          "Delivery already exists for this Delivery Source with the same Delivery Destination"
              + " Type.");
    }
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, LONGEST_ID);
    LogDelivery delivery =
        new LogDelivery(
            arn(request, "delivery:" + id), id, source.name(), destinationArn, new TreeMap<>(tags));
    home.put(delivery);
    return answer(delivery);
  }

  private ObjectNode describeSources(Request request) {
    access.delivery(request, "*", Optional.empty(), Map.of());
    return LogsService.paging(MAX_PAGE)
        .answer(
            "deliverySources",
            deliveries.of(request).sources(),
            request.input(),
            DeliverySource::toJson);
  }

  private ObjectNode describeDestinations(Request request) {
    access.delivery(request, "*", Optional.empty(), Map.of());
    return LogsService.paging(MAX_PAGE)
        .answer(
            "deliveryDestinations",
            deliveries.of(request).destinations(),
            request.input(),
            DeliveryDestination::toJson);
  }

  private ObjectNode describeDeliveries(Request request) {
    access.delivery(request, "*", Optional.empty(), Map.of());
    return LogsService.paging(MAX_PAGE)
        .answer(
            "deliveries",
            deliveries.of(request).deliveries(),
            request.input(),
            LogDelivery::toJson);
  }

  private ObjectNode deleteSource(Request request) {
    DeliverySource source = source(request);
    if (deliveries.of(request).deliveries().values().stream()
        .anyMatch(it -> it.sourceName().equals(source.name()))) {
      throw stillUsed("Source");
    }
    deliveries.of(request).remove(source);
    return Json.object();
  }

  private ObjectNode deleteDestination(Request request) {
    DeliveryDestination destination = destination(request);
    if (deliveries.of(request).deliveries().values().stream()
        .anyMatch(it -> it.destinationArn().equals(destination.arn()))) {
      throw stillUsed("Destination");
    }
    deliveries.of(request).remove(destination);
    return Json.object();
  }

  private ObjectNode deleteDelivery(Request request) {
    deliveries.of(request).remove(delivery(request));
    return Json.object();
  }

  private DeliverySource source(Request request) {
    String name = name(request.input());
    Optional<DeliverySource> source = deliveries.of(request).findSource(name);
    access.delivery(
        request,
        arn(request, "delivery-source:" + name),
        source.map(DeliverySource::tags),
        Map.of());
    return source.orElseThrow(() -> missing("Source"));
  }

  private DeliveryDestination destination(Request request) {
    String name = name(request.input());
    Optional<DeliveryDestination> destination = deliveries.of(request).findDestination(name);
    access.delivery(
        request,
        arn(request, "delivery-destination:" + name),
        destination.map(DeliveryDestination::tags),
        Map.of());
    return destination.orElseThrow(() -> missing("Destination"));
  }

  private LogDelivery delivery(Request request) {
    String id = request.input().requiredText("id");
    Optional<LogDelivery> delivery = deliveries.of(request).findDelivery(id);
    access.delivery(
        request, arn(request, "delivery:" + id), delivery.map(LogDelivery::tags), Map.of());
    return delivery.orElseThrow(
        () -> LogsErrors.notFound("Requested Delivery does not exist in this account."));
  }

  /** A new resource with tags takes the permission to tag, too. */
  private void requirePut(
      Request request, String arn, Optional<Map<String, String>> before, Map<String, String> tags) {
    access.delivery(request, arn, before, tags);
    if (!tags.isEmpty()) {
      access.tagDelivery(request, arn, tags);
    }
  }

  private static Map<String, String> tagsAtCreation(Members input, boolean isThere) {
    Map<String, String> tags = input.textsByKey("tags");
    LogTags.check(tags);
    if (isThere && !tags.isEmpty()) {
      throw LogsErrors.conflict(
          "Tags can only be provided when a resource is being created, not updated.");
    }
    return tags;
  }

  private static String name(Members input) {
    String name = input.requiredText("name");
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw LogsErrors.validation(
          "1 validation error detected: Value '%s' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]* and have length between 1 and %d"
              .formatted(name, LONGEST_NAME));
    }
    return name;
  }

  private static String arn(Request request, String resource) {
    return request.home().arn("logs", resource);
  }

  private static ObjectNode answer(DeliverySource source) {
    return Json.object().set("deliverySource", source.toJson());
  }

  private static ObjectNode answer(DeliveryDestination destination) {
    return Json.object().set("deliveryDestination", destination.toJson());
  }

  private static ObjectNode answer(LogDelivery delivery) {
    return Json.object().set("delivery", delivery.toJson());
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

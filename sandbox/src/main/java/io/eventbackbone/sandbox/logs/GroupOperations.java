package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The operations on log groups: their life and retention. */
final class GroupOperations {

  /** API Reference, PutRetentionPolicy. */
  private static final List<Integer> RETENTION_DAYS =
      List.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private static final int MAX_PAGE = 50;

  private final LogGroups groups;
  private final LogsAccess access;
  private final Clock clock;

  GroupOperations(LogGroups groups, LogsAccess access, Clock clock) {
    this.groups = groups;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateLogGroup", this::createLogGroup,
        "DeleteLogGroup", this::deleteLogGroup,
        "DeleteRetentionPolicy", this::deleteRetentionPolicy,
        "DescribeLogGroups", this::describeLogGroups,
        "PutRetentionPolicy", this::putRetentionPolicy);
  }

  private ObjectNode createLogGroup(Request request) {
    Members input = request.input().requireWithout(request.action(), "deletionProtectionEnabled");
    LogGroupId id = LogsMembers.group(request);
    if (id.name().toLowerCase(Locale.ROOT).startsWith("aws/")) {
      throw LogsErrors.invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
    }
    LogGroup.StorageClass storageClass =
        input
            .text("logGroupClass")
            .map(GroupOperations::storageClass)
            .orElse(LogGroup.StorageClass.STANDARD);
    Map<String, String> tags = input.textsByKey("tags");
    LogTags.check(tags);
    access.create(request, id, tags);
    if (groups.find(id).isPresent()) {
      throw LogsErrors.alreadyExists("log group");
    }
    groups.add(new LogGroup(id, storageClass, input.text("kmsKeyId"), tags, clock.instant()));
    return Json.object();
  }

  private static LogGroup.StorageClass storageClass(String name) {
    return Stream.of(LogGroup.StorageClass.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            LogsErrors.LOGS.invalid(
                "logGroupClass",
                name,
                "satisfy enum value set: " + List.of(LogGroup.StorageClass.values())));
  }

  private LogGroup group(Request request) {
    LogGroupId id = LogsMembers.group(request);
    access.group(request, id);
    return groups.get(id);
  }

  private ObjectNode deleteLogGroup(Request request) {
    groups.remove(group(request));
    return Json.object();
  }

  private ObjectNode describeLogGroups(Request request) {
    Members input =
        request
            .input()
            .requireWithout(
                request.action(),
                "accountIdentifiers",
                "includeLinkedAccounts",
                "logGroupIdentifiers");
    access.account(request);
    Optional<String> prefix = input.text("logGroupNamePrefix");
    Optional<String> pattern = input.text("logGroupNamePattern");
    if (prefix.isPresent() && pattern.isPresent()) {
      throw LogsErrors.invalidParameter(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    NavigableMap<String, LogGroup> described = new TreeMap<>();
    groups.of(request.home()).stream()
        .filter(group -> group.id().name().startsWith(prefix.orElse("")))
        .filter(group -> group.id().name().contains(pattern.orElse("")))
        .filter(group ->
            input
                .text("logGroupClass")
                .map(GroupOperations::storageClass)
                .map(group.storageClass()::equals)
                .orElse(true))
        .forEach(group -> described.put(group.id().name(), group));
    return LogsService.paging(MAX_PAGE).answer("logGroups", described, input, LogGroup::toJson);
  }

  private ObjectNode putRetentionPolicy(Request request) {
    int retention = request.input().requiredInteger("retentionInDays", 0, Integer.MAX_VALUE);
    if (!RETENTION_DAYS.contains(retention)) {
      throw LogsErrors.invalidParameter(
          "Invalid retention value. Valid values are: " + RETENTION_DAYS);
    }
    group(request).retain(Optional.of(retention));
    return Json.object();
  }

  private ObjectNode deleteRetentionPolicy(Request request) {
    group(request).retain(Optional.empty());
    return Json.object();
  }
}

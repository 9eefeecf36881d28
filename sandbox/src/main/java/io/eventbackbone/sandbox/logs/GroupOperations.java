package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Call;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The operations on log groups: their life and retention. */
final class GroupOperations {

  /** API Reference, PutRetentionPolicy. */
  private static final List<Integer> RETENTION_DAYS =
      List.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private static final int MAX_PAGE = 50;
  private static final int MAX_TAGS = 50;

  private final LogGroups groups;
  private final LogsAccess access;
  private final Clock clock;

  GroupOperations(LogGroups groups, LogsAccess access, Clock clock) {
    this.groups = groups;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Function<Call, ObjectNode>> byName() {
    return Map.of(
        "CreateLogGroup", this::createLogGroup,
        "DeleteLogGroup", this::deleteLogGroup,
        "DeleteRetentionPolicy", this::deleteRetentionPolicy,
        "DescribeLogGroups", this::describeLogGroups,
        "PutRetentionPolicy", this::putRetentionPolicy);
  }

  private ObjectNode createLogGroup(Call call) {
    Input input = new Input(call).without("deletionProtectionEnabled");
    LogGroupId id = input.group();
    if (id.name().toLowerCase(Locale.ROOT).startsWith("aws/")) {
      throw LogsErrors.invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
    }
    LogGroup.StorageClass storageClass =
        input
            .text("logGroupClass")
            .map(GroupOperations::storageClass)
            .orElse(LogGroup.StorageClass.STANDARD);
    Map<String, String> tags = input.texts("tags");
    checkTags(tags);
    access.create(call, id, tags);
    if (groups.find(id).isPresent()) {
      throw LogsErrors.alreadyExists("log group");
    }
    groups.add(new LogGroup(id, storageClass, input.text("kmsKeyId"), tags, clock.instant()));
    return Answer.empty();
  }

  private static LogGroup.StorageClass storageClass(String name) {
    return Stream.of(LogGroup.StorageClass.values())
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            LogsErrors.invalidValue(
                "logGroupClass",
                name,
                "satisfy enum value set: " + List.of(LogGroup.StorageClass.values())));
  }

  private LogGroup group(Call call) {
    LogGroupId id = new Input(call).group();
    access.group(call, id);
    return groups.get(id);
  }

  private ObjectNode deleteLogGroup(Call call) {
    groups.remove(group(call));
    return Answer.empty();
  }

  private ObjectNode describeLogGroups(Call call) {
    Input input =
        new Input(call)
            .without("accountIdentifiers", "includeLinkedAccounts", "logGroupIdentifiers");
    access.account(call);
    Optional<String> prefix = input.text("logGroupNamePrefix");
    Optional<String> pattern = input.text("logGroupNamePattern");
    if (prefix.isPresent() && pattern.isPresent()) {
      throw LogsErrors.invalidParameter(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    List<LogGroup> described =
        groups.of(call.caller().accountId(), call.region()).stream()
            .filter(group -> group.id().name().startsWith(prefix.orElse("")))
            .filter(group -> group.id().name().contains(pattern.orElse("")))
            .filter(group ->
                input
                    .text("logGroupClass")
                    .map(GroupOperations::storageClass)
                    .map(group.storageClass()::equals)
                    .orElse(true))
            .toList();
    return Answer.page("logGroups", described, input, MAX_PAGE, LogGroup::toJson);
  }

  private ObjectNode putRetentionPolicy(Call call) {
    String days = new Input(call).requiredText("retentionInDays");
    int retention =
        RETENTION_DAYS.stream()
            .filter(allowed -> allowed.toString().equals(days))
            .findFirst()
            .orElseThrow(() ->
                LogsErrors.invalidParameter(
                    "Invalid retention value. Valid values are: " + RETENTION_DAYS));
    group(call).retain(Optional.of(retention));
    return Answer.empty();
  }

  private ObjectNode deleteRetentionPolicy(Call call) {
    group(call).retain(Optional.empty());
    return Answer.empty();
  }

  static void checkTags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw AwsException.badRequest(
          "TooManyTagsException", "A resource has at most " + MAX_TAGS + " tags.");
    }
    tags.forEach((key, value) -> {
      if (key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
        throw LogsErrors.invalidParameter(
            "Tag key '" + key + "' is invalid: 1 to 128 characters, not starting with aws:");
      }
      if (value.length() > 256) {
        throw LogsErrors.invalidParameter(
            "The value of tag '" + key + "' is longer than 256 characters.");
      }
    });
  }
}

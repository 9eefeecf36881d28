package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The operations on log groups: their life, retention and tags. */
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
        "ListTagsForResource", this::listTagsForResource,
        "PutRetentionPolicy", this::putRetentionPolicy,
        "TagResource", this::tagResource,
        "UntagResource", this::untagResource);
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
        .orElseThrow(
            () ->
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
            .filter(
                group ->
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
            .orElseThrow(
                () ->
                    LogsErrors.invalidParameter(
                        "Invalid retention value. Valid values are: " + RETENTION_DAYS));
    group(call).retain(Optional.of(retention));
    return Answer.empty();
  }

  private ObjectNode deleteRetentionPolicy(Call call) {
    group(call).retain(Optional.empty());
    return Answer.empty();
  }

  private LogGroup taggedGroup(Call call, RequestContext context) {
    LogGroupId id = new Input(call).taggedGroup();
    access.tags(call, id, context);
    return groups.get(id);
  }

  private ObjectNode tagResource(Call call) {
    Map<String, String> given = new Input(call).texts("tags");
    LogGroup group = taggedGroup(call, RequestContext.NONE.withRequestTags(given));
    Map<String, String> tags = new TreeMap<>(group.tags());
    tags.putAll(given);
    checkTags(tags);
    group.tags().putAll(tags);
    return Answer.empty();
  }

  private static void checkTags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw AwsException.badRequest(
          "TooManyTagsException", "A resource has at most " + MAX_TAGS + " tags.");
    }
    tags.forEach(
        (key, value) -> {
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

  private ObjectNode untagResource(Call call) {
    List<String> keys = new Input(call).list("tagKeys").stream().map(JsonNode::asText).toList();
    LogGroup group = taggedGroup(call, RequestContext.NONE.withTagKeys(keys));
    keys.forEach(group.tags()::remove);
    return Answer.empty();
  }

  private ObjectNode listTagsForResource(Call call) {
    return Answer.empty().set("tags", Answer.of(taggedGroup(call, RequestContext.NONE).tags()));
  }
}

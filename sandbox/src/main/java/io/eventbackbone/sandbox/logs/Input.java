package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The members of a call, checked against the shapes of the API model. */
record Input(Call call) {

  private static final Pattern GROUP_NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]+");
  private static final Pattern STREAM_NAME = Pattern.compile("[^:*]+");
  private static final Pattern TAGGABLE_ARN = Pattern.compile("[\\w+=/:,.@-]*");
  private static final int MAX_NAME = 512;

  private ObjectNode members() {
    return call.input();
  }

  Optional<String> text(String member) {
    JsonNode value = members().path(member);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  Optional<String> text(String structure, String member) {
    JsonNode value = members().path(structure).path(member);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  String requiredText(String member) {
    return text(member).orElseThrow(() -> LogsErrors.missing(member));
  }

  boolean flag(String member) {
    return members().path(member).asBoolean();
  }

  Optional<Long> time(String member) {
    return text(member)
        .map(value -> {
          if (!value.matches("\\d{1,18}")) {
            throw LogsErrors.invalidValue(member, value, "be a time in milliseconds");
          }
          return Long.valueOf(value);
        });
  }

  /** The member {@code limit}, 1 to {@code max}, which is its default too. */
  int limit(int max) {
    int limit = members().path("limit").asInt(max);
    if (limit < 1) {
      throw LogsErrors.invalidValue("limit", limit, "have value greater than or equal to 1");
    }
    if (limit > max) {
      throw LogsErrors.invalidValue("limit", limit, "have value less than or equal to " + max);
    }
    return limit;
  }

  Map<String, String> texts(String member) {
    Map<String, String> texts = new TreeMap<>();
    members().path(member).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  List<JsonNode> list(String member) {
    List<JsonNode> values = new ArrayList<>();
    members().path(member).forEach(values::add);
    return values;
  }

  /** Refuses rather than ignores members that would change the answer. */
  Input without(String... unsupported) {
    for (String member : unsupported) {
      JsonNode value = members().path(member);
      boolean withoutEffect = value.isBoolean() && !value.asBoolean();
      if (members().hasNonNull(member) && !withoutEffect) {
        throw LogsErrors.invalidParameter(
            "The sandbox does not implement '%s' of logs:%s.".formatted(member, call.operation()));
      }
    }
    return this;
  }

  LogGroupId group() {
    return new LogGroupId(
        call.caller().accountId(),
        call.region(),
        name("logGroupName", requiredText("logGroupName"), GROUP_NAME));
  }

  /** The group of a call that takes a name, or an identifier, which is a name or an ARN. */
  LogGroupId groupByNameOrIdentifier() {
    Optional<String> identifier = text("logGroupIdentifier");
    if (identifier.isEmpty()) {
      return group();
    }
    if (text("logGroupName").isPresent()) {
      throw AwsException.badRequest(
          "ValidationException",
          "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    }
    return LogGroupId.ofArn(identifier.get())
        .orElseGet(() ->
            new LogGroupId(
                call.caller().accountId(),
                call.region(),
                name("logGroupIdentifier", identifier.get(), GROUP_NAME)));
  }

  String stream() {
    return name("logStreamName", requiredText("logStreamName"), STREAM_NAME);
  }

  private static String name(String member, String value, Pattern pattern) {
    if (value.length() > MAX_NAME) {
      throw LogsErrors.invalidParameter(
          "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
    }
    if (!pattern.matcher(value).matches()) {
      throw LogsErrors.invalidValue(
          member, value, "satisfy regular expression pattern: " + pattern);
    }
    return value;
  }

  /**
   * What a tagging call names. The shape has no asterisk, so the ARN of a log group with {@code :*}
   * is refused.
   */
  String taggedArn() {
    String arn = requiredText("resourceArn");
    if (!TAGGABLE_ARN.matcher(arn).matches()) {
      throw LogsErrors.invalidValue(
          "resourceArn", arn, "satisfy regular expression pattern: " + TAGGABLE_ARN);
    }
    return arn;
  }
}

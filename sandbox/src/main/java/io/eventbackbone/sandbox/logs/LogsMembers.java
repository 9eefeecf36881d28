package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.Optional;

/** Members that several operations of CloudWatch Logs have: groups, streams, times and ARNs. */
final class LogsMembers {

  private static final int MAX_NAME = 512;
  private static final Shape GROUP_NAME = Shape.of("[.\\-_/#A-Za-z0-9]+");
  private static final Shape STREAM_NAME = Shape.of("[^:*]+");
  private static final Shape TAGGABLE_ARN = Shape.of("[\\w+=/:,.@-]*");

  private LogsMembers() {}

  static LogGroupId group(Request request) {
    return group(request, "logGroupName");
  }

  private static LogGroupId group(Request request, String member) {
    return new LogGroupId(request.home(), name(request.input(), member, GROUP_NAME));
  }

  /** The group of a request that takes a name, or an identifier, which is a name or an ARN. */
  static LogGroupId groupByNameOrIdentifier(Request request) {
    Members input = request.input();
    Optional<String> identifier = input.text("logGroupIdentifier");
    if (identifier.isEmpty()) {
      return group(request);
    }
    if (input.has("logGroupName")) {
      throw LogsErrors.validation(
          "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    }
    return identifier
        .flatMap(LogGroupId::ofArn)
        .orElseGet(() -> group(request, "logGroupIdentifier"));
  }

  static String stream(Request request) {
    return name(request.input(), "logStreamName", STREAM_NAME);
  }

  private static String name(Members input, String member, Shape shape) {
    if (input.requiredText(member).length() > MAX_NAME) {
      throw LogsErrors.invalidParameter(
          "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
    }
    return input.requiredText(member, shape);
  }

  /** A time in milliseconds. */
  static Optional<Long> time(Members input, String member) {
    return input
        .longInteger(member)
        .map(time -> {
          if (time < 0) {
            throw LogsErrors.LOGS.invalid(
                member, Long.toString(time), "have value greater than or equal to 0");
          }
          return time;
        });
  }

  /** The ARN of a tagging call. Its shape has no asterisk, so {@code :*} at the end is refused. */
  static String taggedArn(Members input) {
    return input.requiredText("resourceArn", TAGGABLE_ARN);
  }
}

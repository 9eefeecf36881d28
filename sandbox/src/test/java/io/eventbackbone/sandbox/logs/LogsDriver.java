package io.eventbackbone.sandbox.logs;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.MutableClock;
import io.eventbackbone.sandbox.RecordingAuthorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.errors.AwsException;

/** Calls a {@link LogsService} as tests write it: JSON with single quotes. */
final class LogsDriver {

  static final String GROUP = "/aws/events/global-bus";
  static final String GROUP_ARN =
      "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/global-bus";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final MutableClock clock = new MutableClock();
  final RecordingAuthorizer authorizer = new RecordingAuthorizer();
  final LogsService service = new LogsService(authorizer, clock);

  ObjectNode call(String operation, String input) {
    return callAs("111111111111", operation, input);
  }

  ObjectNode callAs(String account, String operation, String input) {
    return service.handle(
        new Call(
            new Principal.Account(account, "arn:aws:iam::" + account + ":root"),
            "eu-west-1",
            operation,
            json(input)));
  }

  AwsException refusal(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> call(operation, input));
  }

  void createGroup() {
    call("CreateLogGroup", "{'logGroupName':'" + GROUP + "'}");
  }

  /** A call on the group: its name is added to the input. */
  ObjectNode onGroup(String operation, String input) {
    return call(operation, json(input).put("logGroupName", GROUP).toString());
  }

  AwsException refusalOnGroup(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> onGroup(operation, input));
  }

  static ObjectNode json(String singleQuoted) {
    try {
      return (ObjectNode) MAPPER.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }
}

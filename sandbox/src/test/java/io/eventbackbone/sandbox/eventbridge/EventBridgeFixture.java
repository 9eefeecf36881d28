package io.eventbackbone.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * EventBridge in virtual time, with fakes around it. JSON of tests is written with single quotes.
 */
final class EventBridgeFixture {

  static final String GLOBAL = "111111111111";
  static final String ORDERS = "222222222222";
  static final String DELIVERY = "333333333333";
  static final String REGION = "eu-west-1";

  final VirtualTime time = new VirtualTime();
  final FakeAuthorizer authorizer = new FakeAuthorizer();
  final FakeTarget sqs = new FakeTarget();
  final FakeTarget logs = new FakeTarget();
  final Map<String, List<ObjectNode>> busLog = new TreeMap<>();
  final Set<String> untrustedRoles = new HashSet<>();
  final EventBridgeService service =
      new EventBridgeService(
          authorizer,
          this::assume,
          Map.of("sqs", sqs, "logs", logs),
          (bus, logType, record) ->
              busLog
                  .computeIfAbsent(logType, type -> new ArrayList<>())
                  .add(Json.parseObject(record).orElseThrow()),
          time,
          RuleQuotas.DEFAULT,
          time);

  ObjectNode call(String account, String operation, String json) {
    return callIn(REGION, account, operation, json);
  }

  ObjectNode callIn(String region, String account, String operation, String json) {
    Principal.Account caller = new Principal.Account(account, "arn:aws:iam::" + account + ":root");
    return service.handle(new Call(caller, region, operation, object(json)));
  }

  AwsException refusal(String account, String operation, String json) {
    return catchThrowableOfType(AwsException.class, () -> call(account, operation, json));
  }

  /** Publishes one event and returns its id. */
  String publish(String account, String bus, String detailType) {
    JsonNode result =
        call(
                account,
                "PutEvents",
                """
                {'Entries': [{'EventBusName': '%s', 'Source': '%s', 'DetailType': '%s',
                  'Detail': '{}'}]}
                """
                    .formatted(bus, account, detailType))
            .get("Entries")
            .get(0);
    return result.get("EventId").asText();
  }

  /** A rule with one target, given as the members of Target besides its Id. */
  void forward(String account, String bus, String rule, String pattern, String target) {
    ObjectNode input = object("{'Name': '%s', 'EventBusName': '%s'}".formatted(rule, bus));
    call(account, "PutRule", input.put("EventPattern", quoted(pattern)).toString());
    call(
        account,
        "PutTargets",
        "{'Rule': '%s', 'EventBusName': '%s', 'Targets': [{'Id': 'Target0', %s}]}"
            .formatted(rule, bus, target));
  }

  static String busArn(String account, String bus) {
    return new BusId(new Home(account, REGION), bus).arn();
  }

  static String queueArn(String account, String queue) {
    return "arn:aws:sqs:%s:%s:%s".formatted(REGION, account, queue);
  }

  static String roleArn(String account) {
    return "arn:aws:iam::" + account + ":role/forwarding";
  }

  static ObjectNode object(String json) {
    return Json.parseObject(quoted(json))
        .orElseThrow(() -> new AssertionError("bad JSON: " + json));
  }

  static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private Principal.Account assume(String service, String roleArn) {
    if (!service.equals("events.amazonaws.com") || untrustedRoles.contains(roleArn)) {
      throw AwsException.badRequest("AccessDenied", "not trusted");
    }
    return new Principal.Account(roleArn.split(":", 6)[4], roleArn);
  }
}

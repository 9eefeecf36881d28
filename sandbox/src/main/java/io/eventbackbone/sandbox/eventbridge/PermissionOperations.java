package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.BusPolicy;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PutPermission and RemovePermission: the resource policy of a bus of the caller's account. */
final class PermissionOperations {

  /** Neither call can be allowed for single buses (Service Authorization Reference). */
  private static final String EVERYTHING = "*";

  private static final Pattern ORGANIZATION = Pattern.compile("o-[a-z0-9]{10,32}");

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final Clock clock;

  PermissionOperations(EventBuses buses, EventBridgeAccess access, Clock clock) {
    this.buses = buses;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of("PutPermission", this::put, "RemovePermission", this::remove);
  }

  private ObjectNode put(Request request) {
    BusId id = bus(request);
    access.require(request, EVERYTHING);
    Optional<String> policy = request.input().text("Policy");
    if (policy.isPresent()) {
      replacePolicy(request.input(), id, policy.get());
    } else {
      putStatement(request.input(), id);
    }
    return Json.object();
  }

  private void replacePolicy(Members input, BusId id, String document) {
    if (Stream.of("Action", "Principal", "StatementId", "Condition").anyMatch(input::has)) {
      throw EventBridgeErrors.validation(
          "Action, Principal, StatementId and Condition could not be combined with Policy"
              + " parameter.");
    }
    buses.change(id, bus -> bus.with(BusPolicy.parse(document, id), clock.instant()));
  }

  private void putStatement(Members input, BusId id) {
    if (!Stream.of("Action", "Principal", "StatementId").allMatch(input::has)) {
      throw EventBridgeErrors.validation(
          "Parameter(s) Action, Principal and StatementId must be specified.");
    }
    String sid = input.requiredText("StatementId", Shapes.STATEMENT_ID);
    ObjectNode statement = statement(input, sid, id);
    buses.change(id, bus -> bus.with(bus.policy().with(sid, statement, id), clock.instant()));
  }

  private static ObjectNode statement(Members input, String sid, BusId id) {
    String action = input.requiredText("Action", Shapes.ACTION);
    if (!action.equals("events:PutEvents")) {
      throw EventBridgeErrors.validation("Provided value in parameter 'action' is not supported.");
    }
    ObjectNode statement = Json.object().put("Sid", sid).put("Effect", "Allow");
    String principal = input.requiredText("Principal", Shapes.PRINCIPAL);
    if (principal.equals("*")) {
      statement.put("Principal", principal);
    } else {
      statement.putObject("Principal").put("AWS", principal);
    }
    statement.put("Action", action).put("Resource", id.arn());
    input
        .structure("Condition")
        .ifPresent(condition -> statement.set("Condition", condition(condition)));
    return statement;
  }

  private static ObjectNode condition(Members condition) {
    String type = condition.requiredText("Type");
    String key = condition.requiredText("Key");
    String value = condition.requiredText("Value");
    if (!type.equals("StringEquals")) {
      throw EventBridgeErrors.validation(
          "Provided value in parameter 'condition.type' is not supported.");
    }
    if (!key.equals("aws:PrincipalOrgID")) {
      throw EventBridgeErrors.validation(
          "Provided value in parameter 'condition.key' is not supported.");
    }
    if (!ORGANIZATION.matcher(value).matches()) {
      throw EventBridgeErrors.validation(
          "Provided value in parameter 'condition.value' is invalid.");
    }
    ObjectNode written = Json.object();
    written.putObject(type).put(key, value);
    return written;
  }

  private ObjectNode remove(Request request) {
    BusId id = bus(request);
    access.require(request, EVERYTHING);
    Optional<String> sid = request.input().text("StatementId", Shapes.STATEMENT_ID);
    boolean all = request.input().flag("RemoveAllPermissions");
    if (all && sid.isPresent()) {
      throw EventBridgeErrors.validation("StatementId could not be combined with All parameter.");
    }
    if (!all && sid.isEmpty()) {
      throw EventBridgeErrors.validation("Parameter(s) StatementId must be specified.");
    }
    buses.change(
        id,
        bus -> bus.with(sid.map(bus.policy()::without).orElse(BusPolicy.NONE), clock.instant()));
    return Json.object();
  }

  /** A name only: policies are administered with credentials of the bus's own account. */
  private static BusId bus(Request request) {
    return new BusId(
        request.home(),
        request.input().text("EventBusName", Shapes.NON_PARTNER_BUS_NAME).orElse(BusId.DEFAULT));
  }
}

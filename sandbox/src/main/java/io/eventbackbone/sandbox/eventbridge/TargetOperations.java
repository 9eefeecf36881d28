package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The operations on the targets of rules. */
final class TargetOperations {

  /** A quota that cannot be raised. */
  private static final int MOST_PER_RULE = 5;

  private static final int MOST_PER_CALL = 100;

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final TargetReader reader;

  TargetOperations(EventBuses buses, EventBridgeAccess access, TargetReader reader) {
    this.buses = buses;
    this.access = access;
    this.reader = reader;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "PutTargets", this::put,
        "RemoveTargets", this::remove,
        "ListTargetsByRule", this::list,
        "ListRuleNamesByTarget", this::listRuleNames);
  }

  private ObjectNode put(Request request) {
    String ruleName = ruleName(request);
    BusId id = authorised(request, ruleName);
    List<Members> inputs = request.input().requiredStructures("Targets", MOST_PER_CALL);
    buses.get(id).existingRule(ruleName).requireUnmanaged();
    List<Target> targets = inputs.stream().map(input -> reader.read(input, id)).toList();
    requireAllowedFrom(request, id, targets);
    targets.stream()
        .flatMap(target -> target.roleArn().stream())
        .distinct()
        .forEach(role -> access.requirePassRole(request, role));
    buses.change(
        id,
        bus -> {
          Rule changed = bus.existingRule(ruleName).requireUnmanaged().with(targets);
          if (changed.targets().size() > MOST_PER_RULE) {
            throw EventBridgeErrors.limitExceeded();
          }
          return bus.with(changed);
        });
    return nothingFailed();
  }

  private static void requireAllowedFrom(Request request, BusId id, List<Target> targets) {
    boolean foreign = !id.home().accountId().equals(request.caller().accountId());
    if (foreign && targets.stream().anyMatch(target -> !target.service().equals("events"))) {
      throw EventBridgeErrors.validation(
          "Only EventBus targets are allowed on cross-account PutTargets calls.");
    }
  }

  private ObjectNode remove(Request request) {
    String ruleName = ruleName(request);
    BusId id = authorised(request, ruleName);
    List<String> targetIds = request.input().requiredTexts("Ids", MOST_PER_CALL, Shapes.TARGET_ID);
    boolean force = request.input().flag("Force");
    buses.change(
        id,
        bus -> {
          Rule rule = bus.existingRule(ruleName);
          return bus.with((force ? rule : rule.requireUnmanaged()).without(targetIds));
        });
    return nothingFailed();
  }

  private ObjectNode list(Request request) {
    String ruleName = ruleName(request);
    BusId id = authorised(request, ruleName);
    Rule rule = buses.get(id).existingRule(ruleName);
    return EventBridgeService.PAGING.answer(
        "Targets", rule.targets(), request.input(), Target::toJson);
  }

  private ObjectNode listRuleNames(Request request) {
    BusId id = authorised(request, "*");
    String arn = request.input().requiredText("TargetArn", Shapes.ARN);
    NavigableMap<String, Rule> rules = new TreeMap<>(buses.get(id).rules());
    rules
        .values()
        .removeIf(rule -> rule.targets().values().stream().noneMatch(t -> t.arn().equals(arn)));
    return EventBridgeService.PAGING.answer(
        "RuleNames", rules, request.input(), rule -> TextNode.valueOf(rule.name()));
  }

  /** The bus of the request, when the caller may do this to the rule. */
  private BusId authorised(Request request, String rule) {
    BusId id = BusId.of(request);
    access.require(request, id.ruleArn(rule), id, buses.find(id));
    return id;
  }

  private static String ruleName(Request request) {
    return request.input().requiredText("Rule", Shapes.RULE_NAME);
  }

  private static ObjectNode nothingFailed() {
    ObjectNode output = Json.object().put("FailedEntryCount", 0);
    output.putArray("FailedEntries");
    return output;
  }
}

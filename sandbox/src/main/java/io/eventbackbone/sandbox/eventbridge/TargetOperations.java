package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private final Access access;
  private final TargetReader reader;

  TargetOperations(EventBuses buses, Access access, TargetReader reader) {
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
            throw Refusal.limitExceeded();
          }
          return bus.with(changed);
        });
    return nothingFailed();
  }

  private static void requireAllowedFrom(Request request, BusId id, List<Target> targets) {
    boolean foreign = !id.home().accountId().equals(request.caller().accountId());
    if (foreign && targets.stream().anyMatch(target -> !target.service().equals("events"))) {
      throw Refusal.validation(
          "Only EventBus targets are allowed on cross-account PutTargets calls.");
    }
  }

  private ObjectNode remove(Request request) {
    String ruleName = ruleName(request);
    BusId id = authorised(request, ruleName);
    List<String> targetIds =
        request.input().requiredTexts("Ids", MOST_PER_CALL, StringShape.TARGET_ID);
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
    Page<Target> page = Page.of(rule.targets(), request.input());
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray("Targets");
    page.items().forEach(target -> target.write(list.addObject()));
    page.writeToken(output);
    return output;
  }

  private ObjectNode listRuleNames(Request request) {
    BusId id = authorised(request, "*");
    String arn = request.input().requiredText("TargetArn", StringShape.ARN);
    NavigableMap<String, Rule> rules = new TreeMap<>(buses.get(id).rules());
    rules
        .values()
        .removeIf(rule -> rule.targets().values().stream().noneMatch(t -> t.arn().equals(arn)));
    Page<Rule> page = Page.of(rules, request.input());
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray("RuleNames");
    page.items().forEach(rule -> list.add(rule.name()));
    page.writeToken(output);
    return output;
  }

  /** The bus of the request, when the caller may do this to the rule. */
  private BusId authorised(Request request, String rule) {
    BusId id = request.bus();
    access.require(request, id.ruleArn(rule), id, buses.find(id));
    return id;
  }

  private static String ruleName(Request request) {
    return request.input().requiredText("Rule", StringShape.RULE_NAME);
  }

  private static ObjectNode nothingFailed() {
    ObjectNode output = Json.object().put("FailedEntryCount", 0);
    output.putArray("FailedEntries");
    return output;
  }
}

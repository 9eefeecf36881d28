package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.EventPattern;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Rule.Definition;
import io.eventbackbone.sandbox.eventbridge.model.Rule.State;
import io.eventbackbone.sandbox.eventbridge.model.ScheduleExpression;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on rules. */
final class RuleOperations {

  /** A quota per bus that cannot be raised. */
  private static final int MOST_WILDCARD_RULES = 30;

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final RuleQuotas quotas;

  RuleOperations(EventBuses buses, EventBridgeAccess access, RuleQuotas quotas) {
    this.buses = buses;
    this.access = access;
    this.quotas = quotas;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "PutRule", this::put,
        "DescribeRule", this::describe,
        "ListRules", this::list,
        "DeleteRule", this::delete,
        "EnableRule", request -> changeState(request, State.ENABLED),
        "DisableRule", request -> changeState(request, State.DISABLED));
  }

  private ObjectNode put(Request request) {
    String name = name(request);
    BusId id = BusId.of(request);
    access.requirePutRule(request, id.ruleArn(name), id, buses.find(id));
    Definition definition = definition(request.input(), id);
    Tags tags = Tags.read(request.input());
    definition.roleArn().ifPresent(role -> requireRole(request, role));
    buses.change(
        id,
        bus -> {
          Rule rule =
              bus.rule(name)
                  .map(before -> before.requireUnmanaged().with(definition))
                  .orElseGet(
                      () -> Rule.create(id, name, definition, request.caller().accountId(), tags));
          return requireQuotas(bus.with(rule));
        });
    return Json.object().put("RuleArn", id.ruleArn(name));
  }

  private void requireRole(Request request, String role) {
    access.requirePassRole(request, role);
    access.requireAssumable(role);
  }

  private Definition definition(Members input, BusId bus) {
    Optional<String> pattern =
        input.text("EventPattern", Shapes.EVENT_PATTERN).filter(text -> !text.isEmpty());
    Optional<String> schedule =
        input
            .text("ScheduleExpression", Shapes.SCHEDULE_EXPRESSION)
            .filter(text -> !text.isEmpty());
    if (pattern.isEmpty() && schedule.isEmpty()) {
      throw EventBridgeErrors.validation(
          "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    schedule.ifPresent(expression -> checkSchedule(expression, bus));
    return new Definition(
        pattern.map(text -> EventPattern.of(text, quotas.patternCharacters())),
        schedule,
        input.oneOf("State", State.class).orElse(State.ENABLED),
        input.text("Description", Shapes.DESCRIPTION),
        input.text("RoleArn", Shapes.ARN));
  }

  private static void checkSchedule(String expression, BusId bus) {
    if (!bus.isDefault()) {
      throw EventBridgeErrors.validation(
          "ScheduleExpression is supported only on the default event bus.");
    }
    if (!ScheduleExpression.isValid(expression)) {
      throw EventBridgeErrors.validation("Parameter ScheduleExpression is not valid.");
    }
  }

  private EventBus requireQuotas(EventBus bus) {
    long wildcards =
        bus.rules().values().stream()
            .filter(
                rule -> rule.definition().pattern().filter(EventPattern::hasWildcard).isPresent())
            .count();
    if (bus.rules().size() > quotas.rulesPerBus() || wildcards > MOST_WILDCARD_RULES) {
      throw EventBridgeErrors.limitExceeded();
    }
    return bus;
  }

  private ObjectNode describe(Request request) {
    String name = name(request);
    Rule rule = buses.get(authorised(request, name)).existingRule(name);
    return toJson(rule).put("CreatedBy", rule.createdBy());
  }

  private ObjectNode list(Request request) {
    BusId id = authorised(request, "*");
    String prefix = request.input().text("NamePrefix", Shapes.RULE_NAME).orElse("");
    NavigableMap<String, Rule> wanted = new TreeMap<>(buses.get(id).rules());
    wanted.keySet().removeIf(name -> !name.startsWith(prefix));
    return EventBridgeService.PAGING.answer(
        "Rules", wanted, request.input(), RuleOperations::toJson);
  }

  private ObjectNode delete(Request request) {
    String name = name(request);
    BusId id = authorised(request, name);
    boolean force = request.input().flag("Force");
    buses.change(
        id,
        bus -> {
          bus.rule(name).ifPresent(rule -> requireDeletable(rule, force));
          return bus.without(name);
        });
    return Json.object();
  }

  private static void requireDeletable(Rule rule, boolean force) {
    if (!force) {
      rule.requireUnmanaged();
    }
    if (!rule.targets().isEmpty()) {
      throw EventBridgeErrors.validation("Rule can't be deleted since it has targets.");
    }
  }

  private ObjectNode changeState(Request request, State state) {
    String name = name(request);
    BusId id = authorised(request, name);
    buses.change(
        id,
        bus -> {
          Rule rule = bus.existingRule(name).requireUnmanaged();
          return bus.with(rule.with(rule.definition().with(state)));
        });
    return Json.object();
  }

  /** The bus of the request, when the caller may do this to the rule. */
  private BusId authorised(Request request, String rule) {
    BusId id = BusId.of(request);
    access.require(request, id.ruleArn(rule), id, buses.find(id));
    return id;
  }

  private static String name(Request request) {
    return request.input().requiredText("Name", Shapes.RULE_NAME);
  }

  private static ObjectNode toJson(Rule rule) {
    Definition definition = rule.definition();
    ObjectNode output = Json.object();
    output.put("Name", rule.name()).put("Arn", rule.arn());
    definition.pattern().ifPresent(pattern -> output.put("EventPattern", pattern.text()));
    definition.scheduleExpression().ifPresent(s -> output.put("ScheduleExpression", s));
    output.put("State", definition.state().name());
    definition.description().ifPresent(text -> output.put("Description", text));
    definition.roleArn().ifPresent(role -> output.put("RoleArn", role));
    rule.managedBy().ifPresent(service -> output.put("ManagedBy", service));
    return output.put("EventBusName", rule.bus().name());
  }
}

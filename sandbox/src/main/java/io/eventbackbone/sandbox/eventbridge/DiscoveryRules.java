package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.DiscoveredBuses;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.EventPattern;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The managed rules of discoverers, as AWS lists them. They have no target here, since nothing is
 * discovered. The permissions are those that AWS's policy AmazonEventBridgeSchemasFullAccess gives
 * a caller on such rules; which of them a call needs is not documented.
 */
final class DiscoveryRules implements DiscoveredBuses {

  private static final String MANAGED_BY = "schemas.amazonaws.com";

  private static final String DESCRIPTION =
      "This rule is used to route Events to Schema Discoverer";

  private static final String PATTERN =
      "{\"source\":[{\"prefix\":\"aws.partner/\"},{\"anything-but\":{\"prefix\":\"aws.\"}}]}";

  private final EventBuses buses;
  private final EventBridgeAccess access;

  DiscoveryRules(EventBuses buses, EventBridgeAccess access) {
    this.buses = buses;
    this.access = access;
  }

  /** Whether the events of a bus are discovered. */
  static boolean areOn(EventBus bus) {
    return bus.rules().values().stream().anyMatch(DiscoveryRules::isOne);
  }

  private static boolean isOne(Rule rule) {
    return rule.managedBy().filter(MANAGED_BY::equals).isPresent();
  }

  @Override
  public void begin(Principal.Account caller, String busArn, String rule) {
    BusId id =
        BusId.ofArn(busArn).orElseThrow(() -> refusal("SourceArn is no event bus: " + busArn));
    EventBus bus =
        buses.find(id).orElseThrow(() -> refusal("Event bus " + id.name() + " does not exist."));
    if (bus.settings().kmsKeyIdentifier().isPresent()) {
      throw refusal(
          "Schema discovery is not supported for event buses encrypted using a customer managed"
              + " key.");
    }
    require(caller, "PutRule", id, rule);
    require(caller, "PutTargets", id, rule);
    buses.change(id, it -> it.with(managedRule(id, rule)));
  }

  @Override
  public void resume(Principal.Account caller, String busArn, String rule) {
    require(caller, "EnableRule", bus(busArn), rule);
    changeState(bus(busArn), rule, Rule.State.ENABLED);
  }

  @Override
  public void pause(Principal.Account caller, String busArn, String rule) {
    require(caller, "DisableRule", bus(busArn), rule);
    changeState(bus(busArn), rule, Rule.State.DISABLED);
  }

  @Override
  public void end(Principal.Account caller, String busArn, String rule) {
    BusId id = bus(busArn);
    require(caller, "ListTargetsByRule", id, rule);
    require(caller, "RemoveTargets", id, rule);
    require(caller, "DeleteRule", id, rule);
    if (buses.find(id).isPresent()) {
      buses.change(id, bus -> bus.without(rule));
    }
  }

  private void require(Principal.Account caller, String operation, BusId bus, String rule) {
    access.requireForService(caller, "events:" + operation, bus.ruleArn(rule));
  }

  /** A caller who deletes the rule by force ends the discovery. */
  private void changeState(BusId id, String name, Rule.State state) {
    buses.change(
        id,
        bus ->
            bus.rule(name)
                .map(rule -> bus.with(rule.with(rule.definition().with(state))))
                .orElse(bus));
  }

  private static Rule managedRule(BusId bus, String name) {
    Rule.Definition definition =
        new Rule.Definition(
            Optional.of(EventPattern.compile(PATTERN)),
            Optional.empty(),
            Rule.State.ENABLED,
            Optional.of(DESCRIPTION),
            Optional.empty());
    return new Rule(
        bus,
        name,
        definition,
        bus.home().accountId(),
        Optional.of(MANAGED_BY),
        Tags.NONE,
        new TreeMap<>());
  }

  /** The bus of a discoverer that was made. */
  private static BusId bus(String arn) {
    return BusId.ofArn(arn).orElseThrow();
  }

  private static AwsException refusal(String message) {
    return SchemasErrors.badRequest(message);
  }
}

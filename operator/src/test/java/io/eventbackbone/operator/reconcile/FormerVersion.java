package io.eventbackbone.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a former version with {@code fanOut: Packed} made. */
final class FormerVersion {

  static final String PACK = "globalTo-pack-1";
  private static final String GLOBAL_BUS = "global-bus";
  private static final String GLOBAL_ACCOUNT = "111111111111";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FormerVersion() {}

  /**
   * Puts one pack in the place of the own rules of all buses of a settled world, as a former
   * version did it, and begins the new version's process. The local rules leave own events out.
   */
  static void pack(Simulation simulation) {
    EventBridgeClient global = Account.of(simulation.aws(), GLOBAL_ACCOUNT).events();
    List<String> ownRules =
        global.listRules(it -> it.eventBusName(GLOBAL_BUS).namePrefix("globalTo")).rules().stream()
            .map(Rule::name)
            .toList();
    List<Target> targets =
        ownRules.stream()
            .flatMap(rule -> targets(global, GLOBAL_BUS, rule).stream().map(named(rule)::of))
            .toList();
    putPack(global, ownersTags(global), targets);
    ownRules.forEach(rule -> delete(global, rule));
    for (ServiceAccountBus bus : all(simulation, ServiceAccountBus.class)) {
      leaveOutOwnEvents(simulation, bus);
      bus.setStatus(
          bus.getStatus().toBuilder()
              .forwardingRuleArn(
                  "arn:aws:events:eu-west-1:%s:rule/%s/%s"
                      .formatted(GLOBAL_ACCOUNT, GLOBAL_BUS, PACK))
              .patternCharacters(null)
              .appliedHash("of a former version")
              .build());
    }
    for (EventSubscription subscription : all(simulation, EventSubscription.class)) {
      subscription.setStatus(
          subscription.getStatus().toBuilder().appliedHash("of a former version").build());
    }
    simulation.restart();
  }

  private interface Naming {
    Target of(Target target);
  }

  private static Naming named(String id) {
    return target -> target.toBuilder().id(id).build();
  }

  private static <T> List<T> all(Simulation simulation, Class<T> kind) {
    return simulation.cluster().objects().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static List<Target> targets(EventBridgeClient events, String bus, String rule) {
    return events.listTargetsByRule(it -> it.eventBusName(bus).rule(rule)).targets();
  }

  private static List<Tag> ownersTags(EventBridgeClient global) {
    String bus = global.describeEventBus(it -> it.name(GLOBAL_BUS)).arn();
    return global.listTagsForResource(it -> it.resourceARN(bus)).tags();
  }

  private static void putPack(EventBridgeClient global, List<Tag> tags, List<Target> targets) {
    global.putRule(it ->
        it.eventBusName(GLOBAL_BUS)
            .name(PACK)
            .eventPattern("{\"account\":[{\"prefix\":\"\"}]}")
            .tags(tags));
    global.putTargets(it -> it.eventBusName(GLOBAL_BUS).rule(PACK).targets(targets));
  }

  private static void delete(EventBridgeClient global, String rule) {
    List<String> ids = targets(global, GLOBAL_BUS, rule).stream().map(Target::id).toList();
    global.removeTargets(it -> it.eventBusName(GLOBAL_BUS).rule(rule).ids(ids));
    global.deleteRule(it -> it.eventBusName(GLOBAL_BUS).name(rule));
  }

  private static void leaveOutOwnEvents(Simulation simulation, ServiceAccountBus bus) {
    String account = bus.getStatus().accountId();
    String name = bus.getStatus().busArn().replaceAll(".*/", "");
    EventBridgeClient local = Account.of(simulation.aws(), account).events();
    for (Rule rule : local.listRules(it -> it.eventBusName(name)).rules()) {
      String pattern = withoutEventsOf(account, rule.eventPattern());
      local.putRule(it ->
          it.eventBusName(name)
              .name(rule.name())
              .eventPattern(pattern)
              .state(rule.stateAsString()));
    }
  }

  private static String withoutEventsOf(String account, String pattern) {
    try {
      ObjectNode conditions = (ObjectNode) JSON.readTree(pattern);
      conditions.putArray("account").addObject().putArray("anything-but").add(account);
      return conditions.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(pattern, e);
    }
  }
}

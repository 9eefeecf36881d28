package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Difference.Attribute;
import io.eventbackbone.cli.answer.Difference.AwsChange;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the operator would do to AWS, if AWS is as the specs of before say. */
final class AwsPlan {

  /** Part of owner tags, which are the same before and after. */
  private static final Topology TOPOLOGY = new Topology("cluster");

  private AwsPlan() {}

  static List<AwsChange> between(Snapshot before, Snapshot after) {
    Map<String, WantedState> then = wanted(before);
    Map<String, WantedState> now = wanted(after);
    ObservedState observed = asWanted(then);
    return now.entrySet().stream()
        .filter(it -> !it.getValue().equals(then.get(it.getKey())))
        .flatMap(it -> Plan.of(it.getValue(), observed, AdoptionPolicy.FAIL).changes().stream())
        .map(AwsPlan::change)
        .toList();
  }

  private static AwsChange change(Change change) {
    ResourceKey key = change.key();
    return new AwsChange(
        key.scope().accountId(),
        "%s %s".formatted(key.type().title(), key.qualifiedName()),
        change.getClass().getSimpleName(),
        change.differences().stream()
            .map(it -> new Attribute(it.attribute(), it.from(), it.to()))
            .toList());
  }

  /** All that the objects ask AWS for, by the kind and name of the object. */
  private static Map<String, WantedState> wanted(Snapshot snapshot) {
    Admissions admissions = new Admissions(snapshot);
    Routing routing = new Routing(snapshot);
    Map<String, WantedState> wanted = new TreeMap<>();
    snapshot
        .readable(EventBackbone.class)
        .filter(it -> it.getSpec().managementPolicy() == ManagementPolicy.MANAGE)
        .flatMap(it -> admissions.backbone(it).admitted().stream())
        .forEach(backbone -> {
          List<AdmittedBus> buses = admissions.busesOf(backbone);
          wanted.put("0 " + Snapshot.key(backbone.resource()), wanted(backbone, buses));
          buses.stream()
              .filter(bus -> admissions.bus(bus.resource()).admitted().isPresent())
              .forEach(bus -> {
                wanted.put("1 " + Snapshot.key(bus.resource()), TOPOLOGY.of(bus, routing.to(bus)));
                snapshot
                    .subscriptionsOf(bus.resource())
                    .forEach(it ->
                        wanted(it, bus, admissions)
                            .forEach(state -> wanted.put("2 " + Snapshot.key(it), state)));
              });
        });
    return wanted;
  }

  private static WantedState wanted(AdmittedBackbone backbone, List<AdmittedBus> buses) {
    return TOPOLOGY.of(backbone, PolicyBudget.of(backbone, buses));
  }

  /**
   * A filter that is refused leaves AWS as it is; a bus that does not admit takes the rule away.
   */
  private static Stream<WantedState> wanted(
      EventSubscription subscription, AdmittedBus bus, Admissions admissions) {
    if (!admissions.isAdmitted(subscription, bus.resource())) {
      return Stream.of(TOPOLOGY.withdrawn(subscription, bus));
    }
    return admissions.subscription(subscription, bus).admitted().stream()
        .map((AdmittedSubscription it) -> TOPOLOGY.of(it));
  }

  private static ObservedState asWanted(Map<String, WantedState> states) {
    Map<ResourceKey, Observed> observed = new HashMap<>();
    states
        .values()
        .forEach(state ->
            state.resources().stream()
                .flatMap(it ->
                    it instanceof Wanted.Present present ? Stream.of(present) : Stream.empty())
                .forEach(it -> observed.put(it.key(), observed(it, state.tags()))));
    return new ObservedState(observed);
  }

  private static Observed observed(Wanted.Present present, Tags tags) {
    return new Observed(
        present.resource(), present.key().type().isTaggable() ? tags.all() : Map.of());
  }
}

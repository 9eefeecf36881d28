package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ForwardingMode;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteStatus;
import io.eventbackbone.api.v1alpha1.EventRouteStatus.ReachedBuses;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.Messages;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.util.List;

/**
 * Says which buses a route reaches. The rules themselves belong to the buses, so a route has
 * nothing in AWS, and nothing to clean up.
 */
@ControllerConfiguration(name = "eventroute")
final class EventRouteReconciler extends ResourceReconciler<EventRoute, EventRouteStatus> {

  private static final int SHOWN = 100;

  private final Admissions admissions;
  private final Routing routing;

  EventRouteReconciler(Inventory inventory, ReconcilerContext shared) {
    super(EventRoute.class, shared);
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
  }

  @Override
  ReconcileResult<EventRouteStatus> decide(
      EventRoute route, Conditions conditions, Context<EventRoute> context) {
    Admission<Accepted> admission =
        Admissions.readable(route)
            .then(SpecCheck::selectorsOf)
            .then(admissions::backboneOf)
            .then(backbone ->
                admissions
                    .route(route, backbone)
                    .then(warnings -> new Admitted<>(new Accepted(backbone, warnings))));
    return switch (admission) {
      case Refused<Accepted>(Reason reason, String message) -> {
        conditions.no(Conditions.ACCEPTED, reason, message);
        yield untilChange(conditions, route.getStatus(), route);
      }
      case Admitted<Accepted>(Accepted accepted) -> accepted(route, accepted, conditions);
    };
  }

  @Override
  EventRouteStatus with(List<Condition> conditions, EventRouteStatus status, EventRoute route) {
    return new EventRouteStatus(route.getMetadata().getGeneration(), status.buses(), conditions);
  }

  private record Accepted(AdmittedBackbone backbone, List<String> warnings) {}

  private ReconcileResult<EventRouteStatus> accepted(
      EventRoute route, Accepted accepted, Conditions conditions) {
    conditions.yes(
        Conditions.ACCEPTED,
        Reason.ACCEPTED,
        Messages.withWarnings("the filter is valid", accepted.warnings()));
    List<AdmittedBus> reached = routing.reachedBy(route, accepted.backbone());
    List<String> waiting =
        reached.stream()
            .filter(bus -> !forwards(bus, route) && !isAskedForNothing(bus))
            .map(EventRouteReconciler::name)
            .toList();
    if (waiting.isEmpty()) {
      conditions.yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, received(reached));
    } else {
      conditions.no(
          Conditions.PROGRAMMED,
          Reason.BUS_NOT_READY,
          "waits for ServiceAccountBus " + Abbreviation.of(waiting));
    }
    ReachedBuses buses =
        new ReachedBuses(
            reached.size(),
            reached.size() - waiting.size(),
            reached.stream().map(EventRouteReconciler::name).sorted().limit(SHOWN).toList());
    return ReconcileResult.untilChange(
        new EventRouteStatus(
            route.getMetadata().getGeneration(), buses, conditions.summed(received(reached))));
  }

  private static String received(List<AdmittedBus> reached) {
    long unasked = reached.stream().filter(EventRouteReconciler::isAskedForNothing).count();
    String receiving = "%d buses receive by this route".formatted(reached.size() - unasked);
    return unasked == 0
        ? receiving
        : "%s, and the EventSubscriptions of %d ask for nothing".formatted(receiving, unasked);
  }

  /** A bus whose subscriptions ask for nothing needs no rule; don't wait for it. */
  private static boolean isAskedForNothing(AdmittedBus bus) {
    return bus.backbone().spec().forwarding() == ForwardingMode.SUBSCRIBED
        && bus.resource().getStatus().forwardingRuleArn() == null
        && Conditions.isTrue(bus.resource().getStatus(), Conditions.PROGRAMMED);
  }

  private static boolean forwards(AdmittedBus bus, EventRoute route) {
    return bus.resource().getStatus().routes().contains(route.getMetadata().getName())
        && Conditions.isTrue(bus.resource().getStatus(), Conditions.PROGRAMMED);
  }

  private static String name(AdmittedBus bus) {
    return bus.resource().getMetadata().getNamespace()
        + "/"
        + bus.resource().getMetadata().getName();
  }
}

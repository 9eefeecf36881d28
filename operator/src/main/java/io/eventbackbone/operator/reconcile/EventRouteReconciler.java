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
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/**
 * Says which buses a route reaches. The rules themselves belong to the buses, so a route has
 * nothing in AWS, and nothing to clean up.
 */
@ControllerConfiguration(name = "eventroute")
final class EventRouteReconciler implements Reconciler<EventRoute> {

  private static final int SHOWN = 100;

  private final Admissions admissions;
  private final Routing routing;
  private final ReconcilerContext surroundings;

  EventRouteReconciler(Inventory inventory, ReconcilerContext surroundings) {
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
    this.surroundings = surroundings;
  }

  @Override
  public List<EventSource<?, EventRoute>> prepareEventSources(
      EventSourceContext<EventRoute> context) {
    return List.of(surroundings.wakes().sourceOf(EventRoute.class));
  }

  @Override
  public UpdateControl<EventRoute> reconcile(EventRoute route, Context<EventRoute> context) {
    return surroundings.reconcile(
        route, () -> reconciled(route).publish(route, context, surroundings));
  }

  private Reconciled<EventRouteStatus> reconciled(EventRoute route) {
    Conditions conditions = surroundings.conditions(route, route.getStatus());
    Admission<Accepted> admission =
        Admissions.readable(route)
            .then(SpecCheck::selectorsOf)
            .then(admissions::backboneOf)
            .then(backbone ->
                admissions
                    .route(route, backbone)
                    .then(warnings -> new Admitted<>(new Accepted(backbone, warnings))));
    return admission instanceof Refused<Accepted> refused
        ? refused(route, refused, conditions)
        : accepted(route, ((Admitted<Accepted>) admission).value(), conditions);
  }

  private record Accepted(AdmittedBackbone backbone, List<String> warnings) {}

  private static Reconciled<EventRouteStatus> refused(
      EventRoute route, Refused<Accepted> refused, Conditions conditions) {
    conditions.no(Conditions.ACCEPTED, refused.reason(), refused.message());
    return new Reconciled<>(
        new EventRouteStatus(
            route.getMetadata().getGeneration(), route.getStatus().buses(), conditions.summed("")),
        new Next.OnChange());
  }

  private Reconciled<EventRouteStatus> accepted(
      EventRoute route, Accepted accepted, Conditions conditions) {
    conditions.yes(
        Conditions.ACCEPTED,
        Reason.ACCEPTED,
        Texts.withWarnings("the filter is valid", accepted.warnings()));
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
    return new Reconciled<>(
        new EventRouteStatus(
            route.getMetadata().getGeneration(), buses, conditions.summed(received(reached))),
        new Next.OnChange());
  }

  private static String received(List<AdmittedBus> reached) {
    long unasked = reached.stream().filter(EventRouteReconciler::isAskedForNothing).count();
    String receiving = "%d buses receive by this route".formatted(reached.size() - unasked);
    return unasked == 0
        ? receiving
        : "%s, and the EventSubscriptions of %d ask for nothing".formatted(receiving, unasked);
  }

  /** What no subscription asks for needs no rule, and is not waited for. */
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

  @Override
  public ErrorStatusUpdateControl<EventRoute> updateErrorStatus(
      EventRoute route, Context<EventRoute> context, Exception failure) {
    return surroundings.publishFailure(
        route,
        failure,
        context,
        (reason, message) ->
            new EventRouteStatus(
                route.getMetadata().getGeneration(),
                route.getStatus().buses(),
                surroundings.conditions(route, route.getStatus()).waiting(reason, message)));
  }
}

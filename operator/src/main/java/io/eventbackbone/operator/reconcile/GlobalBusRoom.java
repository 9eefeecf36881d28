package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Hindrance.Gate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a local bus may lack on its global bus: room for its rule, a rule with all that the routes
 * ask for, or the right to publish.
 */
final class GlobalBusRoom {

  private final AwsApplier applier;

  GlobalBusRoom(AwsApplier applier) {
    this.applier = applier;
  }

  /** A bus with what is to be forwarded to it. */
  record Routed(AdmittedBus bus, Forwarded forwarded) {

    EventBackbone backbone() {
      return bus.backbone().resource();
    }
  }

  /** Don't try a rule beyond a quota: AWS would refuse the rule again and again. */
  List<Gate<Routed>> gates() {
    return List.of(this::noRoomForRule, this::noRoomForWildcards);
  }

  private Optional<Hindrance> noRoomForRule(Routed routed) {
    EventBackbone backbone = routed.backbone();
    return Optional.ofNullable(backbone.getStatus().rules())
        .filter(rules -> !(routed.forwarded().forwarding() instanceof Forwarding.Nothing))
        .filter(GlobalBusRoom::isUsedUp)
        .filter(rules -> !routed.bus().hasOwnRule() && !isListed(routed, ListedRules::names))
        .map(rules ->
            new Hindrance(
                Reason.QUOTA_EXCEEDED,
                "the global bus of %s in account %s has %d of the %d rules that AWS allows it%s: %s"
                    .formatted(
                        Admissions.describe(backbone),
                        routed.bus().backbone().scope().accountId(),
                        rules.used(),
                        rules.limit(),
                        backbone
                            .getStatus()
                            .rulesOfOthers()
                            .map(", %d of which are others'"::formatted)
                            .orElse(""),
                        BusQuotas.MORE_RULES)));
  }

  private Optional<Hindrance> noRoomForWildcards(Routed routed) {
    List<String> routes = routed.forwarded().wildcardRoutes();
    return Optional.ofNullable(routed.backbone().getStatus().wildcardRules())
        .filter(GlobalBusRoom::isUsedUp)
        .filter(rules -> !routes.isEmpty() && !routed.bus().hasOwnRuleWithWildcards())
        .filter(rules -> !isListed(routed, ListedRules::withWildcards))
        .map(rules ->
            new Hindrance(
                Reason.QUOTA_EXCEEDED,
                "the global bus of %s in account %s has %d of the %d rules with wildcards that AWS allows any bus, and what forwards to this bus stays as it was: have EventRoutes %s use prefix, suffix or detail types in place of wildcard, or reach fewer buses"
                    .formatted(
                        Admissions.describe(routed.backbone()),
                        routed.bus().backbone().scope().accountId(),
                        rules.used(),
                        rules.limit(),
                        Abbreviation.of(routes))));
  }

  private static boolean isUsedUp(Usage rules) {
    return rules.used() >= rules.limit();
  }

  /** Whether AWS has the bus's rule although no status says so; the list of rules is shared. */
  private boolean isListed(Routed routed, Function<ListedRules, Set<String>> which) {
    String rule = AdmittedBus.forwardingRule(routed.bus().resource());
    return applier
        .rulesOn(routed.bus().backbone())
        .filter(rules -> which.apply(rules).contains(rule))
        .isPresent();
  }

  /** Why the rule on the global bus is not what the routes ask for. */
  static Optional<Hindrance> heldBack(Forwarded forwarded) {
    if (forwarded.forwarding() instanceof Forwarding.Refused refused) {
      return Optional.of(new Hindrance(Reason.PATTERN_TOO_LARGE, refused.message()));
    }
    return Optional.of(forwarded.refused())
        .filter(refused -> !refused.isEmpty())
        .map(refused ->
            new Hindrance(
                Reason.ROUTE_REFUSED,
                "the forwarding rule stays as it was until these EventRoutes are corrected: "
                    + Abbreviation.of(refused)));
  }

  /** The policy of the global bus has no room for the account. */
  static Optional<Hindrance> leftOut(AdmittedBus bus) {
    return Optional.ofNullable(bus.backbone().resource().getStatus().publishers())
        .filter(publishers -> publishers.leftOut().contains(bus.scope().accountId()))
        .map(publishers ->
            new Hindrance(
                Reason.QUOTA_EXCEEDED,
                "the bus receives, but its services may not publish: the policy of the global bus is full; see %s"
                    .formatted(Admissions.describe(bus.backbone().resource()))));
  }

  /** AWS denies publishing until the policy of the global bus names the account. */
  static Optional<Hindrance> notYetPublishing(AdmittedBus bus) {
    return Optional.ofNullable(bus.backbone().resource().getStatus().publishers())
        .filter(publishers -> !publishers.identifiers().contains(bus.identifier()))
        .map(publishers ->
            new Hindrance(
                Reason.BACKBONE_NOT_READY,
                "the bus receives, but its services cannot publish until the policy of the global bus of %s is updated"
                    .formatted(Admissions.describe(bus.backbone().resource()))));
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.operator.reconcile.Programming.Outcome;
import io.eventbackbone.operator.topology.AdmittedBackbone;
import io.eventbackbone.operator.topology.AdmittedBus;
import io.eventbackbone.operator.topology.FanOut.OwnRule;
import io.eventbackbone.operator.topology.FanOut.Sharing;
import io.eventbackbone.operator.topology.FanOut.Standing;
import io.eventbackbone.operator.topology.Packing;
import io.eventbackbone.operator.topology.Place;
import io.eventbackbone.operator.topology.ResourceKey;
import io.eventbackbone.operator.topology.Routing.Forwarded;
import io.eventbackbone.operator.topology.pattern.EventPattern;
import io.eventbackbone.operator.topology.pattern.Forwarding;
import java.util.List;
import java.util.Optional;

/** A bus that may share a rule of the global bus: what its status says of that, and when. */
record Sharer(AdmittedBus bus, Standing standing) {

  /**
   * The status that must be written before AWS is changed. The backbone's reconciler goes by it: a
   * bus says that it relies on a pack before it gives up its own rule, and that its rules leave
   * nothing out before they don't.
   */
  Optional<ServiceAccountBusStatus> toldFirst() {
    if (!isManaged()) {
      return Optional.empty();
    }
    ServiceAccountBusStatus before = bus.resource().getStatus();
    ServiceAccountBusStatusBuilder told = before.toBuilder();
    if (standing.place() instanceof Place.Inside inside) {
      told.forwardingRuleArn(arn(inside.rule()));
    }
    if (standing.excluded().isEmpty()) {
      told.excludedSender(null);
    }
    return Optional.of(told.build()).filter(it -> !it.equals(before));
  }

  private boolean isManaged() {
    return bus.backbone().spec().managementPolicy() == ManagementPolicy.MANAGE;
  }

  private String arn(String rule) {
    ResourceKey global = bus.backbone().busKey();
    return ResourceKey.rule(global.scope(), global.name(), rule).arn();
  }

  /** Whether it is to receive by a pack, and no pack forwards to it yet. */
  boolean isWaiting() {
    return isManaged()
        && standing.ownRule() == OwnRule.AS_IT_IS
        && !(standing.place() instanceof Place.Inside);
  }

  /** Whether a pack has, or will have, a place for it without another rule. */
  boolean hasSeat() {
    return !(standing.place() instanceof Place.Nowhere)
        || (standing.sharing() instanceof Sharing.Possible possible
            && packs().stream()
                .filter(pack -> pack.pattern().equals(possible.pattern().text()))
                .anyMatch(Packing::hasSeat));
  }

  private List<PackedRule> packs() {
    return bus.backbone().resource().getStatus().packs();
  }

  boolean needsOwnRule() {
    return standing.ownRule() == OwnRule.AS_ROUTED && !bus.hasOwnRule();
  }

  /**
   * Whether it would take one more of the few rules with wildcards that the global bus can have.
   */
  boolean needsWildcardRule(Forwarded forwarded) {
    if (forwarded.wildcardRoutes().isEmpty()) {
      return false;
    }
    return standing.ownRule() == OwnRule.AS_ROUTED
        ? !bus.hasOwnRuleWithWildcards()
        : standing.sharing() instanceof Sharing.Possible possible && !hasWildcardPack(possible);
  }

  /** Whether a pack with wildcards forwards to it, or is about to, or has a place for it. */
  private boolean hasWildcardPack(Sharing.Possible possible) {
    String name = AdmittedBus.nameOf(bus.resource());
    return packs().stream()
        .filter(pack -> new EventPattern(pack.pattern()).hasWildcards())
        .anyMatch(
            pack ->
                standing.place() instanceof Place.Nowhere
                    ? Packing.hasSeat(pack) && pack.pattern().equals(possible.pattern().text())
                    : Packing.all(pack).anyMatch(name::equals));
  }

  /** Routes whose wildcards its own rule has; as before where that rule stays as it was. */
  List<String> wildcardRoutes(Forwarded forwarded, Outcome outcome) {
    boolean isBrought =
        hasBroughtOwnRule(outcome)
            && standing.ownRule() != OwnRule.AS_IT_IS
            && (isWhole(forwarded) || !bus.hasOwnRule());
    if (!isBrought) {
      return bus.resource().getStatus().wildcardRoutes();
    }
    return standing.ownRule() == OwnRule.NONE ? List.of() : forwarded.wildcardRoutes();
  }

  /** Whether its own rule can be brought to all that the routes ask for. */
  private static boolean isWhole(Forwarded forwarded) {
    return forwarded.refused().isEmpty() && !(forwarded.forwarding() instanceof Forwarding.Refused);
  }

  /** Whether AWS has of its own rule what is wanted, whatever failed after it, such as its log. */
  boolean hasBroughtOwnRule(Outcome outcome) {
    return outcome.hasBrought(bus.forwardingRuleKey()).orElse(false);
  }

  /**
   * ARN of the rule that is sure to forward to it, or null. What AWS refused is not there, and what
   * was left as it was is there still.
   */
  String forwardingRuleArn(Forwarded forwarded, Outcome outcome) {
    String before = bus.resource().getStatus().forwardingRuleArn();
    boolean staysWithPack = standing.place() instanceof Place.Leaving && !isWhole(forwarded);
    if (standing.ownRule() != OwnRule.AS_ROUTED || !hasBroughtOwnRule(outcome) || staysWithPack) {
      return before;
    }
    if (forwarded.forwarding() instanceof Forwarding.Rule) {
      return bus.forwardingRuleKey().arn();
    }
    return isWhole(forwarded) ? null : before;
  }

  /** What is said of a bus that receives, besides by which routes. */
  String remark() {
    if (standing.place() instanceof Place.Inside inside) {
      return ", through rule %s of the global bus".formatted(inside.rule());
    }
    return standing.sharing() instanceof Sharing.Impossible impossible
        ? ", through a rule of its own: " + impossible.cause()
        : "";
  }

  /** The pack that forwards to a bus, or may, where the backbone's reconciler will end that. */
  static Optional<String> lastingPack(ServiceAccountBus bus, AdmittedBackbone backbone) {
    EventBackbone resource = backbone.resource();
    boolean isKept =
        backbone.spec().managementPolicy() == ManagementPolicy.MANAGE
            && !resource.isMarkedForDeletion();
    String name = AdmittedBus.nameOf(bus);
    return resource.getStatus().packs().stream()
        .filter(pack -> isKept && Packing.all(pack).anyMatch(name::equals))
        .map(PackedRule::rule)
        .findFirst();
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.plan.ObservedState;
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.eventbackbone.operator.topology.AdmittedBackbone;
import io.eventbackbone.operator.topology.AdmittedBus;
import io.eventbackbone.operator.topology.AwsResource.Rule;
import io.eventbackbone.operator.topology.FormerPacks;
import io.eventbackbone.operator.topology.Inventory;
import io.eventbackbone.operator.topology.ListedRules;
import io.eventbackbone.operator.topology.Owner;
import io.eventbackbone.operator.topology.ResourceKey;
import io.eventbackbone.operator.topology.Routing;
import io.eventbackbone.operator.topology.WantedState;
import io.eventbackbone.operator.topology.WantedState.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds in AWS which packs of a former version may go. */
final class PackCleanup {

  private final Routing routing;
  private final Programming programming;

  PackCleanup(Inventory inventory, Programming programming) {
    this.routing = new Routing(inventory);
    this.programming = programming;
  }

  /** The same state, without those of the backbone's packs that no bus needs any more. */
  WantedState in(WantedState wanted, AdmittedBackbone backbone, List<AdmittedBus> buses) {
    return mayHavePacks(backbone) ? wanted.and(leftovers(backbone, buses, wanted.owner())) : wanted;
  }

  /** The same state of a backbone that goes, without any packs. */
  WantedState withoutBuses(WantedState wanted, AdmittedBackbone backbone) {
    return wanted.and(leftovers(backbone, List.of(), wanted.owner()));
  }

  private List<Wanted> leftovers(AdmittedBackbone backbone, List<AdmittedBus> buses, Owner owner) {
    List<Rule> packs =
        programming
            .rulesOn(backbone)
            .map(listed -> FormerPacks.listed(listed, backbone))
            .map(keys -> rules(keys, backbone, Optional.of(owner)))
            .orElse(List.of());
    List<ResourceKey> successors =
        packs.stream().flatMap(it -> FormerPacks.successors(it, backbone).stream()).toList();
    return FormerPacks.leftovers(
        packs,
        rules(successors, backbone, Optional.empty()),
        buses.stream()
            .filter(bus -> successors.contains(bus.forwardingRuleKey()))
            .collect(
                Collectors.toMap(bus -> AdmittedBus.forwardingRule(bus.resource()), routing::to)));
  }

  /** As far as the status tells, which saves a list: packs count as rules of others. */
  static boolean mayHavePacks(AdmittedBackbone backbone) {
    return backbone.resource().getStatus().rulesOfOthers().isPresent();
  }

  private List<Rule> rules(
      List<ResourceKey> keys, AdmittedBackbone backbone, Optional<Owner> owner) {
    ObservedState found = programming.look(backbone, keys);
    return keys.stream()
        .filter(key -> owner.map(it -> found.isOrWasOwned(key, it)).orElse(true))
        .flatMap(key -> found.find(key).stream())
        .flatMap(it -> it.resource() instanceof Rule rule ? Stream.of(rule) : Stream.empty())
        .toList();
  }

  /**
   * When to look again: soon as long as there are packs, and at once when they are found or gone.
   *
   * @param wanted what AWS has now
   * @param listed the rules of the global bus, as far as they were listed after that
   */
  static Next next(
      WantedState wanted, Optional<ListedRules> listed, AdmittedBackbone backbone, Next usual) {
    if (listed.filter(it -> !FormerPacks.listed(it, backbone).isEmpty()).isPresent()) {
      return mayHavePacks(backbone)
          ? Next.sooner(usual, new Next.Recheck(backbone.spec().driftCheckPeriod().dividedBy(10)))
          : new Next.Again();
    }
    return wanted.resources().stream().anyMatch(it -> FormerPacks.isPack(it.key()))
        ? new Next.Again()
        : usual;
  }
}

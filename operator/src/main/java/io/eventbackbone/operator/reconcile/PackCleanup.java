package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.topology.FormerPacks;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in AWS which packs of a former version may go. */
final class PackCleanup {

  /** A bus whose account can't be read stays in its pack: the account may admit the bus. */
  private static final Forwarded UNKNOWN =
      Forwarded.NOTHING.leftAsItIs("the account of the bus can't be read");

  private final Inventory inventory;
  private final Routing routing;
  private final AwsApplier applier;

  PackCleanup(Inventory inventory, AwsApplier applier) {
    this.inventory = inventory;
    this.routing = new Routing(inventory);
    this.applier = applier;
  }

  /** Adds to the wanted state that the packs which no bus needs any more must go. */
  WantedState in(WantedState wanted, AdmittedBackbone backbone, List<AdmittedBus> buses) {
    if (!mayHavePacks(backbone)) {
      return wanted;
    }
    List<ServiceAccountBus> unknown =
        inventory.busesOf(backbone.resource()).stream()
            .filter(bus -> inventory.isUnreadableAccount(bus.getSpec().accountRef().name()))
            .toList();
    return wanted.and(leftovers(backbone, wanted.owner(), buses, unknown));
  }

  /** The same for a backbone that is deleted: all of its packs must go. */
  WantedState withoutBuses(WantedState wanted, AdmittedBackbone backbone) {
    return wanted.and(leftovers(backbone, wanted.owner(), List.of(), List.of()));
  }

  private List<Wanted> leftovers(
      AdmittedBackbone backbone,
      Owner owner,
      List<AdmittedBus> buses,
      List<ServiceAccountBus> unknown) {
    List<Rule> packs =
        applier
            .rulesOn(backbone)
            .map(listed -> FormerPacks.listed(listed, backbone))
            .map(keys -> rules(keys, backbone, Optional.of(owner)))
            .orElse(List.of());
    List<RuleKey> successors =
        packs.stream().flatMap(it -> FormerPacks.successors(it, backbone).stream()).toList();
    Map<String, Forwarded> forwarded = new HashMap<>();
    unknown.forEach(bus -> forwarded.put(AdmittedBus.forwardingRule(bus), UNKNOWN));
    buses.stream()
        .filter(bus -> successors.contains(bus.forwardingRuleKey()))
        .forEach(bus -> forwarded.put(AdmittedBus.forwardingRule(bus.resource()), routing.to(bus)));
    return FormerPacks.leftovers(packs, rules(successors, backbone, Optional.empty()), forwarded);
  }

  /**
   * Whether to look for packs. The status tells, which saves a list: packs count as rules of
   * others.
   */
  static boolean mayHavePacks(AdmittedBackbone backbone) {
    return backbone.resource().getStatus().rulesOfOthers().isPresent();
  }

  private List<Rule> rules(List<RuleKey> keys, AdmittedBackbone backbone, Optional<Owner> owner) {
    ObservedState found = applier.look(Accounts.of(backbone.account()), keys);
    return keys.stream()
        .filter(key -> owner.map(it -> found.isOrWasOwned(key, it)).orElse(true))
        .flatMap(key -> found.find(key, Rule.class).stream())
        .toList();
  }

  /**
   * When to look again: soon as long as there are packs, and at once when they are found or gone.
   *
   * @param wanted what AWS has now
   * @param listed the rules of the global bus, as far as they were listed after that
   */
  static Reschedule next(
      WantedState wanted,
      Optional<ListedRules> listed,
      AdmittedBackbone backbone,
      Reschedule usual) {
    if (listed.filter(it -> !FormerPacks.listed(it, backbone).isEmpty()).isPresent()) {
      return mayHavePacks(backbone)
          ? Reschedule.sooner(
              usual, new Reschedule.Recheck(backbone.spec().driftCheckPeriod().dividedBy(10)))
          : new Reschedule.Again();
    }
    return wanted.resources().stream().anyMatch(it -> FormerPacks.isPack(it.key()))
        ? new Reschedule.Again()
        : usual;
  }
}

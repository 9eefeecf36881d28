package io.eventbackbone.operator.topology;

import static java.util.stream.Collectors.joining;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import io.eventbackbone.operator.topology.Admission.Admitted;
import io.eventbackbone.operator.topology.Packing.Entry;
import io.eventbackbone.operator.topology.Packing.Member;
import io.eventbackbone.operator.topology.Packing.Wish;
import io.eventbackbone.operator.topology.Routing.Forwarded;
import io.eventbackbone.operator.topology.Routing.Looked;
import io.eventbackbone.operator.topology.pattern.EventPattern;
import io.eventbackbone.operator.topology.pattern.Forwarding;
import io.eventbackbone.operator.topology.pattern.ForwardingPattern;
import io.eventbackbone.operator.topology.pattern.OwnEvents;
import io.eventbackbone.operator.topology.pattern.RouteClause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By which rule of the global bus events come to a local bus, its own or one that it shares, and
 * whether the rules of the local bus leave its own events out.
 */
public final class FanOut {

  /** Whether a bus can share a rule, as far as its routes and subscriptions say. */
  public sealed interface Sharing {

    /**
     * It can.
     *
     * @param pattern of the shared rule
     * @param match how its own events are told
     */
    record Possible(EventPattern pattern, SenderMatch match) implements Sharing {}

    /**
     * It has a rule of its own.
     *
     * @param cause for people
     */
    record Impossible(String cause) implements Sharing {}

    /** It needs none: nothing is forwarded to it. */
    record Needless() implements Sharing {}

    /** What is to be forwarded is not known, or no pattern can say it: everything stays. */
    record Undecided() implements Sharing {}

    /** Nobody asked for it. */
    record Unwanted() implements Sharing {}
  }

  /** What a bus asks for as its own rule on the global bus. */
  public enum OwnRule {
    /** The rule that its routes come to. */
    AS_ROUTED,
    /** Whatever is there. */
    AS_IT_IS,
    /** None. */
    NONE
  }

  /**
   * How a bus stands to the packs.
   *
   * @param excluded how the rules of the local bus are to tell its own events
   */
  public record Standing(
      Place place, Sharing sharing, OwnRule ownRule, Optional<SenderMatch> excluded) {

    /** Of a bus with a rule of its own that says everything. */
    public static final Standing PER_BUS =
        new Standing(
            new Place.Nowhere(), new Sharing.Unwanted(), OwnRule.AS_ROUTED, Optional.empty());

    /** Of a bus that leaves, and that nothing is to be forwarded to from now on. */
    public static final Standing WITHOUT_RULE =
        new Standing(new Place.Nowhere(), new Sharing.Unwanted(), OwnRule.NONE, Optional.empty());

    /**
     * What is forwarded to the bus, by the pack's pattern where it is to have no rule of its own.
     */
    public Forwarded forwarded(Forwarded routed) {
      return ownRule != OwnRule.AS_ROUTED && sharing instanceof Sharing.Possible possible
          ? routed.by(possible.pattern())
          : routed;
    }
  }

  private final Inventory inventory;
  private final Admissions admissions;
  private final Routing routing;

  public FanOut(Inventory inventory) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
  }

  public Standing of(AdmittedBus bus) {
    Place place = Place.of(bus.resource(), bus.backbone().resource());
    if (place instanceof Place.Nowhere && !isPacked(bus.backbone())) {
      return Standing.PER_BUS;
    }
    Sharing sharing = new View(bus.backbone()).sharing(bus);
    return new Standing(
        place, sharing, ownRule(bus, place, sharing), excluded(bus, place, sharing));
  }

  /** How the rule of a subscription is to tell the own events of its bus. */
  public Optional<OwnEvents> excludedFrom(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    Optional<SenderMatch> match =
        switch (bus.backbone().spec().managementPolicy()) {
          case MANAGE -> Optional.ofNullable(bus.resource().getStatus().excludedSender());
          case OBSERVE -> of(bus).excluded();
        };
    return match.map(it -> new OwnEvents(it, bus.receiver()));
  }

  /** The buses of a backbone as packs take them. */
  public List<Member> members(AdmittedBackbone backbone, List<AdmittedBus> buses) {
    View view = new View(backbone);
    return buses.stream()
        .filter(bus -> !isGoing(bus))
        .map(
            bus ->
                new Member(
                    AdmittedBus.nameOf(bus.resource()), wish(bus, view.sharing(bus)), ruleOf(bus)))
        .toList();
  }

  /** Name of the rule that a bus's status tells of. */
  public static Optional<String> ruleOf(AdmittedBus bus) {
    return Optional.ofNullable(bus.resource().getStatus().forwardingRuleArn())
        .map(arn -> arn.substring(arn.lastIndexOf('/') + 1));
  }

  private static boolean isPacked(AdmittedBackbone backbone) {
    return backbone.spec().fanOut() == EventBackboneSpec.FanOut.PACKED;
  }

  /** It waits for its subscriptions to go, and receives until then. */
  private boolean isGoing(AdmittedBus bus) {
    return bus.resource().isMarkedForDeletion()
        && inventory.subscriptionsOf(bus.resource()).stream()
            .noneMatch(it -> admissions.isAdmitted(it, bus.resource()));
  }

  private Wish wish(AdmittedBus bus, Sharing sharing) {
    if (sharing instanceof Sharing.Possible possible && !hasUncheckedRule(bus)) {
      return new Wish.Shared(possible.pattern(), entry(bus, possible.match()));
    }
    return sharing instanceof Sharing.Undecided ? new Wish.AsItIs() : new Wish.Alone();
  }

  private Entry entry(AdmittedBus bus, SenderMatch match) {
    if (bus.backbone().spec().managementPolicy() == ManagementPolicy.OBSERVE) {
      return Entry.READY;
    }
    boolean isReady =
        !bus.resource().isMarkedForDeletion()
            && bus.resource().getStatus().excludedSender() == match
            && inventory.subscriptionsOf(bus.resource()).stream()
                .allMatch(it -> it.getStatus().excludedSender() == match);
    return isReady ? Entry.READY : Entry.NOT_YET;
  }

  /** Whether a subscription has a rule that lets the bus's own events pass. */
  private boolean hasUncheckedRule(AdmittedBus bus) {
    return inventory.subscriptionsOf(bus.resource()).stream()
        .anyMatch(
            it -> it.getStatus().ruleArn() != null && it.getStatus().excludedSender() == null);
  }

  private OwnRule ownRule(AdmittedBus bus, Place place, Sharing sharing) {
    if (place instanceof Place.Inside inside) {
      return ruleOf(bus).filter(inside.rule()::equals).isPresent()
          ? OwnRule.NONE
          : OwnRule.AS_IT_IS;
    }
    boolean waitsForPlace =
        !(place instanceof Place.Leaving)
            && sharing instanceof Sharing.Possible
            && ruleOf(bus).isEmpty()
            && !hasUncheckedRule(bus);
    return waitsForPlace ? OwnRule.AS_IT_IS : OwnRule.AS_ROUTED;
  }

  /** Put before the bus enters a pack, and taken away after it has left. */
  private static Optional<SenderMatch> excluded(AdmittedBus bus, Place place, Sharing sharing) {
    if (sharing instanceof Sharing.Possible possible) {
      return Optional.of(possible.match());
    }
    return place instanceof Place.Nowhere && !(sharing instanceof Sharing.Undecided)
        ? Optional.empty()
        : Optional.ofNullable(bus.resource().getStatus().excludedSender());
  }

  /** The routes of a backbone, each compiled once however many buses they reach. */
  private final class View {

    private final AdmittedBackbone backbone;
    private final List<Looked> routes;
    private final Map<List<String>, Forwarding> patterns = new HashMap<>();

    View(AdmittedBackbone backbone) {
      this.backbone = backbone;
      this.routes = routing.routesOf(backbone);
    }

    Sharing sharing(AdmittedBus bus) {
      List<Looked> reaching =
          routes.stream().filter(it -> Routing.reaches(it.route(), bus.resource())).toList();
      if (reaching.stream().anyMatch(it -> it.clause().isEmpty())) {
        return new Sharing.Undecided();
      }
      if (!isPacked(backbone)) {
        return new Sharing.Unwanted();
      }
      List<RouteClause> clauses = reaching.stream().flatMap(it -> it.clause().stream()).toList();
      if (clauses.stream().noneMatch(it -> ForwardingPattern.brings(it, bus.receiver()))) {
        return new Sharing.Needless();
      }
      Set<SenderMatch> matches =
          clauses.stream().map(RouteClause::senderMatch).collect(Collectors.toSet());
      if (matches.size() > 1) {
        return new Sharing.Impossible(
            "its routes tell senders in different ways: "
                + clauses.stream().map(RouteClause::route).sorted().collect(joining(", ")));
      }
      Forwarding pattern =
          patterns.computeIfAbsent(
              clauses.stream().map(RouteClause::route).toList(),
              it -> ForwardingPattern.compileForAll(clauses, backbone.quotas().patterns()));
      return pattern instanceof Forwarding.Rule rule
          ? sharing(bus, rule.pattern(), matches.iterator().next())
          : new Sharing.Undecided();
    }

    private Sharing sharing(AdmittedBus bus, EventPattern pattern, SenderMatch match) {
      OwnEvents own = new OwnEvents(match, bus.receiver());
      Set<String> unsayable =
          inventory.subscriptionsOf(bus.resource()).stream()
              .filter(it -> admissions.isAdmitted(it, bus.resource()))
              .filter(it -> admissions.subscription(it, bus) instanceof Admitted)
              .filter(it -> own.leftOutOf(it.getSpec().filter(), bus.quotas().patterns()).isEmpty())
              .map(Admissions::describe)
              .collect(Collectors.toCollection(TreeSet::new));
      return unsayable.isEmpty()
          ? new Sharing.Possible(pattern, match)
          : new Sharing.Impossible(
              "what these ask for can't be joined with leaving its own events out: "
                  + Few.of(unsayable));
    }
  }
}

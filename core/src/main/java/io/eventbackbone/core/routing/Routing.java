package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteSpec;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Selectors;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternQuota;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds the routes that reach a bus, and compiles them into its rule on the global bus. */
public final class Routing {

  /**
   * The events that the global bus forwards to a bus.
   *
   * @param forwarding compiled from the accepted routes that reach the bus
   * @param routes names of those routes
   * @param withWildcards names of the routes among them whose filters have wildcards
   * @param refused names of routes that would reach the bus if their filters were valid
   * @param extent the part of the routed events
   */
  public record Forwarded(
      Forwarding forwarding,
      List<String> routes,
      List<String> withWildcards,
      List<String> refused,
      Extent extent) {
    public Forwarded {
      routes = List.copyOf(routes);
      withWildcards = List.copyOf(withWildcards);
      refused = List.copyOf(refused);
    }

    /** For a bus that no route reaches. */
    public static final Forwarded NOTHING =
        new Forwarded(
            new Forwarding.Nothing(), List.of(), List.of(), List.of(), new Extent.AsRouted());

    /** Leaves the rule as it is, for the reason in the message. */
    public Forwarded leftAsItIs(String message) {
      return new Forwarded(
          new Forwarding.Refused(message, routes), routes, withWildcards, refused, extent);
    }

    /** Whether the rule forwards everything that the routes let through. */
    public boolean isWhole() {
      return refused.isEmpty() && !(forwarding instanceof Forwarding.Refused);
    }

    /** Names of the routes whose wildcards are in the rule. */
    public List<String> wildcardRoutes() {
      return forwarding instanceof Forwarding.Rule rule && rule.pattern().hasWildcards()
          ? withWildcards
          : List.of();
    }
  }

  /** The part of the routed events that is forwarded. */
  public sealed interface Extent {

    /** All routed events. */
    record AsRouted() implements Extent {}

    /** The events that the bus's subscriptions need. */
    record AsSubscribed() implements Extent {}

    /**
     * All routed events, although the spec asks for those that subscriptions need.
     *
     * @param cause for people
     */
    record AsRoutedAfterAll(String cause) implements Extent {}
  }

  /** A forwarding with its extent. */
  private record Compiled(Forwarding forwarding, Extent extent) {}

  private final Inventory inventory;
  private final Admissions admissions;

  public Routing(Inventory inventory) {
    this(inventory, new Admissions(inventory));
  }

  /**
   * Routing by given decisions.
   *
   * @param admissions decisions on the objects of the inventory
   */
  public Routing(Inventory inventory, Admissions admissions) {
    this.inventory = inventory;
    this.admissions = admissions;
  }

  public Forwarded to(AdmittedBus bus) {
    return to(bus, Set::of);
  }

  /**
   * The same, if statuses may not tell of all rules.
   *
   * @param rules names of rules on the local bus; asked for when a subscription's filter is refused
   *     and its status names no rule
   */
  public Forwarded to(AdmittedBus bus, Supplier<Set<String>> rules) {
    return to(bus, reaching(bus), rules);
  }

  /**
   * The same, if the routes are known.
   *
   * @param reaching the routes of the backbone that reach the bus
   */
  public Forwarded to(AdmittedBus bus, Routes reaching) {
    return to(bus, reaching, Set::of);
  }

  private Forwarded to(AdmittedBus bus, Routes reaching, Supplier<Set<String>> rules) {
    List<EventRoute> accepted = reaching.accepted().stream().map(Routes.Accepted::route).toList();
    Compiled compiled = compiled(bus, reaching.clauses(), rules);
    return new Forwarded(
        compiled.forwarding(),
        names(accepted),
        names(accepted.stream().filter(Routing::hasWildcards).toList()),
        names(reaching.refused()),
        compiled.extent());
  }

  /**
   * The proof, by specs alone, that the routes bring a subscription no event. Empty: there is no
   * proof. A route that is not accepted leaves the bus's rule as it was, so nothing is proved.
   */
  public Optional<NothingRouted> nothingFor(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    Routes reaching = reaching(bus);
    if (!reaching.refused().isEmpty()) {
      return Optional.empty();
    }
    return reaching.accepted().isEmpty()
        ? Optional.of(NothingRouted.unreached(Admissions.describe(bus.resource())))
        : NothingRouted.of(
            receiver(bus),
            reaching.clauses(),
            Filters.conditions(subscription.resource().getSpec().filter()));
  }

  private static Receiver receiver(AdmittedBus bus) {
    return new Receiver(bus.scope().accountId(), bus.identifier());
  }

  private Routes reaching(AdmittedBus bus) {
    return routes(bus.backbone(), route -> reaches(route, bus.resource()));
  }

  /** The routes of a backbone. */
  public Routes routesOf(AdmittedBackbone backbone) {
    return routes(backbone, route -> true);
  }

  private Routes routes(AdmittedBackbone backbone, Predicate<EventRoute> isWanted) {
    Map<Boolean, List<EventRoute>> byAcceptance =
        inventory.routesOf(backbone.resource()).stream()
            .filter(route -> isLive(route) && isWanted.test(route))
            .collect(Collectors.partitioningBy(route -> isAccepted(route, backbone)));
    return new Routes(
        byAcceptance.get(true).stream()
            .map(route -> new Routes.Accepted(route, clause(route, backbone)))
            .toList(),
        byAcceptance.get(false));
  }

  private Compiled compiled(
      AdmittedBus bus, List<RouteClause> clauses, Supplier<Set<String>> rules) {
    Receiver receiver = receiver(bus);
    PatternQuota quota = bus.backbone().quotas().patterns();
    return switch (bus.backbone().spec().forwarding()) {
      case ALL ->
          new Compiled(ForwardingPattern.compile(receiver, clauses, quota), new Extent.AsRouted());
      case SUBSCRIBED -> asSubscribed(bus, receiver, clauses, quota, rules);
    };
  }

  /** Forward everything rather than lose an event to a full pattern or to an unknown filter. */
  private Compiled asSubscribed(
      AdmittedBus bus,
      Receiver receiver,
      List<RouteClause> clauses,
      PatternQuota quota,
      Supplier<Set<String>> rules) {
    List<EventSubscription> subscriptions =
        inventory.subscriptionsOf(bus.resource()).stream()
            .filter(subscription -> admissions.isAdmitted(subscription, bus.resource()))
            .toList();
    List<String> outdated =
        subscriptions.stream()
            .filter(subscription -> hasOutdatedRule(subscription, bus, rules))
            .map(Admissions::describe)
            .sorted()
            .toList();
    if (!outdated.isEmpty()) {
      return new Compiled(
          ForwardingPattern.compile(receiver, clauses, quota),
          new Extent.AsRoutedAfterAll(
              "the filters of these subscriptions are invalid, so their rules keep earlier filters,"
                  + " which the operator does not know: correct "
                  + Abbreviation.of(outdated)));
    }
    Demand asked =
        new Demand.AnyOf(
            subscriptions.stream()
                .filter(subscription -> isAsking(subscription, bus))
                .map(subscription -> subscription.getSpec().filter())
                .toList());
    Forwarding forwarding = ForwardingPattern.compile(receiver, clauses, asked, quota);
    return forwarding instanceof Forwarding.Refused
        ? new Compiled(
            ForwardingPattern.compile(receiver, clauses, quota),
            new Extent.AsRoutedAfterAll(
                "the filters of the bus's subscriptions do not fit into one pattern"))
        : new Compiled(forwarding, new Extent.AsSubscribed());
  }

  /** A refused filter leaves the rule of the last valid one in place. */
  private boolean hasOutdatedRule(
      EventSubscription subscription, AdmittedBus bus, Supplier<Set<String>> rules) {
    return !isFilterGood(subscription, bus)
        && (subscription.getStatus().ruleArn() != null
            || rules.get().contains(AdmittedSubscription.ruleKey(subscription, bus).name()));
  }

  /** The rule of a suspended subscription is disabled. */
  private boolean isAsking(EventSubscription subscription, AdmittedBus bus) {
    return isFilterGood(subscription, bus) && !subscription.getSpec().suspend();
  }

  private boolean isFilterGood(EventSubscription subscription, AdmittedBus bus) {
    return admissions.subscription(subscription, bus) instanceof Admitted;
  }

  /** The accepted routes of the backbone. */
  List<EventRoute> acceptedRoutes(AdmittedBackbone backbone) {
    return inventory.routesOf(backbone.resource()).stream()
        .filter(route -> isLive(route) && isAccepted(route, backbone))
        .toList();
  }

  /** The buses of the backbone that a route reaches. */
  public List<AdmittedBus> reachedBy(EventRoute route, AdmittedBackbone backbone) {
    return admissions.busesOf(backbone).stream()
        .filter(bus -> reaches(route, bus.resource()))
        .toList();
  }

  /** Whether a route's receivers include a bus, regardless of its producers. */
  public static boolean reaches(EventRoute route, ServiceAccountBus bus) {
    return Selectors.selects(route.getSpec().to(), bus);
  }

  /** Whether the labels of a bus make it one of the producers that a route selects. */
  public static boolean selectsProducer(EventRoute route, ServiceAccountBus bus) {
    return Selectors.selects(route.getSpec().from(), bus);
  }

  RouteClause clause(EventRoute route, AdmittedBackbone backbone) {
    return new RouteClause(
        route.getMetadata().getNamespace() + "/" + route.getMetadata().getName(),
        route.getSpec().senderMatch(),
        producers(route, backbone),
        route.getSpec().filterOrEverything());
  }

  private Producers producers(EventRoute route, AdmittedBackbone backbone) {
    EventRouteSpec.Producers from = route.getSpec().from();
    return switch (from.type()) {
      case ALL -> from.labels().isEmpty() ? new Producers.Everyone() : new Producers.Only(Set.of());
      case SELECTED ->
          new Producers.Only(
              admissions.busesOf(backbone).stream()
                  .filter(bus -> selectsProducer(route, bus.resource()))
                  .map(bus -> new Producer(bus.scope().accountId(), bus.identifier()))
                  .collect(Collectors.toUnmodifiableSet()));
    };
  }

  private boolean isAccepted(EventRoute route, AdmittedBackbone backbone) {
    return admissions.route(route, backbone) instanceof Admitted;
  }

  private static boolean hasWildcards(EventRoute route) {
    return Filters.hasWildcards(route.getSpec().filterOrEverything().pattern());
  }

  private static boolean isLive(EventRoute route) {
    return route.getMetadata().getDeletionTimestamp() == null;
  }

  private static List<String> names(List<EventRoute> routes) {
    return routes.stream().map(route -> route.getMetadata().getName()).sorted().toList();
  }
}

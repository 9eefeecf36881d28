package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Reason.ACCOUNT_ID_CONFLICT;
import static io.eventbackbone.core.model.Reason.IDENTIFIER_CONFLICT;
import static io.eventbackbone.core.model.Reason.REFERENCE_NOT_FOUND;
import static io.eventbackbone.core.model.Reason.REFERENCE_REFUSED;
import static io.eventbackbone.core.model.Reason.RESOURCE_CONFLICT;
import static io.eventbackbone.core.model.Reason.UNREADABLE;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.pattern.FilterCheck;
import io.eventbackbone.core.pattern.FilterVerdict;
import io.eventbackbone.core.pattern.Filters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which objects are admitted, from the inventory alone. */
public final class Admissions {

  /** The oldest object keeps what only one can have. */
  static final Comparator<HasMetadata> BY_AGE =
      Comparator.comparing((HasMetadata object) -> object.getMetadata().getCreationTimestamp())
          .thenComparing(Admissions::describe);

  private final Inventory inventory;
  private final FilterCheck filters;
  private final Optional<BusVerdicts> known;

  public Admissions(Inventory inventory) {
    this(inventory, Filters::check, Optional.empty());
  }

  private Admissions(Inventory inventory, FilterCheck filters, Optional<BusVerdicts> known) {
    this.inventory = inventory;
    this.filters = filters;
    this.known = known;
  }

  /**
   * Admissions of an inventory that never changes: they decide once on a bus.
   *
   * @param filters checks the filters of subscriptions
   */
  public static Admissions remembering(Inventory inventory, FilterCheck filters) {
    return new Admissions(inventory, filters, Optional.of(new BusVerdicts()));
  }

  /** The object, if its spec can be read. */
  public static <R extends BackboneResource<?, ?>> Admission<R> readable(R object) {
    return object
        .unreadable()
        .map(why ->
            Admissions.<R>refused(
                UNREADABLE,
                "%s: correct the object, or run a version of the operator that can read it"
                    .formatted(why)))
        .orElseGet(() -> new Admitted<>(object));
  }

  /** Admits the oldest AwsAccount of an account number. */
  public Admission<AwsAccount> account(AwsAccount account) {
    return readable(account).then(this::claimant);
  }

  private Admission<AwsAccount> claimant(AwsAccount account) {
    return inventory.accountsWithId(account.getSpec().accountId()).stream()
        .min(BY_AGE)
        .filter(oldest -> !isSame(oldest, account))
        .map(oldest ->
            Admissions.<AwsAccount>refused(
                ACCOUNT_ID_CONFLICT,
                "account %s is already AwsAccount %s: delete one of the two"
                    .formatted(account.getSpec().accountId(), oldest.getMetadata().getName())))
        .orElseGet(() -> new Admitted<>(account));
  }

  public Admission<AdmittedBackbone> backbone(EventBackbone backbone) {
    return readable(backbone)
        .then(it -> account(it.getSpec().accountRef().name(), it))
        .then(account -> new Admitted<>(new AdmittedBackbone(backbone, account)));
  }

  public Admission<AdmittedBus> bus(ServiceAccountBus bus) {
    return known.map(it -> it.of(bus, this::decide)).orElseGet(() -> decide(bus));
  }

  private Admission<AdmittedBus> decide(ServiceAccountBus bus) {
    return referencesOf(bus)
        .then(admitted ->
            holdsItsRule(bus, admitted.backbone()).then(it -> new Admitted<>(admitted)));
  }

  /**
   * Refuses a bus whose rule or bus in AWS belongs to another ServiceAccountBus, even before its
   * own references admit it.
   */
  public Admission<ServiceAccountBus> unrivalled(ServiceAccountBus bus) {
    return backboneOf(bus)
        .admitted()
        .map(backbone -> holdsItsRule(bus, backbone).then(it -> holdsItsBus(it, backbone)))
        .orElseGet(() -> new Admitted<>(bus));
  }

  /** All admitted buses of the backbone. */
  public List<AdmittedBus> busesOf(AdmittedBackbone backbone) {
    return holdersOfRules(backbone, inventory.busesOf(backbone.resource())).values().stream()
        .sorted(Comparator.comparing(bus -> bus.forwardingRuleKey()))
        .toList();
  }

  /** Admits a route with a valid filter; returns the violations of the conventions. */
  public Admission<List<String>> route(EventRoute route, AdmittedBackbone backbone) {
    return SpecCheck.verdict(
        SpecCheck.filterOf(route),
        filter ->
            Filters.checkRoute(
                filter,
                route.getSpec().senderMatch(),
                backbone.spec().conventions(),
                backbone.quotas().patterns()),
        FilterVerdict.Accepted::warnings);
  }

  /** The backbone that a route names, in its own namespace. */
  public Admission<AdmittedBackbone> backboneOf(EventRoute route) {
    return readable(route)
        .then(it -> backbone(it.getMetadata().getNamespace(), it.getSpec().backboneRef().name()));
  }

  public Admission<AdmittedSubscription> subscription(EventSubscription subscription) {
    return busOf(subscription).then(bus -> subscription(subscription, bus));
  }

  /** Admits a subscription with a valid filter to a bus that admits it. */
  public Admission<AdmittedSubscription> subscription(
      EventSubscription subscription, AdmittedBus bus) {
    return SpecCheck.verdict(
        SpecCheck.filterOf(subscription),
        filter ->
            filters.check(filter, bus.backbone().spec().conventions(), bus.quotas().patterns()),
        accepted ->
            new AdmittedSubscription(subscription, bus, accepted.pattern(), accepted.warnings()));
  }

  /** The bus that a subscription names, if it admits it. */
  Admission<AdmittedBus> busOf(EventSubscription subscription) {
    return referredBus(subscription)
        .then(bus ->
            isAdmitted(subscription, bus)
                ? acceptedBus(bus)
                : NamespaceRefusal.by(bus).of(subscription, inventory));
  }

  /** Whether the bus admits the subscription's namespace, regardless of other mistakes. */
  public boolean isAdmitted(EventSubscription subscription, ServiceAccountBus bus) {
    return Selectors.admits(
        bus.getSpec().allowedSubscriptions(),
        bus.getMetadata().getNamespace(),
        subscription.getMetadata().getNamespace(),
        inventory);
  }

  /** Whether the backbone admits the bus's namespace, regardless of other mistakes. */
  public boolean isAdmitted(ServiceAccountBus bus, EventBackbone backbone) {
    return Selectors.admits(
        backbone.getSpec().allowedBuses(),
        backbone.getMetadata().getNamespace(),
        bus.getMetadata().getNamespace(),
        inventory);
  }

  /** Whether the account admits the namespace of an object that refers to it. */
  public boolean isAdmitted(HasMetadata referrer, AwsAccount account) {
    return Selectors.admits(
        account.getSpec().allowedNamespaces(), referrer.getMetadata().getNamespace(), inventory);
  }

  /** The bus that a subscription names, whether it admits it or not. */
  public Admission<ServiceAccountBus> referredBus(EventSubscription subscription) {
    return readable(subscription).then(this::named);
  }

  private Admission<ServiceAccountBus> named(EventSubscription subscription) {
    String namespace =
        subscription.getSpec().busRef().namespaceOr(subscription.getMetadata().getNamespace());
    String name = subscription.getSpec().busRef().name();
    return inventory
        .bus(namespace, name)
        .<Admission<ServiceAccountBus>>map(Admitted::new)
        .orElseGet(() -> notFound("ServiceAccountBus " + namespace + "/" + name, "spec.busRef"));
  }

  Admission<AdmittedBus> acceptedBus(ServiceAccountBus bus) {
    return because(bus, bus(bus));
  }

  /** The backbone that a bus names, whether it admits it or not. */
  public Admission<AdmittedBackbone> backboneOf(ServiceAccountBus bus) {
    return readable(bus)
        .then(it ->
            backbone(
                it.getSpec().backboneRef().namespaceOr(it.getMetadata().getNamespace()),
                it.getSpec().backboneRef().name()));
  }

  /** The backbone of a name, if it is accepted. */
  Admission<AdmittedBackbone> backbone(String namespace, String name) {
    return inventory
        .backbone(namespace, name)
        .map(backbone -> because(backbone, backbone(backbone)))
        .orElseGet(() -> notFound("EventBackbone " + namespace + "/" + name, "spec.backboneRef"));
  }

  /** Refuses a referrer because its referent is refused. */
  static <T> Admission<T> because(HasMetadata referent, Admission<T> admission) {
    return admission instanceof Refused<T> refused
        ? new Refused<>(
            REFERENCE_REFUSED,
            "%s is not accepted: %s".formatted(describe(referent), refused.message()))
        : admission;
  }

  private Admission<AdmittedBus> referencesOf(ServiceAccountBus bus) {
    return readable(bus)
        .then(it ->
            Admission.both(
                backboneThatAdmits(it),
                account(it.getSpec().accountRef().name(), it),
                (backbone, account) -> new AdmittedBus(it, backbone, account)));
  }

  private Admission<AdmittedBackbone> backboneThatAdmits(ServiceAccountBus bus) {
    return backboneOf(bus)
        .then(backbone ->
            isAdmitted(bus, backbone.resource())
                ? new Admitted<>(backbone)
                : NamespaceRefusal.by(backbone.resource()).of(bus, inventory));
  }

  /** The account that an object names: it must exist, be accepted, and admit the namespace. */
  private Admission<AwsAccount> account(String name, HasMetadata referrer) {
    return inventory
        .account(name)
        .map(account -> account(account, referrer))
        .orElseGet(() ->
            inventory.isUnreadableAccount(name)
                ? refused(
                    REFERENCE_REFUSED,
                    "AwsAccount %s is not accepted: its spec can't be read".formatted(name))
                : notFound("AwsAccount " + name, "spec.accountRef"));
  }

  private Admission<AwsAccount> account(AwsAccount account, HasMetadata referrer) {
    if (!isAdmitted(referrer, account)) {
      return NamespaceRefusal.by(account).of(referrer, inventory);
    }
    return because(account, account(account));
  }

  private Map<String, AdmittedBus> holdersOfRules(
      AdmittedBackbone backbone, List<ServiceAccountBus> buses) {
    Map<String, AdmittedBus> holders = new HashMap<>();
    buses.stream()
        .sorted(BY_AGE)
        .filter(bus -> isAdmitted(bus, backbone.resource()))
        .forEach(bus ->
            account(bus.getSpec().accountRef().name(), bus)
                .admitted()
                .ifPresent(account ->
                    holders.putIfAbsent(
                        AdmittedBus.forwardingRule(bus), new AdmittedBus(bus, backbone, account))));
    return holders;
  }

  private Admission<ServiceAccountBus> holdsItsRule(
      ServiceAccountBus bus, AdmittedBackbone backbone) {
    String identifier = AdmittedBus.identifier(bus);
    String rule = AdmittedBus.forwardingRule(bus);
    List<ServiceAccountBus> claimants = inventory.busesWithRule(backbone.resource(), rule);
    return Optional.ofNullable(holdersOfRules(backbone, claimants).get(rule))
        .filter(holder -> !isSame(holder.resource(), bus))
        .map(holder ->
            Admissions.<ServiceAccountBus>refused(
                IDENTIFIER_CONFLICT,
                "identifier %s would have the same rule %s as %s: set another spec.identifier"
                    .formatted(identifier, rule, describe(holder.resource()))))
        .orElseGet(() -> new Admitted<>(bus));
  }

  private Admission<ServiceAccountBus> holdsItsBus(
      ServiceAccountBus bus, AdmittedBackbone backbone) {
    String name = AdmittedBus.busName(bus);
    return inventory.busesOfAccount(bus.getSpec().accountRef().name()).stream()
        .filter(other -> AdmittedBus.busName(other).equals(name))
        .filter(other -> isAdmittedTo(backbone, other))
        .min(BY_AGE)
        .filter(holder -> !isSame(holder, bus))
        .map(holder ->
            Admissions.<ServiceAccountBus>refused(
                RESOURCE_CONFLICT,
                "bus %s of AwsAccount %s is already that of %s: set another spec.busName"
                    .formatted(name, bus.getSpec().accountRef().name(), describe(holder))))
        .orElseGet(() -> new Admitted<>(bus));
  }

  private boolean isAdmittedTo(AdmittedBackbone backbone, ServiceAccountBus bus) {
    return referencesOf(bus)
        .admitted()
        .filter(it -> isSame(it.backbone().resource(), backbone.resource()))
        .isPresent();
  }

  private static <T> Admission<T> refused(Reason reason, String message) {
    return new Refused<>(reason, message);
  }

  static <T> Admission<T> notFound(String what, String field) {
    return refused(
        REFERENCE_NOT_FOUND,
        "%s: %s does not exist, or can't be read: create it, correct it, or correct the reference"
            .formatted(field, what));
  }

  static boolean isSame(HasMetadata one, HasMetadata other) {
    return describe(one).equals(describe(other));
  }

  /** For people: {@code ServiceAccountBus orders/orders}. */
  public static String describe(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }
}

package io.eventbackbone.cli.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.pattern.FilterCheck;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Custom resources and namespaces of a cluster as they were at one time. An object whose spec can't
 * be read counts as absent.
 */
public final class Snapshot implements Inventory {

  private final Map<String, HasMetadata> objects;
  private final Map<String, AwsAccount> accounts;
  private final Map<String, List<AwsAccount>> accountsById;
  private final Map<String, EventBackbone> backbones;
  private final Map<String, ServiceAccountBus> buses;
  private final Map<String, List<ServiceAccountBus>> busesByAccount;
  private final Map<String, List<ServiceAccountBus>> busesByBackbone;
  private final Map<String, List<ServiceAccountBus>> busesByRule;
  private final Map<String, List<EventRoute>> routesByBackbone;
  private final Map<String, List<EventSubscription>> subscriptionsByBus;
  private final Map<String, List<EventType>> typesByBus;
  private final Map<String, Namespace> namespaces;
  private final FilterCheck filters;
  private final Admissions admissions;

  /**
   * A snapshot of objects by their identities.
   *
   * @param filters remembers its verdicts
   */
  private Snapshot(Map<String, HasMetadata> objects, FilterCheck filters) {
    this.objects = objects;
    accounts = byKey(AwsAccount.class);
    accountsById = readable(AwsAccount.class).collect(groupingBy(it -> it.getSpec().accountId()));
    backbones = byKey(EventBackbone.class);
    buses = byKey(ServiceAccountBus.class);
    busesByAccount =
        readable(ServiceAccountBus.class)
            .collect(groupingBy(it -> it.getSpec().accountRef().name()));
    busesByBackbone = readable(ServiceAccountBus.class).collect(groupingBy(Snapshot::backboneKey));
    busesByRule =
        readable(ServiceAccountBus.class)
            .collect(groupingBy(it -> ruleKey(backboneKey(it), AdmittedBus.forwardingRule(it))));
    routesByBackbone =
        readable(EventRoute.class)
            .collect(groupingBy(it -> key(namespace(it), it.getSpec().backboneRef().name())));
    subscriptionsByBus = readable(EventSubscription.class).collect(groupingBy(Snapshot::busKey));
    typesByBus =
        readable(EventType.class)
            .collect(groupingBy(it -> key(namespace(it), it.getSpec().busRef().name())));
    namespaces = byKey(Namespace.class);
    this.filters = filters;
    admissions = Admissions.remembering(this, filters);
  }

  /** Of objects of the seven kinds and namespaces; of two with one name the last counts. */
  public static Snapshot of(Collection<? extends HasMetadata> objects) {
    return of(Map.of(), objects, FilterCheck.remembering());
  }

  /** This snapshot with the objects in place of those with their names. */
  public Snapshot with(Collection<? extends HasMetadata> others) {
    return of(objects, others, filters);
  }

  private static Snapshot of(
      Map<String, HasMetadata> former,
      Collection<? extends HasMetadata> objects,
      FilterCheck filters) {
    Map<String, HasMetadata> all = new LinkedHashMap<>(former);
    objects.forEach(it -> all.put(identity(it), it));
    return new Snapshot(all, filters);
  }

  /** Decides which objects of the snapshot are admitted. */
  public Admissions admissions() {
    return admissions;
  }

  /** All objects of a kind, those whose spec can't be read as well. */
  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    return stream(kind).toList();
  }

  /** All objects of a kind whose spec can be read. */
  public <T extends HasMetadata> Stream<T> readable(Class<T> kind) {
    return stream(kind)
        .filter(
            it -> !(it instanceof BackboneResource<?, ?> resource) || resource.getSpec() != null);
  }

  /** The custom resources, without namespaces. */
  public List<BackboneResource<?, ?>> customResources() {
    return objects.values().stream()
        .<BackboneResource<?, ?>>flatMap(it ->
            it instanceof BackboneResource<?, ?> resource ? Stream.of(resource) : Stream.empty())
        .toList();
  }

  /** The object with the name of another, as it is here. */
  public Optional<HasMetadata> sameAs(HasMetadata other) {
    return Optional.ofNullable(objects.get(identity(other)));
  }

  private <T extends HasMetadata> Stream<T> stream(Class<T> kind) {
    return objects.values().stream().filter(kind::isInstance).map(kind::cast);
  }

  private <T extends HasMetadata> Map<String, T> byKey(Class<T> kind) {
    return readable(kind).collect(toMap(Snapshot::key, Function.identity()));
  }

  @Override
  public Optional<AwsAccount> account(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  @Override
  public boolean isUnreadableAccount(String name) {
    return stream(AwsAccount.class)
        .anyMatch(it -> it.getSpec() == null && it.getMetadata().getName().equals(name));
  }

  @Override
  public List<AwsAccount> accountsWithId(String accountId) {
    return accountsById.getOrDefault(accountId, List.of());
  }

  @Override
  public Optional<EventBackbone> backbone(String namespace, String name) {
    return Optional.ofNullable(backbones.get(key(namespace, name)));
  }

  @Override
  public Optional<ServiceAccountBus> bus(String namespace, String name) {
    return Optional.ofNullable(buses.get(key(namespace, name)));
  }

  @Override
  public List<EventBackbone> backbonesOfAccount(String accountName) {
    return backbones.values().stream()
        .filter(it -> it.getSpec().accountRef().name().equals(accountName))
        .toList();
  }

  @Override
  public List<ServiceAccountBus> busesOfAccount(String accountName) {
    return busesByAccount.getOrDefault(accountName, List.of());
  }

  @Override
  public List<ServiceAccountBus> busesOf(EventBackbone backbone) {
    return busesByBackbone.getOrDefault(key(backbone), List.of());
  }

  @Override
  public List<ServiceAccountBus> busesWithRule(EventBackbone backbone, String forwardingRule) {
    return busesByRule.getOrDefault(ruleKey(key(backbone), forwardingRule), List.of());
  }

  @Override
  public List<EventRoute> routesOf(EventBackbone backbone) {
    return routesByBackbone.getOrDefault(key(backbone), List.of());
  }

  @Override
  public List<EventSubscription> subscriptionsOf(ServiceAccountBus bus) {
    return subscriptionsByBus.getOrDefault(key(bus), List.of());
  }

  @Override
  public List<EventType> typesOf(ServiceAccountBus bus) {
    return typesByBus.getOrDefault(key(bus), List.of());
  }

  @Override
  public List<EventType> typesNamed(String detailType) {
    return readable(EventType.class)
        .filter(it -> it.getSpec().detailType().equals(detailType))
        .toList();
  }

  @Override
  public Optional<EventSubscription> subscription(String namespace, String name) {
    return readable(EventSubscription.class)
        .filter(it -> key(it).equals(key(namespace, name)))
        .findFirst();
  }

  @Override
  public List<EventReplay> replaysOf(EventSubscription subscription) {
    return readable(EventReplay.class)
        .filter(it -> names(it.getSpec().subscription(), it, subscription))
        .toList();
  }

  @Override
  public List<EventReplay> replaysOf(EventBackbone backbone) {
    return readable(EventReplay.class)
        .filter(it -> names(it.getSpec().backbone(), it, backbone))
        .toList();
  }

  private static boolean names(
      Optional<LocalReference> reference, EventReplay referrer, HasMetadata referent) {
    return reference
        .filter(it -> key(namespace(referrer), it.name()).equals(key(referent)))
        .isPresent();
  }

  @Override
  public List<EventBackbone> backbonesIn(String namespace) {
    return backbones.values().stream().filter(it -> namespace(it).equals(namespace)).toList();
  }

  @Override
  public List<ServiceAccountBus> busesIn(String namespace) {
    return buses.values().stream().filter(it -> namespace(it).equals(namespace)).toList();
  }

  @Override
  public List<EventSubscription> subscriptionsIn(String namespace) {
    return readable(EventSubscription.class).filter(it -> namespace(it).equals(namespace)).toList();
  }

  @Override
  public Optional<Map<String, String>> namespaceLabels(String namespace) {
    return Optional.ofNullable(namespaces.get(namespace))
        .map(it -> Objects.requireNonNullElse(it.getMetadata().getLabels(), Map.of()));
  }

  /** {@code namespace/name}, or the name of an object without a namespace. */
  public static String key(HasMetadata object) {
    String namespace = namespace(object);
    String name = object.getMetadata().getName();
    return namespace == null ? name : key(namespace, name);
  }

  /** {@code namespace/name} of the bus that a subscription names. */
  public static String busKey(EventSubscription subscription) {
    return key(
        subscription.getSpec().busRef().namespaceOr(namespace(subscription)),
        subscription.getSpec().busRef().name());
  }

  /** {@code namespace/name} of the backbone that a bus names. */
  static String backboneKey(ServiceAccountBus bus) {
    return key(
        bus.getSpec().backboneRef().namespaceOr(namespace(bus)),
        bus.getSpec().backboneRef().name());
  }

  private static String ruleKey(String backbone, String forwardingRule) {
    return backbone + " " + forwardingRule;
  }

  private static String identity(HasMetadata object) {
    return object.getKind() + " " + key(object);
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }
}

package io.eventbackbone.operator.cluster;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The cluster's custom resources and namespaces, by informers that all reconcilers share, indexed
 * by what the objects refer to. A custom resource that can't be read counts as absent.
 */
public final class ClusterCache implements Inventory, AutoCloseable {

  /** Told of every change, after the cache shows it. */
  public interface Listener {
    /** One of the two is empty when the object was added or deleted. */
    void changed(Optional<HasMetadata> before, Optional<HasMetadata> after);
  }

  private static final String REFERENCE = "reference";
  private static final String ACCOUNT = "account";
  private static final String DETAIL_TYPE = "detailType";
  private static final String FORWARDING_RULE = "forwardingRule";

  /** Begin the references of replays, which name an object of either kind. */
  private static final String SUBSCRIPTION = "subscription ";

  private static final String BACKBONE = "backbone ";

  /** Every fabric8 informer has this index. */
  private static final String NAMESPACE = Cache.NAMESPACE_INDEX;

  private final KindCache<AwsAccount> accounts;
  private final KindCache<EventBackbone> backbones;
  private final KindCache<ServiceAccountBus> buses;
  private final KindCache<EventRoute> routes;
  private final KindCache<EventSubscription> subscriptions;
  private final KindCache<EventType> types;
  private final KindCache<EventReplay> replays;
  private final KindCache<Namespace> namespaces;
  private volatile CompletableFuture<Void> filled = new CompletableFuture<>();

  /**
   * A cache that is empty until started.
   *
   * @param watched namespaces that it shows the objects of; empty means all
   */
  public ClusterCache(KubernetesClient client, Set<String> watched) {
    Set<String> everywhere = Set.of();
    accounts =
        KindCache.of(
            client, AwsAccount.class, everywhere, Map.of(ACCOUNT, it -> it.getSpec().accountId()));
    backbones =
        KindCache.of(
            client,
            EventBackbone.class,
            watched,
            Map.of(ACCOUNT, it -> it.getSpec().accountRef().name()));
    buses =
        KindCache.of(
            client,
            ServiceAccountBus.class,
            watched,
            Map.of(
                ACCOUNT,
                it -> it.getSpec().accountRef().name(),
                REFERENCE,
                ClusterCache::backboneKey,
                FORWARDING_RULE,
                it -> ruleKey(backboneKey(it), AdmittedBus.forwardingRule(it))));
    routes =
        KindCache.of(
            client,
            EventRoute.class,
            watched,
            Map.of(REFERENCE, it -> key(namespace(it), it.getSpec().backboneRef().name())));
    subscriptions =
        KindCache.of(
            client, EventSubscription.class, watched, Map.of(REFERENCE, ClusterCache::busKey));
    types = types(client, watched);
    replays =
        KindCache.of(
            client, EventReplay.class, watched, Map.of(REFERENCE, ClusterCache::receiverKey));
    namespaces = KindCache.of(client, Namespace.class, everywhere, Map.of());
  }

  private static KindCache<EventType> types(KubernetesClient client, Set<String> watched) {
    return KindCache.of(
        client,
        EventType.class,
        watched,
        Map.of(
            REFERENCE,
            it -> key(namespace(it), it.getSpec().busRef().name()),
            DETAIL_TYPE,
            it -> it.getSpec().detailType()));
  }

  /** Begins to fill the cache. */
  public void start() {
    filled =
        CompletableFuture.allOf(all().flatMap(KindCache::start).toArray(CompletableFuture[]::new));
  }

  /** Returns when every kind was listed. */
  public void awaitFilled() {
    filled.join();
  }

  /** Whether every kind was listed once. */
  public boolean isFilled() {
    return all().allMatch(KindCache::isFilled);
  }

  /** Whether the cache sees what changes now. */
  public boolean isWatching() {
    return all().allMatch(KindCache::isWatching);
  }

  /** Whether an informer has ended for good. */
  public boolean isDead() {
    return all().anyMatch(KindCache::isDead);
  }

  @Override
  public void close() {
    all().forEach(KindCache::close);
  }

  public void addListener(Listener listener) {
    all().forEach(watched -> watched.addListener(listener));
  }

  /** All objects of the seven kinds, and those that can't be read as well. */
  public Stream<HasMetadata> customResources() {
    return Stream.of(accounts, backbones, buses, routes, subscriptions, types, replays)
        .flatMap(KindCache::all);
  }

  @Override
  public Optional<AwsAccount> account(String name) {
    return accounts.withKey(name);
  }

  @Override
  public boolean isUnreadableAccount(String name) {
    return accounts.isUnreadable(name);
  }

  @Override
  public List<AwsAccount> accountsWithId(String accountId) {
    return accounts.withIndex(ACCOUNT, accountId);
  }

  @Override
  public Optional<EventBackbone> backbone(String namespace, String name) {
    return backbones.withKey(key(namespace, name));
  }

  @Override
  public Optional<ServiceAccountBus> bus(String namespace, String name) {
    return buses.withKey(key(namespace, name));
  }

  @Override
  public List<EventBackbone> backbonesOfAccount(String accountName) {
    return backbones.withIndex(ACCOUNT, accountName);
  }

  @Override
  public List<ServiceAccountBus> busesOfAccount(String accountName) {
    return buses.withIndex(ACCOUNT, accountName);
  }

  @Override
  public List<ServiceAccountBus> busesOf(EventBackbone backbone) {
    return buses.withIndex(REFERENCE, key(backbone));
  }

  @Override
  public List<ServiceAccountBus> busesWithRule(EventBackbone backbone, String forwardingRule) {
    return buses.withIndex(FORWARDING_RULE, ruleKey(key(backbone), forwardingRule));
  }

  @Override
  public List<EventRoute> routesOf(EventBackbone backbone) {
    return routes.withIndex(REFERENCE, key(backbone));
  }

  @Override
  public List<EventSubscription> subscriptionsOf(ServiceAccountBus bus) {
    return subscriptions.withIndex(REFERENCE, key(bus));
  }

  @Override
  public Optional<EventSubscription> subscription(String namespace, String name) {
    return subscriptions.withKey(key(namespace, name));
  }

  @Override
  public List<EventType> typesOf(ServiceAccountBus bus) {
    return types.withIndex(REFERENCE, key(bus));
  }

  @Override
  public List<EventType> typesNamed(String detailType) {
    return types.withIndex(DETAIL_TYPE, detailType);
  }

  @Override
  public List<EventReplay> replaysOf(EventSubscription subscription) {
    return replays.withIndex(REFERENCE, SUBSCRIPTION + key(subscription));
  }

  @Override
  public List<EventReplay> replaysOf(EventBackbone backbone) {
    return replays.withIndex(REFERENCE, BACKBONE + key(backbone));
  }

  @Override
  public List<EventBackbone> backbonesIn(String namespace) {
    return backbones.withIndex(NAMESPACE, namespace);
  }

  @Override
  public List<ServiceAccountBus> busesIn(String namespace) {
    return buses.withIndex(NAMESPACE, namespace);
  }

  @Override
  public List<EventSubscription> subscriptionsIn(String namespace) {
    return subscriptions.withIndex(NAMESPACE, namespace);
  }

  @Override
  public Optional<Map<String, String>> namespaceLabels(String namespace) {
    return namespaces
        .withKey(namespace)
        .map(it -> Objects.requireNonNullElse(it.getMetadata().getLabels(), Map.of()));
  }

  private Stream<KindCache<? extends HasMetadata>> all() {
    return Stream.of(namespaces, accounts, backbones, buses, routes, subscriptions, types, replays);
  }

  private static String key(HasMetadata object) {
    return key(namespace(object), object.getMetadata().getName());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static String backboneKey(ServiceAccountBus bus) {
    return key(
        bus.getSpec().backboneRef().namespaceOr(namespace(bus)),
        bus.getSpec().backboneRef().name());
  }

  private static String busKey(EventSubscription subscription) {
    return key(
        subscription.getSpec().busRef().namespaceOr(namespace(subscription)),
        subscription.getSpec().busRef().name());
  }

  private static String receiverKey(EventReplay replay) {
    return replay
        .getSpec()
        .subscription()
        .map(it -> SUBSCRIPTION + key(namespace(replay), it.name()))
        .orElseGet(() ->
            BACKBONE
                + key(
                    namespace(replay),
                    replay.getSpec().backbone().map(it -> it.name()).orElse("")));
  }

  private static String ruleKey(String backbone, String forwardingRule) {
    return backbone + " " + forwardingRule;
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }
}

package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.topology.Inventory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The cluster's custom resources and namespaces, by one informer a kind that all reconcilers share,
 * indexed by what they refer to.
 */
public final class ClusterCache implements Inventory, AutoCloseable {

  /** Told of every change, after the cache shows it. */
  public interface Listener {
    /** One of the two is empty when the object was added or deleted. */
    void changed(Optional<HasMetadata> before, Optional<HasMetadata> after);
  }

  private static final String REFERENCE = "reference";
  private static final String ACCOUNT = "account";

  /** Every fabric8 informer has this index. */
  private static final String NAMESPACE = Cache.NAMESPACE_INDEX;

  private final SharedIndexInformer<AwsAccount> accounts;
  private final SharedIndexInformer<EventBackbone> backbones;
  private final SharedIndexInformer<ServiceAccountBus> buses;
  private final SharedIndexInformer<EventRoute> routes;
  private final SharedIndexInformer<EventSubscription> subscriptions;
  private final SharedIndexInformer<Namespace> namespaces;

  public ClusterCache(KubernetesClient client) {
    accounts = informer(client, AwsAccount.class, Map.of(ACCOUNT, it -> it.getSpec().accountId()));
    backbones =
        informer(
            client, EventBackbone.class, Map.of(ACCOUNT, it -> it.getSpec().accountRef().name()));
    buses =
        informer(
            client,
            ServiceAccountBus.class,
            Map.of(
                ACCOUNT, it -> it.getSpec().accountRef().name(),
                REFERENCE,
                    it ->
                        key(
                            it.getSpec().backboneRef().namespaceOr(namespace(it)),
                            it.getSpec().backboneRef().name())));
    routes =
        informer(
            client,
            EventRoute.class,
            Map.of(REFERENCE, it -> key(namespace(it), it.getSpec().backboneRef().name())));
    subscriptions =
        informer(
            client,
            EventSubscription.class,
            Map.of(
                REFERENCE,
                it ->
                    key(
                        it.getSpec().busRef().namespaceOr(namespace(it)),
                        it.getSpec().busRef().name())));
    namespaces = informer(client, Namespace.class, Map.of());
  }

  /** Fills the cache; returns when every kind was listed. */
  public void start() {
    all().forEach(SharedIndexInformer::run);
  }

  public boolean isWatching() {
    return all().allMatch(informer -> informer.hasSynced() && informer.isRunning());
  }

  @Override
  public void close() {
    all().forEach(SharedIndexInformer::stop);
  }

  void addListener(Listener listener) {
    all().forEach(informer -> listen(informer, listener));
  }

  /** All objects of the five kinds. */
  public Stream<HasMetadata> customResources() {
    return Stream.of(accounts, backbones, buses, routes, subscriptions)
        .flatMap(informer -> informer.getStore().list().stream());
  }

  @Override
  public Optional<AwsAccount> account(String name) {
    return Optional.ofNullable(accounts.getStore().getByKey(name));
  }

  @Override
  public List<AwsAccount> accountsWithId(String accountId) {
    return accounts.getIndexer().byIndex(ACCOUNT, accountId);
  }

  @Override
  public Optional<EventBackbone> backbone(String namespace, String name) {
    return Optional.ofNullable(backbones.getStore().getByKey(key(namespace, name)));
  }

  @Override
  public Optional<ServiceAccountBus> bus(String namespace, String name) {
    return Optional.ofNullable(buses.getStore().getByKey(key(namespace, name)));
  }

  @Override
  public List<EventBackbone> backbonesOfAccount(String accountName) {
    return backbones.getIndexer().byIndex(ACCOUNT, accountName);
  }

  @Override
  public List<ServiceAccountBus> busesOfAccount(String accountName) {
    return buses.getIndexer().byIndex(ACCOUNT, accountName);
  }

  @Override
  public List<ServiceAccountBus> busesOf(EventBackbone backbone) {
    return buses.getIndexer().byIndex(REFERENCE, key(backbone));
  }

  @Override
  public List<EventRoute> routesOf(EventBackbone backbone) {
    return routes.getIndexer().byIndex(REFERENCE, key(backbone));
  }

  @Override
  public List<EventSubscription> subscriptionsOf(ServiceAccountBus bus) {
    return subscriptions.getIndexer().byIndex(REFERENCE, key(bus));
  }

  @Override
  public List<EventBackbone> backbonesIn(String namespace) {
    return backbones.getIndexer().byIndex(NAMESPACE, namespace);
  }

  @Override
  public List<ServiceAccountBus> busesIn(String namespace) {
    return buses.getIndexer().byIndex(NAMESPACE, namespace);
  }

  @Override
  public List<EventSubscription> subscriptionsIn(String namespace) {
    return subscriptions.getIndexer().byIndex(NAMESPACE, namespace);
  }

  @Override
  public Map<String, String> namespaceLabels(String namespace) {
    return Optional.ofNullable(namespaces.getStore().getByKey(namespace))
        .map(it -> it.getMetadata().getLabels())
        .orElse(Map.of());
  }

  private Stream<SharedIndexInformer<? extends HasMetadata>> all() {
    return Stream.of(namespaces, accounts, backbones, buses, routes, subscriptions);
  }

  private static <T extends HasMetadata> SharedIndexInformer<T> informer(
      KubernetesClient client, Class<T> kind, Map<String, Function<T, String>> indexes) {
    SharedIndexInformer<T> informer = client.resources(kind).inAnyNamespace().runnableInformer(0);
    Map<String, Function<T, List<String>>> indexers = new HashMap<>();
    indexes.forEach((name, index) -> indexers.put(name, it -> List.of(index.apply(it))));
    return informer.addIndexers(indexers);
  }

  private static <T extends HasMetadata> void listen(
      SharedIndexInformer<T> informer, Listener listener) {
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T added) {
            listener.changed(Optional.empty(), Optional.of(added));
          }

          @Override
          public void onUpdate(T before, T after) {
            listener.changed(Optional.of(before), Optional.of(after));
          }

          @Override
          public void onDelete(T deleted, boolean finalStateUnknown) {
            listener.changed(Optional.of(deleted), Optional.empty());
          }
        });
  }

  private static String key(HasMetadata object) {
    return key(namespace(object), object.getMetadata().getName());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }
}

package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A cluster as its manifests say: the inventory of tests. Objects are as old as their order. */
public final class Cluster implements Inventory {

  /** Three accounts, a backbone, the buses of two services, and the fan-out route. */
  public static final String ECOMMERCE =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: event-platform}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: orders, labels: {team: orders}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: deliveries, labels: {team: deliveries}}}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: backbone}
      spec:
        accountId: "111111111111"
        allowedNamespaces: {from: All}
      status: {callerArn: "arn:aws:sts::111111111111:assumed-role/x/y"}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: orders}
      spec:
        accountId: "222222222222"
        allowedNamespaces: {from: Selector, selector: {matchLabels: {team: orders}}}
      status: {callerArn: "arn:aws:sts::222222222222:assumed-role/x/y"}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: deliveries}
      spec:
        accountId: "333333333333"
        allowedNamespaces: {from: Selector, selector: {matchLabels: {team: deliveries}}}
      status: {callerArn: "arn:aws:sts::333333333333:assumed-role/x/y"}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventBackbone
      metadata: {name: main, namespace: event-platform}
      spec:
        accountRef: {name: backbone}
        region: eu-west-1
        allowedBuses: {from: All}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: orders, namespace: orders, labels: {tier: core}}
      spec:
        backboneRef: {name: main, namespace: event-platform}
        accountRef: {name: orders}
        identifier: order-service
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: deliveries, namespace: deliveries}
      spec:
        backboneRef: {name: main, namespace: event-platform}
        accountRef: {name: deliveries}
        identifier: delivery-service
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventRoute
      metadata: {name: fan-out, namespace: event-platform}
      spec:
        backboneRef: {name: main}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: new-orders, namespace: deliveries}
      spec:
        busRef: {name: deliveries}
        filter: {detailTypes: [Order.Created]}
      """;

  private static final KubernetesSerialization SERIALIZATION = serialization();

  private final List<HasMetadata> objects = new ArrayList<>();
  private int created;

  public static Cluster of(String... manifests) {
    Cluster cluster = new Cluster();
    Arrays.stream(manifests)
        .flatMap(Manifests::documents)
        .map(Cluster::read)
        .forEach(cluster::apply);
    return cluster;
  }

  /** An object of one of the kinds, from its manifest. */
  public static HasMetadata read(String manifest) {
    String document = Manifests.documents(manifest).findFirst().orElseThrow();
    // What begins with a brace would be taken for JSON.
    return SERIALIZATION.unmarshal("---\n" + document, HasMetadata.class);
  }

  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization = new KubernetesSerialization();
    List.of(
            AwsAccount.class,
            EventBackbone.class,
            ServiceAccountBus.class,
            EventRoute.class,
            EventSubscription.class,
            EventType.class,
            EventReplay.class)
        .forEach(serialization::registerKubernetesResource);
    return serialization;
  }

  /**
   * Adds the object, with a uid that none had before, or puts it in the place of the one with its
   * name.
   */
  public void apply(HasMetadata object) {
    int place = indexOf(object);
    int age = place < 0 ? objects.size() : place;
    object
        .getMetadata()
        .setUid(place < 0 ? "uid-" + created++ : objects.get(place).getMetadata().getUid());
    object.getMetadata().setGeneration(1L);
    object.getMetadata().setCreationTimestamp("2026-11-23T00:%02d:00Z".formatted(age));
    if (place < 0) {
      objects.add(object);
    } else {
      objects.set(place, object);
    }
  }

  /** All objects, in the order in which they were applied. */
  public List<HasMetadata> objects() {
    return List.copyOf(objects);
  }

  /** Puts the object in the place of the one with its name, just as it is. */
  public void replace(HasMetadata object) {
    objects.set(indexOf(object), object);
  }

  public void remove(HasMetadata object) {
    objects.remove(indexOf(object));
  }

  /** The object of a kind, by the end of its {@code namespace/name}. */
  public <T extends HasMetadata> T get(Class<T> kind, String name) {
    return all(kind, object -> object.getMetadata().getName().equals(name)).get(0);
  }

  @Override
  public Optional<AwsAccount> account(String name) {
    return all(AwsAccount.class, it -> it.getMetadata().getName().equals(name)).stream()
        .findFirst();
  }

  @Override
  public boolean isUnreadableAccount(String name) {
    return false;
  }

  @Override
  public List<AwsAccount> accountsWithId(String accountId) {
    return all(AwsAccount.class, it -> it.getSpec().accountId().equals(accountId));
  }

  @Override
  public Optional<EventBackbone> backbone(String namespace, String name) {
    return all(EventBackbone.class, it -> isAt(it, namespace, name)).stream().findFirst();
  }

  @Override
  public Optional<ServiceAccountBus> bus(String namespace, String name) {
    return all(ServiceAccountBus.class, it -> isAt(it, namespace, name)).stream().findFirst();
  }

  @Override
  public List<EventBackbone> backbonesOfAccount(String accountName) {
    return all(EventBackbone.class, it -> it.getSpec().accountRef().name().equals(accountName));
  }

  @Override
  public List<ServiceAccountBus> busesOfAccount(String accountName) {
    return all(ServiceAccountBus.class, it -> it.getSpec().accountRef().name().equals(accountName));
  }

  @Override
  public List<ServiceAccountBus> busesWithRule(EventBackbone backbone, String forwardingRule) {
    return busesOf(backbone).stream()
        .filter(bus -> AdmittedBus.forwardingRule(bus).equals(forwardingRule))
        .toList();
  }

  @Override
  public List<ServiceAccountBus> busesOf(EventBackbone backbone) {
    return all(
        ServiceAccountBus.class,
        it ->
            isAt(
                backbone,
                it.getSpec().backboneRef().namespaceOr(it.getMetadata().getNamespace()),
                it.getSpec().backboneRef().name()));
  }

  @Override
  public List<EventRoute> routesOf(EventBackbone backbone) {
    return all(
        EventRoute.class,
        it -> isAt(backbone, it.getMetadata().getNamespace(), it.getSpec().backboneRef().name()));
  }

  @Override
  public List<EventSubscription> subscriptionsOf(ServiceAccountBus bus) {
    return all(
        EventSubscription.class,
        it ->
            isAt(
                bus,
                it.getSpec().busRef().namespaceOr(it.getMetadata().getNamespace()),
                it.getSpec().busRef().name()));
  }

  @Override
  public List<EventType> typesOf(ServiceAccountBus bus) {
    return all(
        EventType.class,
        it -> isAt(bus, it.getMetadata().getNamespace(), it.getSpec().busRef().name()));
  }

  @Override
  public List<EventType> typesNamed(String detailType) {
    return all(EventType.class, it -> it.getSpec().detailType().equals(detailType));
  }

  @Override
  public Optional<EventSubscription> subscription(String namespace, String name) {
    return all(EventSubscription.class, it -> isAt(it, namespace, name)).stream().findFirst();
  }

  @Override
  public List<EventReplay> replaysOf(EventSubscription subscription) {
    return all(
        EventReplay.class,
        it ->
            it.getSpec()
                .subscription()
                .filter(to -> isAt(subscription, it.getMetadata().getNamespace(), to.name()))
                .isPresent());
  }

  @Override
  public List<EventReplay> replaysOf(EventBackbone backbone) {
    return all(
        EventReplay.class,
        it ->
            it.getSpec()
                .backbone()
                .filter(to -> isAt(backbone, it.getMetadata().getNamespace(), to.name()))
                .isPresent());
  }

  @Override
  public List<EventBackbone> backbonesIn(String namespace) {
    return all(EventBackbone.class, it -> it.getMetadata().getNamespace().equals(namespace));
  }

  @Override
  public List<ServiceAccountBus> busesIn(String namespace) {
    return all(ServiceAccountBus.class, it -> it.getMetadata().getNamespace().equals(namespace));
  }

  @Override
  public List<EventSubscription> subscriptionsIn(String namespace) {
    return all(EventSubscription.class, it -> it.getMetadata().getNamespace().equals(namespace));
  }

  @Override
  public Optional<Map<String, String>> namespaceLabels(String namespace) {
    return all(Namespace.class, it -> it.getMetadata().getName().equals(namespace)).stream()
        .findFirst()
        .map(it -> Objects.requireNonNullElse(it.getMetadata().getLabels(), Map.of()));
  }

  private <T extends HasMetadata> List<T> all(Class<T> kind, Predicate<T> condition) {
    return objects.stream()
        .flatMap(object -> kind.isInstance(object) ? Stream.of(kind.cast(object)) : Stream.empty())
        .filter(condition)
        .toList();
  }

  private int indexOf(HasMetadata object) {
    for (int i = 0; i < objects.size(); i++) {
      if (Admissions.describe(objects.get(i)).equals(Admissions.describe(object))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(HasMetadata object, String namespace, String name) {
    return object.getMetadata().getNamespace().equals(namespace)
        && object.getMetadata().getName().equals(name);
  }
}

package io.eventbackbone.local.benchmark;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is Ready in the cluster, by watches: looking would load the API server. */
final class ClusterWatch implements AutoCloseable {

  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final Set<String> unready = ConcurrentHashMap.newKeySet();
  private final Map<String, String> appliedHashes = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<?>> informers;

  ClusterWatch(KubernetesClient client) {
    informers =
        Stream.of(AwsAccount.class, EventBackbone.class, EventRoute.class, ServiceAccountBus.class)
            .<SharedIndexInformer<?>>map(kind -> watch(client, kind))
            .toList();
  }

  private <T extends CustomResource<?, ? extends ConditionedStatus>> SharedIndexInformer<T> watch(
      KubernetesClient client, Class<T> kind) {
    return client
        .resources(kind)
        .inAnyNamespace()
        .inform(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(T object) {
                note(object);
              }

              @Override
              public void onUpdate(T before, T object) {
                note(object);
              }

              @Override
              public void onDelete(T object, boolean isStateUnknown) {
                // Nothing is deleted here.
              }
            });
  }

  private void note(CustomResource<?, ? extends ConditionedStatus> object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    if (isReady(object)) {
      ready.add(name);
      unready.remove(name);
    } else {
      unready.add(name);
      ready.remove(name);
    }
    if (object.getStatus() instanceof ServiceAccountBusStatus status) {
      Optional.ofNullable(status.appliedHash()).ifPresent(hash -> appliedHashes.put(name, hash));
    }
  }

  private static boolean isReady(CustomResource<?, ? extends ConditionedStatus> object) {
    Long generation = object.getMetadata().getGeneration();
    return object
        .getStatus()
        .condition("Ready")
        .filter(it -> it.getStatus().equals("True"))
        .filter(it -> generation.equals(it.getObservedGeneration()))
        .isPresent();
  }

  /** How many objects are Ready, by their newest specs. */
  int ready() {
    return ready.size();
  }

  /** Some of those that are not. */
  String unready() {
    return unready.stream().sorted().limit(5).toList().toString();
  }

  /** By bus, what was last applied to AWS. */
  Map<String, String> appliedHashes() {
    return Map.copyOf(appliedHashes);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }
}

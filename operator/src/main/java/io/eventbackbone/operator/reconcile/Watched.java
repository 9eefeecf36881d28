package io.eventbackbone.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** The objects of one kind, by one informer for the cluster or one for each of some namespaces. */
record Watched<T extends HasMetadata>(List<SharedIndexInformer<T>> informers)
    implements AutoCloseable {

  /**
   * Objects to watch.
   *
   * @param namespaces where; empty means everywhere
   * @param indexes names of indexes, and what they index by
   */
  static <T extends HasMetadata> Watched<T> of(
      KubernetesClient client,
      Class<T> kind,
      Set<String> namespaces,
      Map<String, Function<T, String>> indexes) {
    Map<String, Function<T, List<String>>> indexers = new HashMap<>();
    indexes.forEach((name, index) -> indexers.put(name, it -> List.of(index.apply(it))));
    Stream<SharedIndexInformer<T>> informers =
        namespaces.isEmpty()
            ? Stream.of(client.resources(kind).inAnyNamespace().runnableInformer(0))
            : namespaces.stream()
                .map(it -> client.resources(kind).inNamespace(it).runnableInformer(0));
    return new Watched<>(informers.map(it -> it.addIndexers(indexers)).toList());
  }

  /** Begins to watch; each is done when everything was listed. */
  Stream<CompletableFuture<Void>> start() {
    return informers.stream()
        .map(SharedIndexInformer::start)
        .map(CompletionStage::toCompletableFuture);
  }

  boolean isWatching() {
    return informers.stream().allMatch(it -> it.hasSynced() && it.isRunning());
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }

  Stream<T> all() {
    return informers.stream().flatMap(it -> it.getStore().list().stream());
  }

  /** By {@code namespace/name}, or the name of a cluster-scoped object. */
  Optional<T> withKey(String key) {
    return informers.stream()
        .flatMap(it -> Stream.ofNullable(it.getStore().getByKey(key)))
        .findFirst();
  }

  List<T> withIndex(String index, String value) {
    return informers.stream()
        .flatMap(it -> it.getIndexer().byIndex(index, value).stream())
        .toList();
  }

  void addListener(ClusterCache.Listener listener) {
    informers.forEach(
        informer ->
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
                }));
  }
}

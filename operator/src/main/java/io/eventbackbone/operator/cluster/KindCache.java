package io.eventbackbone.operator.cluster;

import static io.eventbackbone.core.model.Admissions.describe;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind, by one informer for the cluster or one for each of some namespaces.
 * Objects that can't be read are in no index, and nobody is told of them. An informer never stops
 * by itself: whatever ends a list or a watch, the informer lists anew.
 */
public record KindCache<T extends HasMetadata>(List<SharedIndexInformer<T>> informers)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KindCache.class);

  /**
   * Objects in one answer of the API server. The client holds an answer as a whole, and twice while
   * it arrives; an object of a tenant can have 1.5 MB.
   */
  public static final long PAGE = 10;

  /**
   * Objects to watch.
   *
   * @param namespaces where; empty means everywhere
   * @param indexes names of indexes, and what they index by
   */
  static <T extends HasMetadata> KindCache<T> of(
      KubernetesClient client,
      Class<T> kind,
      Set<String> namespaces,
      Map<String, Function<T, String>> indexes) {
    Map<String, Function<T, List<String>>> indexers = new HashMap<>();
    indexes.forEach((name, index) -> indexers.put(name, it -> indexed(it, index)));
    Stream<FilterWatchListDeletable<T, ?, ?>> watched =
        namespaces.isEmpty()
            ? Stream.of(client.resources(kind).inAnyNamespace())
            : namespaces.stream().map(it -> client.resources(kind).inNamespace(it));
    return new KindCache<>(
        watched
            .map(it -> it.withLimit(PAGE).runnableInformer(0))
            .map(it -> it.addIndexers(indexers).exceptionHandler((started, failure) -> true))
            .toList());
  }

  /** An index that throws would hold up all objects that are listed with this one. */
  private static <T extends HasMetadata> List<String> indexed(T object, Function<T, String> index) {
    try {
      return isReadable(object) ? List.of(index.apply(object)) : List.of();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} is not indexed, which is a bug: please report it", describe(object), e);
      return List.of();
    }
  }

  private static boolean isReadable(HasMetadata object) {
    return !(object instanceof BackboneResource<?, ?> resource) || resource.unreadable().isEmpty();
  }

  /** Begins to watch; each is done when everything was listed. */
  Stream<CompletableFuture<Void>> start() {
    return informers.stream()
        .map(SharedIndexInformer::start)
        .map(CompletionStage::toCompletableFuture);
  }

  /** Whether everything was listed once. */
  boolean isFilled() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /** Whether changes are seen now. */
  boolean isWatching() {
    return informers.stream().allMatch(it -> it.hasSynced() && it.isRunning() && it.isWatching());
  }

  /** Whether an informer has ended for good. */
  boolean isDead() {
    return informers.stream().anyMatch(it -> it.stopped().toCompletableFuture().isDone());
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }

  /** All objects, and those that can't be read as well. */
  Stream<T> all() {
    return informers.stream().flatMap(it -> it.getStore().list().stream());
  }

  /** By {@code namespace/name}, or the name of a cluster-scoped object. */
  Optional<T> withKey(String key) {
    return informers.stream()
        .flatMap(it -> Stream.ofNullable(it.getStore().getByKey(key)))
        .filter(KindCache::isReadable)
        .findFirst();
  }

  /** Whether an object of that key is stored that can't be read. */
  boolean isUnreadable(String key) {
    return informers.stream()
        .flatMap(it -> Stream.ofNullable(it.getStore().getByKey(key)))
        .anyMatch(it -> !isReadable(it));
  }

  List<T> withIndex(String index, String value) {
    return informers.stream()
        .flatMap(it -> it.getIndexer().byIndex(index, value).stream())
        .filter(KindCache::isReadable)
        .toList();
  }

  void addListener(ClusterCache.Listener listener) {
    informers.forEach(it -> it.addEventHandler(new Telling<>(listener)));
  }

  /** Tells of an object that can't be read as of one that is not there. */
  private record Telling<T extends HasMetadata>(ClusterCache.Listener listener)
      implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T added) {
      tell(Optional.empty(), Optional.of(added));
    }

    @Override
    public void onUpdate(T before, T after) {
      tell(Optional.of(before), Optional.of(after));
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
      tell(Optional.of(deleted), Optional.empty());
    }

    private void tell(Optional<T> before, Optional<T> after) {
      Optional<HasMetadata> then = before.<HasMetadata>map(it -> it).filter(KindCache::isReadable);
      Optional<HasMetadata> now = after.<HasMetadata>map(it -> it).filter(KindCache::isReadable);
      if (then.isEmpty() && now.isEmpty()) {
        return;
      }
      try {
        listener.changed(then, now);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error(
            "a change of {} was not told, which is a bug: please report it",
            describe(now.or(() -> then).orElseThrow()),
            e);
      }
    }
  }
}

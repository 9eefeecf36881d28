package io.eventbackbone.operator.cluster;

import io.eventbackbone.operator.cluster.ClusterCache.Listener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes the reconcilers of the objects that a change in the cluster concerns. */
public final class DependencyEventSource implements Listener {

  private final ClusterCache cache;
  private final Map<Class<?>, SimpleInboundEventSource<?>> sources = new ConcurrentHashMap<>();

  public DependencyEventSource(ClusterCache cache) {
    this.cache = cache;
    cache.addListener(this);
  }

  /**
   * The event source by which objects of the kind are woken. A controller begins when all of its
   * sources have started, so none does before the cache is full.
   */
  public <P extends HasMetadata> SimpleInboundEventSource<P> sourceOf(Class<P> kind) {
    SimpleInboundEventSource<P> source =
        new SimpleInboundEventSource<>("dependencies") {
          @Override
          public void start() {
            super.start();
            cache.awaitFilled();
          }
        };
    sources.put(kind, source);
    return source;
  }

  @Override
  public void changed(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    for (HasMetadata dependent : Dependents.of(before, after, cache)) {
      Optional.ofNullable(sources.get(dependent.getClass()))
          .ifPresent(source -> source.propagateEvent(ResourceID.fromResource(dependent)));
    }
  }
}

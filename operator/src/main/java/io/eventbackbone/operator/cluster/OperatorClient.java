package io.eventbackbone.operator.cluster;

import io.eventbackbone.operator.cluster.serialization.ObjectSerialization;
import io.eventbackbone.operator.leadership.Fence;
import io.eventbackbone.operator.leadership.FencedRequests;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Consumer;

/**
 * The client of the operator, whose objects are cached. It keeps what the operator looks at, and
 * reads on when an object can't be read ({@link ObjectSerialization}).
 */
public final class OperatorClient {

  /** Two calls, a read and a write of the Lease, fit into the RenewDeadline with a retry. */
  private static final int PATIENCE_MILLIS = 3_000;

  private OperatorClient() {}

  /** A client whose metrics nobody reads, and which writes at any time. */
  public static KubernetesClient of(Config config) {
    return fenced(config, Fence.OPEN, new SimpleMeterRegistry());
  }

  /**
   * A client of which each call succeeds or fails within seconds. A call that fails takes its
   * connection along, which HTTP/2 would keep: the next call may find another way.
   *
   * @param config of this client alone: its time limits change
   */
  public static KubernetesClient impatient(Config config) {
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setRequestTimeout(PATIENCE_MILLIS);
    config.setRequestRetryBackoffLimit(0);
    return client(config, new SimpleMeterRegistry(), HttpClient.Builder::preferHttp11);
  }

  /**
   * A client that writes only while the fence lets it.
   *
   * @param fence that every write passes
   * @param metrics where {@code eventbackbone_left_out_objects_total} counts
   */
  public static KubernetesClient fenced(Config config, Fence fence, MeterRegistry metrics) {
    return client(
        config, metrics, http -> http.addOrReplaceInterceptor("fence", new FencedRequests(fence)));
  }

  private static KubernetesClient client(
      Config config, MeterRegistry metrics, Consumer<HttpClient.Builder> http) {
    Counter leftOut =
        Counter.builder("eventbackbone.left.out.objects")
            .description("Objects that could not be read at all and were left out of a list")
            .register(metrics);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(http)
        .withKubernetesSerialization(new ObjectSerialization(leftOut::increment))
        .build();
  }
}

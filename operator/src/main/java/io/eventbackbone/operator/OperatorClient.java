package io.eventbackbone.operator;

import io.eventbackbone.operator.serialization.ObjectSerialization;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * The client of the operator, whose objects are cached. It keeps what the operator looks at, and
 * reads on when an object can't be read ({@link ObjectSerialization}).
 */
public final class OperatorClient {

  private OperatorClient() {}

  /** A client whose metrics nobody reads. */
  public static KubernetesClient of(Config config) {
    return of(config, new SimpleMeterRegistry());
  }

  /**
   * A client.
   *
   * @param metrics where {@code eventbackbone_left_out_objects_total} counts
   */
  static KubernetesClient of(Config config, MeterRegistry metrics) {
    Counter leftOut =
        Counter.builder("eventbackbone.left.out.objects")
            .description("Objects that could not be read at all and were left out of a list")
            .register(metrics);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new ObjectSerialization(leftOut::increment))
        .build();
  }
}

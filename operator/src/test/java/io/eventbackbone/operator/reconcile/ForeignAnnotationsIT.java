package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.operator.cluster.ClusterCache;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tenants write that the operator never reads. */
class ForeignAnnotationsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Together more than the heap. */
  private static final int OBJECTS = 350;

  /** Annotations of an object have 256 KiB at most. */
  private static final String ANNOTATION = "x".repeat(250_000);

  private static final String HEAP = "-Xmx80m";

  @Test
  void areNotKept(@TempDir Path folder) throws IOException, InterruptedException {
    try (KubeApi api = RealKubeApi.start(ForeignAnnotationsIT.class, List.of())) {
      Crds.apply(api.client(), Path.of("..", "crds"));
      for (int number = 0; number < OBJECTS; number++) {
        store(api.client(), number);
      }
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  HEAP,
                  "-XX:+ExitOnOutOfMemoryError",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Cache.class.getName(),
                  api.writeKubeconfig(folder.resolve("kubeconfig")).toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).contains("filled with " + OBJECTS);
    }
  }

  private static void store(KubernetesClient client, int number) {
    client.raw(
        "/apis/eventbackbone.io/v1alpha1/namespaces/default/eventsubscriptions",
        "POST",
        """
        {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventSubscription",
         "metadata": {"name": "s-%d", "annotations": {"a/b": "%s"}},
         "spec": {"busRef": {"name": "nowhere"}, "filter": {"detailTypes": ["Order.Created"]}}}
        """
            .formatted(number, ANNOTATION));
  }

  /** The program that fills a cache and ends. */
  static final class Cache {

    private Cache() {}

    public static void main(String[] arguments) {
      Config config = Config.fromKubeconfig(new File(arguments[0]));
      try (KubernetesClient client = OperatorClient.of(config);
          ClusterCache cache = new ClusterCache(client, Set.of())) {
        cache.start();
        await().atMost(PATIENCE).until(cache::isFilled);
        System.out.println("filled with " + cache.customResources().count());
      }
    }
  }
}

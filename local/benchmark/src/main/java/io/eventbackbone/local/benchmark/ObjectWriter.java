package io.eventbackbone.local.benchmark;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Creates many objects, several at once. */
record ObjectWriter(KubernetesClient client) {

  private static final int HANDS = 8;

  void create(List<HasMetadata> objects) {
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    try {
      CompletableFuture.allOf(
              objects.stream()
                  .map(object ->
                      CompletableFuture.runAsync(() -> client.resource(object).create(), hands))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      hands.shutdown();
    }
  }
}

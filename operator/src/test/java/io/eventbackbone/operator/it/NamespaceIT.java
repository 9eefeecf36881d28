package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.local.kubeapi.Controllers;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of namespaces, and of Secrets whose subscription is gone, as on a cluster. */
class NamespaceIT {

  /** The collector looks for new kinds every half minute, and collects nothing meanwhile. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path folder;

  private static KubeApi api;
  private static Controllers controllers;
  private static Command kubectl;

  @AutoClose private World world;

  @BeforeAll
  static void start() {
    api = RealKubeApi.start(NamespaceIT.class, List.of());
    Crds.apply(api.client(), Path.of("..", "crds"));
    controllers = RealKubeApi.controllers(NamespaceIT.class, api);
    kubectl = Kubectl.of(api, folder);
  }

  @AfterAll
  static void stop() {
    try (KubeApi last = api;
        Controllers first = controllers) {
      // Each ends, whatever becomes of the other.
    }
  }

  @BeforeEach
  void enter() {
    world = new World(api.client());
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "orders-#", "deliveries");
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  /** kubectl waits until the namespaces are gone. */
  @Test
  void namespacesEndWithWhatTheOperatorLooksAfterInThem() throws IOException, InterruptedException {
    Command.Result outcome =
        kubectl.attempt(
            "delete",
            "namespace",
            world.own("orders-#"),
            world.own("deliveries-#"),
            world.own("platform-#"),
            "--timeout=3m");

    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
    assertThat(api.client().namespaces().list().getItems())
        .extracting(it -> it.getMetadata().getName())
        .doesNotContain(world.own("orders-#"), world.own("deliveries-#"), world.own("platform-#"));
  }

  @Test
  void whatWorkloadsBindToIsCollectedWithItsSubscription() {
    Secret secret = world.get(Secret.class, "deliveries-#", "new-orders-binding");
    assertThat(secret).isNotNull();
    ConfigMap contracts = world.get(ConfigMap.class, "deliveries-#", "new-orders-contracts");
    assertThat(contracts).isNotNull();

    world.delete(EventSubscription.class, "deliveries-#", "new-orders");

    await()
        .atMost(PATIENCE)
        .until(() ->
            api.client().resource(secret).get() == null
                && api.client().resource(contracts).get() == null);
  }
}

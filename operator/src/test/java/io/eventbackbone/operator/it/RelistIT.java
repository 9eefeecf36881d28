package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches that the API server ends with an ERROR event. */
class RelistIT {

  /**
   * The API server ends all watches of a kind whose definition changes. When anything else was
   * written since the last object of the kind, it answers the next watch with 410 Gone. The first
   * object after a change may still come by the old watch, so the definition changes thrice.
   */
  @Test
  void objectsAreSeenAfterTheirDefinitionChanged() {
    try (KubeApi api = RealKubeApi.start(RelistIT.class, List.of());
        World world = new World(api.client())) {
      createNamespace(api.client(), "plat");
      for (int round = 0; round < 3; round++) {
        bumpResourceVersion(api.client(), round);
        changeDefinition(api.client(), round);
        world.apply(
            Manifests.of("EventRoute", "plat/after-" + round, "backboneRef: {name: nowhere}"));
        world.reason(EventRoute.class, "plat", "after-" + round, "Accepted", "ReferenceNotFound");
        assertThat(world.operator().isHealthy()).isTrue();
        await().until(world.operator()::isReady);
      }
    }
  }

  private static void createNamespace(KubernetesClient client, String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private static void bumpResourceVersion(KubernetesClient client, int round) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("bump-" + round)
                .withNamespace("default")
                .endMetadata()
                .build())
        .create();
  }

  private static void changeDefinition(KubernetesClient client, int round) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("eventroutes.eventbackbone.io")
        .edit(definition -> {
          definition
              .getSpec()
              .getVersions()
              .get(0)
              .getSchema()
              .getOpenAPIV3Schema()
              .setDescription("changed " + round);
          return definition;
        });
  }
}

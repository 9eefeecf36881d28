package io.eventbackbone.local.kubeapi;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ControllersIT {

  @Test
  void collectGarbageAndEndNamespaces() {
    try (KubeApi api = RealKubeApi.start(ControllersIT.class, List.of());
        Controllers controllers = RealKubeApi.controllers(ControllersIT.class, api)) {
      KubernetesClient client = api.client();
      var namespace =
          client
              .resource(
                  new NamespaceBuilder().withNewMetadata().withName("a").endMetadata().build())
              .create();
      ConfigMap owner = client.resource(configMap("owner")).create();
      ConfigMap owned = configMap("owned");
      owned.addOwnerReference(owner);
      client.resource(owned).create();

      client.resource(owner).delete();
      client.resource(owned).waitUntilCondition(Objects::isNull, 2, MINUTES);

      client.resource(configMap("left")).create();
      client.resource(namespace).delete();
      client.resource(namespace).waitUntilCondition(Objects::isNull, 2, MINUTES);
    }
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("a")
        .withName(name)
        .endMetadata()
        .build();
  }
}

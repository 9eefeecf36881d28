package io.eventbackbone.verification.cluster;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of a tenant that look like bindings, and are larger in sum than the operator's heap. */
class LargeSecretsIT {

  private static final int SECRETS = 150;

  private static final Map<String, String> DATA =
      Map.of("a", Base64.getEncoder().encodeToString(new byte[900_000]));

  @Test
  void doNotFillTheOperatorsHeap(@TempDir Path folder) {
    try (KubeApi api = RealKubeApi.start(LargeSecretsIT.class, List.of())) {
      KubernetesClient client = api.client();
      Crds.apply(client, Path.of("../..", "crds"));
      for (int number = 0; number < SECRETS; number++) {
        client.resource(secret(number)).create();
      }
      try (OperatorProcess operator =
          OperatorProcess.startWithJvmOptions(
              "large-secrets",
              api.writeKubeconfig(folder.resolve("kubeconfig")),
              "-Xmx128m -XX:+ExitOnOutOfMemoryError")) {
        for (int number = 0; number < SECRETS; number++) {
          client
              .resource(secret(number))
              .edit(it -> new SecretBuilder(it).addToData("b", "Yg==").build());
        }
        AwsAccount account = client.resource(account()).create();
        await()
            .until(() ->
                operator.isDead()
                    || client.resource(account).get().getStatus().conditions().size() > 0);
        operator.requireAlive();
      }
    }
  }

  private static Secret secret(int number) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("s%d-binding".formatted(number))
        .addToLabels("app.kubernetes.io/managed-by", "event-backbone-operator")
        .endMetadata()
        .withData(DATA)
        .build();
  }

  private static AwsAccount account() {
    return Serialization.unmarshal(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: account}
        spec: {accountId: "111111111111"}
        """,
        AwsAccount.class);
  }
}

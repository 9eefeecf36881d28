package io.eventbackbone.local.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealKubeApi.class)
class ApiServerIT {

  @BeforeAll
  static void applyKinds(KubernetesClient client) {
    Crds.apply(client, Path.of("../../crds"));
  }

  @Test
  void keepsAnObjectOfOurKinds(KubernetesClient client) {
    var account = account("api-server-it", "111111111111");

    client.resource(account).create();

    assertThat(client.resource(account).get().getMetadata().getUid()).isNotBlank();
  }

  @Test
  void refusesWhatTheSchemaRefuses(KubernetesClient client) {
    var account = account("api-server-it-refused", "111");

    assertThatThrownBy(() -> client.resource(account).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("accountId");
  }

  @Test
  void tellsThatItIsReal(KubeApi api) {
    assertThat(api.fidelity()).isEqualTo(KubeApi.Fidelity.REAL);
    assertThat(api.kubeconfig()).contains("https://127.0.0.1:");
  }

  @Test
  void tellsWhyItDoesNotStart() {
    assertThatThrownBy(() -> RealKubeApi.start(ApiServerIT.class, List.of("--no-such-flag=1")))
        .hasMessageContaining("kube-apiserver ended with exit code 1")
        .hasMessageContaining("unknown flag: --no-such-flag");
  }

  private static GenericKubernetesResource account(String name, String accountId) {
    return Serialization.unmarshal(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata:
          name: %s
        spec:
          accountId: "%s"
        """
            .formatted(name, accountId),
        GenericKubernetesResource.class);
  }
}

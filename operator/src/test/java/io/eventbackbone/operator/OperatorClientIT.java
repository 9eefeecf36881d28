package io.eventbackbone.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.kubeapi.KubeApi;
import io.eventbackbone.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorClientIT {

  @Test
  void managedFieldsAreNotReadAndStayAsTheyAreAndTextsAreKeptOnce() {
    try (KubeApi api = RealKubeApi.start(OperatorClientIT.class, List.of());
        KubernetesClient operator = OperatorClient.of(api.client().getConfiguration())) {
      ConfigMap made =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName("some")
              .withNamespace("default")
              .endMetadata()
              .addToData("key", "value")
              .build();
      api.client().resource(made).fieldManager("people").serverSideApply();

      ConfigMap read = operator.resource(made).get();
      assertThat(read.getMetadata().getManagedFields()).isEmpty();
      ConfigMap again = operator.resource(made).get();
      assertThat(again.getMetadata().getUid()).isSameAs(read.getMetadata().getUid());
      operator.resource(read).edit(it -> new ConfigMapBuilder(it).addToData("more", "").build());
      assertThat(api.client().resource(made).get().getMetadata().getManagedFields())
          .extracting("manager")
          .contains("people");
    }
  }
}

package io.eventbackbone.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorClientIT {

  @Test
  void whatIsNotReadStaysAsItIsAndTextsAreKeptOnce() {
    try (KubeApi api = RealKubeApi.start(OperatorClientIT.class, List.of());
        KubernetesClient operator = OperatorClient.of(api.client().getConfiguration())) {
      ConfigMap made =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName("some")
              .withNamespace("default")
              .addToAnnotations("people/note", "theirs")
              .addToAnnotations("eventbackbone.io/abandon", "true")
              .endMetadata()
              .addToData("key", "value")
              .build();
      api.client().resource(made).fieldManager("people").serverSideApply();

      ConfigMap read = operator.resource(made).get();
      assertThat(read.getMetadata().getManagedFields()).isEmpty();
      assertThat(read.getMetadata().getAnnotations())
          .containsExactly(entry("eventbackbone.io/abandon", "true"));
      ConfigMap again = operator.resource(made).get();
      assertThat(again.getMetadata().getUid()).isSameAs(read.getMetadata().getUid());
      operator.resource(read).edit(it -> new ConfigMapBuilder(it).addToData("more", "").build());
      operator
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("some")
                  .withNamespace("default")
                  .endMetadata()
                  .addToData("applied", "")
                  .build())
          .fieldManager("operator")
          .serverSideApply();
      ConfigMap after = api.client().resource(made).get();
      assertThat(after.getMetadata().getManagedFields()).extracting("manager").contains("people");
      assertThat(after.getMetadata().getAnnotations()).containsEntry("people/note", "theirs");
      assertThat(after.getData()).containsOnlyKeys("key", "more", "applied");
    }
  }
}

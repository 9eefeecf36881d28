package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.kubeapi.KubeApi;
import io.eventbackbone.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a leader that ends does with its Lease. */
@ExtendWith(RealKubeApi.class)
class LeaseIT {

  private static final String NAMESPACE = "default";
  private static final String NAME = "lease-it";

  private final KubernetesClient client;

  LeaseIT(KubeApi api) {
    client = api.client();
  }

  @AfterEach
  void leave() {
    client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
  }

  @Test
  void itIsGivenBack() {
    heldBy("first");
    release("first");
    assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
  }

  @Test
  void whatAnotherProcessHoldsStaysAsItIs() {
    Lease held = heldBy("second");
    release("first");
    assertThat(lease()).isEqualTo(held);
  }

  @Test
  void whatAnotherProcessTookMeanwhileStaysAsItIs() {
    Lease held = heldBy("first");
    Lease taken =
        client
            .resource(held)
            .edit(
                it ->
                    new LeaseBuilder(it).editSpec().withHolderIdentity("second").endSpec().build());
    assertThatThrownBy(() -> EventBackboneOperator.giveBack(client, held))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(lease()).isEqualTo(taken);
  }

  @Test
  void noLeaseIsNothingToGiveBack() {
    release("first");
    assertThat(lease()).isNull();
  }

  private Lease heldBy(String holder) {
    return client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(15)
                .endSpec()
                .build())
        .create();
  }

  private Lease lease() {
    return client.leases().inNamespace(NAMESPACE).withName(NAME).get();
  }

  private void release(String holder) {
    EventBackboneOperator.release(
        client, new EventBackboneOperator.Lease(NAMESPACE, NAME, holder, () -> {}));
  }
}

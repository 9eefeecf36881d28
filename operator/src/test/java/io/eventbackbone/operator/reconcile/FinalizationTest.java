package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FinalizationTest {

  private final KubernetesClient client = new SimulatedClient(new TreeMap<>()).client();
  private final EventRecorder events = new EventRecorder(client, Clock.systemUTC());
  private final Retries retries = new Retries(GenericRetry.every10second10TimesRetry());
  private final Finalization finalization = new Finalization(events, retries, Clock.systemUTC());
  private final ReconcilerContext shared =
      new ReconcilerContext(
          null, events, finalization, retries, new RecordedStatuses(), Clock.systemUTC());
  private final ServiceAccountBus bus =
      Cluster.of(Cluster.ECOMMERCE).get(ServiceAccountBus.class, "orders");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void unseen() {
    bus.setStatus(ServiceAccountBusStatusBuilder.builder().build());
  }

  /** Their deletion wakes it, and the annotation would not let it go. */
  @Test
  void whatWaitsForDependentsIsWokenByThem() {
    DeleteControl control =
        finalization.waitFor(List.of(bus), new StatusReport<>(bus, null, this::waiting, shared));
    assertThat(control.isRemoveFinalizer()).isFalse();
    assertThat(control.getScheduleDelay()).isEmpty();
    assertThat(said)
        .containsExactly("waits until these are deleted: ServiceAccountBus orders/orders");
  }

  private ServiceAccountBusStatus waiting(Reason reason, String message) {
    said.add(message);
    return bus.getStatus().toBuilder().accountId(reason.text()).build();
  }
}

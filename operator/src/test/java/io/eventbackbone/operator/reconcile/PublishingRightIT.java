package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who waits for a bus to be Ready, and then publishes, is not denied. */
class PublishingRightIT {

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @Test
  void aBusIsNotReadyBeforeItsServicesMayPublish() {
    denyPolicies();
    reconcileAgainAndAgain();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("False AccessDenied");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False BackboneNotReady");

    simulation.liftFaults();
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
  }

  @Test
  void aBusThatJoinsAnAccountWaitsForItsOwnSource() {
    simulation.edit(EventBackbone.class, "main", "{spec: {publishers: {bindSources: true}}}");
    simulation.settle();
    denyPolicies();
    simulation.apply(
        Simulation.bus("orders", "billing-service").replace("name: orders,", "name: billing,"));
    reconcileAgainAndAgain();
    assertThat(simulation.readiness(ServiceAccountBus.class, "billing"))
        .isEqualTo("False BackboneNotReady");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
  }

  /** What is denied is tried for ever; nothing settles. */
  private void reconcileAgainAndAgain() {
    IntStream.range(0, 10).forEach(round -> simulation.reconcileAll());
  }

  private void denyPolicies() {
    simulation.inject(
        Fault.of(Effect.Refusal.ACCESS_DENIED)
            .inAccount("111111111111")
            .ofOperation("PutPermission"));
  }
}

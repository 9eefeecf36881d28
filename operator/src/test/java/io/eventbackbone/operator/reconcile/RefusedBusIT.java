package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bus is deleted right after its account stopped admitting it, before the operator saw that. */
class RefusedBusIT {

  private static final String FORWARDING = "111111111111 rule global-bus/globalToDeliveryService";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void refuseAndDelete() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "deliveries", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
  }

  @Test
  void nothingIsForwardedToItAnyMore() {
    assertThat(aws()).containsKey(FORWARDING);
    simulation.settle();
    assertThat(simulation.kubernetes())
        .doesNotContainKey("ServiceAccountBus deliveries/deliveries");
    assertThat(aws())
        .doesNotContainKey(FORWARDING)
        .containsKey("333333333333 bus local-bus-delivery-service");
  }

  @Test
  void itWaitsUntilItsForwardingCanBeStopped() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("DeleteRule"));
    simulation.reconcileAll(); // lets the subscription go, for which the bus waits
    simulation.reconcileAll();
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries"))
        .isEqualTo("False AccessDenied");
    simulation.liftFaults();
    simulation.settle();
    assertThat(simulation.kubernetes())
        .doesNotContainKey("ServiceAccountBus deliveries/deliveries");
    assertThat(aws()).doesNotContainKey(FORWARDING);
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111", "333333333333")).resources();
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that are good, each on its own, and that one pattern can't say together. */
class UnsayableRoutesIT {

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void enter() {
    simulation.settle();
  }

  @Test
  void theRuleStaysAndTheMessageNamesThem() {
    String before = rule("globalToDeliveryService");
    route("{cidr: [x]}");
    assertThat(rule("globalToDeliveryService")).isEqualTo(before).isNotEqualTo("none");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries"))
        .isEqualTo("False PatternTooLarge");
    assertThat(simulation.kubernetes().get("ServiceAccountBus deliveries/deliveries"))
        .contains("platform/addresses, platform/fan-out", "cidr");

    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
    simulation.settle();
    assertThat(simulation.kubernetes())
        .doesNotContainKey("ServiceAccountBus deliveries/deliveries");
    assertThat(rule("globalToDeliveryService")).isEqualTo("none");
  }

  @Test
  void aFieldOfTheDetailMayBeNamedLikeAnOperator() {
    route("{detail: {data: {cidr: [x]}}}");
    assertThat(rule("globalToDeliveryService")).contains("data.cidr", "Order.Created");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries")).isEqualTo("True Ready");
  }

  /** Beside the fan-out, which is narrowed so that it does not cover it. */
  private void route(String pattern) {
    simulation.edit(
        EventRoute.class, "fan-out", "{spec: {filter: {detailTypes: [Order.Created]}}}");
    simulation.apply(
        Simulation.route(
            "addresses",
            "from: {type: All}",
            "to: {type: AllExceptSender}",
            "filter: {pattern: %s}".formatted(pattern)));
    simulation.settle();
  }

  private String rule(String name) {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111"))
        .resources()
        .getOrDefault("111111111111 rule global-bus/" + name, "none");
  }
}

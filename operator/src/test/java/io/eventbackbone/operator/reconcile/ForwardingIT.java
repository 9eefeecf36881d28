package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule on the global bus follows what the subscriptions of a bus ask for. */
class ForwardingIT {

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void enter() {
    simulation.settle();
    forward("Subscribed");
  }

  @Test
  void theRuleIsNarrowedAndWidenedInPlace() {
    assertThat(rule()).contains("Order.Created", "333333333333");
    int before = simulation.aws().calls().size();
    simulation.apply(Simulation.subscription("deliveries", "changes", "Order.Changed"));
    simulation.settle();
    assertThat(rule()).contains("Order.Created", "Order.Changed");
    assertThat(callsSince(before)).doesNotContain("DeleteRule", "RemoveTargets");
    assertThat(bus()).contains("receives what its subscriptions ask for, by fan-out");

    simulation.delete(EventSubscription.class, "new-orders");
    simulation.settle();
    assertThat(rule()).contains("Order.Changed").doesNotContain("Order.Created");
    forward("All");
    assertThat(rule()).doesNotContain("Order");
    assertThat(bus()).contains("receives by fan-out");
  }

  @Test
  void aSubscriptionIsReadyOnceTheGlobalBusForwardsWhatItAsksFor() {
    simulation.apply(Simulation.subscription("deliveries", "changes", "Order.Changed"));
    HasMetadata changes = simulation.cluster().get(EventSubscription.class, "changes");
    simulation.step(changes);
    assertThat(simulation.readiness(EventSubscription.class, "changes"))
        .isEqualTo("False BusNotReady");
    simulation.step(simulation.cluster().get(ServiceAccountBus.class, "deliveries"));
    simulation.step(changes);
    assertThat(simulation.readiness(EventSubscription.class, "changes")).isEqualTo("True Ready");
  }

  @Test
  void aBusThatNobodySubscribedToHasNoRuleAndIsReady() {
    simulation.edit(EventSubscription.class, "new-orders", "{spec: {suspend: true}}");
    simulation.settle();
    assertThat(rule()).isEqualTo("none");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries")).isEqualTo("True Ready");
    assertThat(bus()).contains("no EventSubscription asks for");
    assertThat(simulation.readiness(EventRoute.class, "fan-out")).isEqualTo("True Ready");
    assertThat(simulation.kubernetes().get("EventRoute platform/fan-out"))
        .contains("1 buses receive by this route, and the EventSubscriptions of 1 ask for nothing");

    simulation.edit(EventSubscription.class, "new-orders", "{spec: {suspend: false}}");
    simulation.settle();
    assertThat(rule()).contains("Order.Created");
  }

  @Test
  void aFilterThatIsRefusedLosesNothingThatTheLastGoodOneAskedFor() {
    simulation.edit(
        EventSubscription.class, "new-orders", "{spec: {filter: {detailTypes: [wrong]}}}");
    simulation.settle();
    assertThat(rule()).doesNotContain("Order", "none");
    assertThat(bus()).contains("all that they let through", "EventSubscription deliveries/new");
  }

  @Test
  void aBusLeavesWithItsRuleThoughNothingIsForwardedAnyMore() {
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
    simulation.settle();
    assertThat(rule()).isEqualTo("none");
    assertThat(simulation.cluster().objects())
        .noneMatch(it ->
            it instanceof ServiceAccountBus && it.getMetadata().getName().equals("deliveries"));
  }

  private void forward(String what) {
    simulation.edit(EventBackbone.class, "main", "{spec: {forwarding: " + what + "}}");
    simulation.settle();
  }

  private String bus() {
    return simulation.kubernetes().get("ServiceAccountBus deliveries/deliveries");
  }

  private String rule() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111"))
        .resources()
        .getOrDefault("111111111111 rule global-bus/globalToDeliveryService", "none");
  }

  private List<String> callsSince(int before) {
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size()).stream().map(RecordedCall::operation).toList();
  }
}

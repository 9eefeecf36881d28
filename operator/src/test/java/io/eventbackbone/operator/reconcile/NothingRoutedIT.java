package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a subscription that no route serves says so, as routes and buses come and go. */
class NothingRoutedIT {

  private static final String NOTHING = "False NothingRouted";
  private static final String FROM_CORE =
      Simulation.route(
          "from-core", "from: {type: Selected, busSelector: {matchLabels: {tier: core}}}");

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @ParameterizedTest
  @ValueSource(strings = {"All", "Subscribed"})
  void aSubscriptionIsReadyAsLongAsARouteServesIt(String forwarding) {
    simulation.edit(EventBackbone.class, "main", "{spec: {forwarding: %s}}".formatted(forwarding));
    simulation.delete(EventRoute.class, "fan-out");
    simulation.settle();
    assertThat(readiness()).isEqualTo(NOTHING);
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries")).isEqualTo("True Ready");

    simulation.apply(Simulation.route("again", "filter: {detailTypes: [Order.Created]}"));
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");

    simulation.edit(EventRoute.class, "again", "{spec: {filter: {detailTypes: [Order.Updated]}}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo(NOTHING);
  }

  @Test
  void aProducerThatARouteSelectsMayServeIt() {
    simulation.delete(EventRoute.class, "fan-out");
    simulation.apply(FROM_CORE);
    simulation.settle();
    assertThat(readiness()).isEqualTo(NOTHING);

    simulation.edit(ServiceAccountBus.class, "orders", "{metadata: {labels: {tier: core}}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");

    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.settle();
    assertThat(readiness()).isEqualTo(NOTHING);
  }

  /** It goes on by itself once there is a route, so it is not stalled. */
  @Test
  void allButEventsIsThere() {
    simulation.delete(EventRoute.class, "fan-out");
    simulation.settle();
    EventSubscription subscription = subscription();
    assertThat(subscription.getStatus().conditions())
        .extracting(Condition::getType)
        .contains("Reconciling")
        .doesNotContain("Stalled");
    assertThat(Conditions.isTrue(subscription.getStatus(), Conditions.PROGRAMMED)).isTrue();
    assertThat(simulation.kubernetes()).containsKey("Secret deliveries/new-orders-binding");
    assertThat(AwsSnapshot.of(simulation.aws(), List.of("333333333333")).resources().keySet())
        .anyMatch(it -> it.startsWith("333333333333 rule local-bus-delivery-service/new-orders-"))
        .anyMatch(it -> it.contains(" queue ") && it.contains(":new-orders-"));
  }

  @Test
  void aSuspendedSubscriptionAsksForNothing() {
    simulation.edit(EventSubscription.class, "new-orders", "{spec: {suspend: true}}");
    simulation.delete(EventRoute.class, "fan-out");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
  }

  private EventSubscription subscription() {
    return simulation.cluster().get(EventSubscription.class, "new-orders");
  }

  private String readiness() {
    return Simulation.readiness(subscription());
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** EventBridge deletes no bus that has rules, whoever made them. */
class ForeignRulesIT {

  private static final String BUS = "local-bus-order-service";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @Test
  void aBusThatIsDeletedSaysWhichRulesAreInTheWayAndGoesWithoutThem() {
    simulation.settle();
    EventBridgeClient events = Account.of(simulation.aws(), "222222222222").events();
    events.putRule(it -> it.eventBusName(BUS).name("theirs").eventPattern("{\"source\":[\"a\"]}"));
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    for (int round = 0; round < 4; round++) {
      simulation.reconcileAll();
    }

    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False DeletionBlocked");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("because it has rules of others: theirs; have their owners delete them")
        .contains("Reconciling")
        .doesNotContain("Stalled");
    assertThat(simulation.events("DeletionBlocked"))
        .filteredOn(event -> event.getMessage().contains("rules of others"))
        .hasSize(1);
    assertThat(events.listRules(it -> it.eventBusName(BUS)).rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.name()).isEqualTo("theirs"));

    events.deleteRule(it -> it.eventBusName(BUS).name("theirs"));
    simulation.settle();
    assertThat(simulation.kubernetes()).doesNotContainKey("ServiceAccountBus orders/orders");
    assertThat(events.listEventBuses(it -> {}).eventBuses()).noneMatch(it -> it.name().equals(BUS));
  }
}

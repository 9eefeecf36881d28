package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What others write into the policy of a bus stays, whenever the operator writes there. */
class ForeignStatementsIT {

  private static final String BACKBONE = "111111111111";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @Test
  void theFirstBusThatJoinsLeavesThemWhereTheyAre() {
    withoutBuses();
    simulation.settle();
    assertThat(policy()).isNull();
    Account.of(simulation.aws(), BACKBONE)
        .events()
        .putPermission(it ->
            it.eventBusName("global-bus")
                .statementId("theirs")
                .principal("444444444444")
                .action("events:PutEvents"));

    simulation.apply(Simulation.bus("orders", "order-service"));
    simulation.settleWithoutChecks();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(policy()).contains("theirs", "444444444444", "222222222222");
  }

  private void withoutBuses() {
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
  }

  private String policy() {
    return Account.of(simulation.aws(), BACKBONE)
        .events()
        .describeEventBus(it -> it.name("global-bus"))
        .policy();
  }
}

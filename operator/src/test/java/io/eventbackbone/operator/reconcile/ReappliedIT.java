package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An object that is gone, and one of its name, are two objects: nothing is known of the second. */
class ReappliedIT {

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  /** The Event says that the operator didn't look after it, so somebody does. */
  @Test
  void whatWasLetGoAndCleanedUpByHandIsMadeAnew() {
    simulation.settle();
    admit("None");
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.settleWithoutChecks();
    var queues = Account.of(simulation.aws(), "333333333333").queues();
    queues.listQueues().queueUrls().forEach(url -> queues.deleteQueue(it -> it.queueUrl(url)));
    admit("All");
    simulation.apply(Simulation.subscription("deliveries", "new-orders", "Order.Created"));
    simulation.settleWithoutChecks();
    assertThat(simulation.readiness(EventSubscription.class, "new-orders")).isEqualTo("True Ready");
    assertThat(queues.listQueues().queueUrls())
        .contains(
            simulation.cluster().get(EventSubscription.class, "new-orders").getStatus().queueUrl());
  }

  private void admit(String from) {
    simulation.edit(
        AwsAccount.class, "deliveries", "{spec: {allowedNamespaces: {from: %s}}}".formatted(from));
  }
}

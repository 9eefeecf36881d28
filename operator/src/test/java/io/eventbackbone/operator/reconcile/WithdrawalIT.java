package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was granted is taken back, and the status says so, even if it could not at first. */
class WithdrawalIT {

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void settle() {
    simulation.settle();
  }

  @Test
  void aBusWhoseStatusWasNotWrittenDoesNotClaimItsRule() {
    simulation.edit(AwsAccount.class, "deliveries", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.refuseStatuses(ServiceAccountBus.class);
    simulation.settleWithoutChecks();
    assertThat(bus().forwardingRuleArn()).isNotNull();
    simulation.takeStatuses();
    simulation.settleWithoutChecks();
    assertThat(aws()).doesNotContain("111111111111 rule global-bus/globalToDeliveryService");
    assertThat(bus().forwardingRuleArn()).isNull();
    assertThat(bus().routes()).isEmpty();
    assertThat(bus().appliedHash()).isNull();
  }

  @Test
  void aSubscriptionWhoseStatusWasNotWrittenDoesNotClaimItsRule() {
    simulation.edit(
        ServiceAccountBus.class,
        "deliveries",
        "{spec: {allowedSubscriptions: {from: Selector, selector: {matchLabels: {team: none}}}}}");
    simulation.refuseStatuses(EventSubscription.class);
    simulation.settleWithoutChecks();
    assertThat(subscription().ruleArn()).isNotNull();
    simulation.takeStatuses();
    simulation.settleWithoutChecks();
    assertThat(subscription().ruleArn()).isNull();
    assertThat(subscription().appliedHash()).isNull();
  }

  /** Two rounds in a row, and the watch is late with what the first one wrote. */
  @Test
  void aStatusIsNotWrittenOverALaterOne() {
    simulation.edit(AwsAccount.class, "deliveries", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.settleWithoutChecks();
    ServiceAccountBusStatus withdrawn = bus();
    simulation.edit(EventBackbone.class, "main", "{spec: {allowedBuses: {from: Same}}}");
    simulation.stepWithOld(ServiceAccountBus.class, "deliveries");
    assertThat(bus()).isEqualTo(withdrawn);
  }

  private ServiceAccountBusStatus bus() {
    return simulation.cluster().get(ServiceAccountBus.class, "deliveries").getStatus();
  }

  private EventSubscriptionStatus subscription() {
    return simulation.cluster().get(EventSubscription.class, "new-orders").getStatus();
  }

  private List<String> aws() {
    return List.copyOf(
        AwsSnapshot.of(simulation.aws(), List.of("111111111111")).resources().keySet());
  }
}

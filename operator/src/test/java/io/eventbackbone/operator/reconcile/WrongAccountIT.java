package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.operator.cluster.Conditions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without a role the operator is in an account of its own, which may be none of those it needs. */
class WrongAccountIT {

  private static final String OPERATOR = "999999999999";
  private static final String FORWARDING = "111111111111 rule global-bus/globalToOrderService";
  private static final String LOCAL_BUS = "222222222222 bus local-bus-order-service";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void settle() {
    simulation.settle();
  }

  @Test
  void aDeletionWaitsForTheRightAccount() {
    dropRoleOf("orders");
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.settle();
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("False WrongAccount");
    assertThat(simulation.kubernetes().get("EventSubscription orders/delivery-updates"))
        .contains("222222222222", OPERATOR, "spec.roleArn");
    assertThat(aws()).containsKey(LOCAL_BUS);

    restoreRoleOf("orders", "222222222222");
    simulation.settle();
    assertThat(simulation.kubernetes()).doesNotContainKey("ServiceAccountBus orders/orders");
    assertThat(aws()).doesNotContainKey(LOCAL_BUS).doesNotContainKey(FORWARDING);
  }

  @Test
  void aWithdrawalIsToldOfOnlyWhenItIsDone() {
    dropRoleOf("backbone");
    simulation.edit(EventBackbone.class, "main", "{spec: {allowedBuses: {from: Same}}}");
    simulation.settle();
    assertThat(aws()).containsKey(FORWARDING);
    assertThat(programmed("orders")).isEqualTo("False WrongAccount");
    assertThat(status("orders").forwardingRuleArn()).isNotNull();

    restoreRoleOf("backbone", "111111111111");
    simulation.settle();
    assertThat(aws()).doesNotContainKey(FORWARDING);
    assertThat(status("orders").forwardingRuleArn()).isNull();
  }

  @Test
  void whoTheOperatorIsItAsksOnceASession() {
    simulation.apply(
        Simulation.account("own", OPERATOR)
                .replace("  roleArn: arn:aws:iam::999999999999:role/event-backbone-operator\n", "")
            + Simulation.bus("own", "own-service").replace("namespace: own", "namespace: orders"));
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "own")).isEqualTo("True Ready");

    simulation.restart();
    long before = identityCalls();
    simulation.step(simulation.cluster().get(ServiceAccountBus.class, "own"));
    simulation.step(simulation.cluster().get(ServiceAccountBus.class, "own"));
    assertThat(identityCalls() - before).isOne();
  }

  private void dropRoleOf(String account) {
    simulation.edit(AwsAccount.class, account, "{spec: {roleArn: null}}");
  }

  private void restoreRoleOf(String account, String number) {
    simulation.edit(
        AwsAccount.class,
        account,
        "{spec: {roleArn: 'arn:aws:iam::%s:role/event-backbone-operator'}}".formatted(number));
  }

  private String programmed(String bus) {
    return status(bus)
        .condition(Conditions.PROGRAMMED)
        .map(it -> it.getStatus() + " " + it.getReason())
        .orElse("unknown");
  }

  private ServiceAccountBusStatus status(String bus) {
    return simulation.cluster().get(ServiceAccountBus.class, bus).getStatus();
  }

  private long identityCalls() {
    return simulation.aws().calls().stream()
        .filter(call -> call.operation().equals("GetCallerIdentity"))
        .count();
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111", "222222222222")).resources();
  }
}

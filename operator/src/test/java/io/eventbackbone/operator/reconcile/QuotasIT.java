package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a full bus means for those who are on it, and for those who are not. */
class QuotasIT {

  private static final String ROOM_FOR_ONE = "{spec: {quotas: {eventBusPolicyCharacters: 260}}}";
  private static final String AS_AWS_HAS_IT = "{spec: {quotas: null}}";

  private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @AfterEach
  void leave() {
    simulation.close();
  }

  @Test
  void whoJoinedLastMayNotPublishUntilThereIsRoom() {
    simulation.edit(AwsAccount.class, "backbone", ROOM_FOR_ONE);
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("False QuotaExceeded");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries"))
        .isEqualTo("False QuotaExceeded");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .contains("publishers.mode to Organization", "333333333333");
    assertThat(policy()).contains("222222222222").doesNotContain("333333333333");

    simulation.edit(AwsAccount.class, "backbone", AS_AWS_HAS_IT);
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries")).isEqualTo("True Ready");
    assertThat(policy()).contains("222222222222", "333333333333");
  }

  @Test
  void whoMayPublishKeepsTheRightWhenTheRoomShrinks() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", ROOM_FOR_ONE);
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("False QuotaExceeded");
    assertThat(policy()).contains("222222222222", "333333333333");
  }

  @Test
  void aRuleMoreThanTheQuotaIsNotTried() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 4}}}");
    simulation.settle();
    simulation.apply(
        Simulation.account("billing 444444444444") + Simulation.bus("billing", "billing-service"));
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "billing"))
        .isEqualTo("False QuotaExceeded");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(simulation.kubernetes().get("ServiceAccountBus billing/billing"))
        .contains("4 of the 4 rules");

    simulation.edit(AwsAccount.class, "backbone", AS_AWS_HAS_IT);
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "billing")).isEqualTo("True Ready");
  }

  @Test
  void statementsOfOthersCount() {
    simulation.settle();
    Account.of(simulation.aws(), "111111111111")
        .events()
        .putPermission(
            it ->
                it.eventBusName("global-bus")
                    .statementId("theirs")
                    .action("events:PutEvents")
                    .principal("999999999999"));
    String before = simulation.kubernetes().get("EventBackbone platform/main");
    simulation.settle();
    assertThat(before).contains("\"othersCharacters\":0");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .doesNotContain("\"othersCharacters\":0");
  }

  private String policy() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111"))
        .resources()
        .get("111111111111 bus global-bus");
  }
}

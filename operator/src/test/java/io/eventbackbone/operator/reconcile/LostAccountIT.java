package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Deletion when the role in an account is gone for good. */
class LostAccountIT {

  private static final String BACKBONE = "111111111111";
  private static final String ORDERS = "222222222222";

  /** An account that declares roles has no others. */
  private static final String WITHOUT_THE_OPERATORS_ROLE =
      """
      accounts:
        "%s":
          roles:
            another:
              trustPolicy:
                Version: "2012-10-17"
                Statement: []
      """;

  private static final String WITH_IT_AGAIN =
      """
      accounts:
        "222222222222":
          roles:
            event-backbone-operator:
              trustPolicy:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Principal: {AWS: "999999999999"}
                    Action: [sts:AssumeRole, sts:SetSourceIdentity]
              policies:
                all:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
      """;

  private static final String ABANDON =
      "{metadata: {annotations: {eventbackbone.io/abandon: 'true'}}}";

  private static final String FORWARDING = BACKBONE + " rule global-bus/globalToOrderService";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @TempDir private Path folder;

  /** As far as the deletion of the bus of orders and its subscription comes. */
  private void lose(String account) throws IOException {
    simulation.settle();
    simulation
        .aws()
        .plant(
            Files.writeString(
                folder.resolve("roles.yaml"), WITHOUT_THE_OPERATORS_ROLE.formatted(account)));
    deleteOrders();
    simulation.settle();
  }

  private void deleteOrders() {
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
  }

  private void abandonOrders() {
    if (simulation.kubernetes().containsKey("EventSubscription orders/delivery-updates")) {
      simulation.edit(EventSubscription.class, "delivery-updates", ABANDON);
    }
    simulation.edit(ServiceAccountBus.class, "orders", ABANDON);
  }

  @Test
  void theObjectSaysWhatItWaitsForAndHowToLetGo() throws IOException {
    lose(ORDERS);
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("False RoleNotAssumable");
    assertThat(simulation.kubernetes().get("EventSubscription orders/delivery-updates"))
        .contains("arn:aws:iam::222222222222:role/event-backbone-operator", "abandon=true");
  }

  /** As CloudFormation does when it replaces a role: sessions of the first are over. */
  @Test
  void aRoleThatIsMadeAnewIsAssumedAnew() throws IOException {
    lose(ORDERS);
    Path role = Files.writeString(folder.resolve("role.yaml"), WITH_IT_AGAIN);
    simulation.aws().plant(role);
    simulation.settle();
    assertThat(simulation.kubernetes()).doesNotContainKey("ServiceAccountBus orders/orders");
    assertThat(simulation.readiness(AwsAccount.class, "orders")).isEqualTo("True Ready");

    simulation.aws().plant(role);
    simulation.apply(Simulation.bus("orders", "order-service"));
    simulation.settleWithoutChecks();
    assertThat(simulation.readiness(AwsAccount.class, "orders")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(simulation.reasonsOfEvents()).doesNotContain(Reason.AWS_REFUSED.text());
  }

  @Test
  void theExternalIdIsInNoStatusAndNoLog() throws IOException {
    lose(ORDERS);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger ours = (Logger) LoggerFactory.getLogger("io.eventbackbone");
    Level before = ours.getLevel();
    ours.addAppender(log);
    ours.setLevel(Level.TRACE);
    try {
      simulation.edit(AwsAccount.class, "orders", "{spec: {externalId: only-we-know}}");
      simulation.settle();
    } finally {
      ours.setLevel(before);
      ours.detachAppender(log);
    }
    assertThat(simulation.readiness(AwsAccount.class, "orders"))
        .isEqualTo("False RoleNotAssumable");
    assertThat(simulation.kubernetes().toString()).doesNotContain("only-we-know");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("only-we-know"));
  }

  @Test
  void whatIsAbandonedGoesAndItsForwardingEnds() throws IOException {
    lose(ORDERS);
    abandonOrders();
    simulation.settle();

    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws())
        .containsKey(ORDERS + " bus local-bus-order-service")
        .doesNotContainKey(FORWARDING);
    assertThat(aws().get(BACKBONE + " bus global-bus")).doesNotContain(ORDERS);
  }

  /** Nobody receives there, and each event would cost. */
  @Test
  void theForwardingOfWhatIsAbandonedEndsEvenWhereAllIsRetained() throws IOException {
    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {deletionPolicy: Retain}}");
    lose(ORDERS);
    abandonOrders();
    simulation.settle();

    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws())
        .containsKey(ORDERS + " bus local-bus-order-service")
        .doesNotContainKey(FORWARDING);
  }

  @Test
  void theForwardingOfABusThatIsRetainedStays() {
    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {deletionPolicy: Retain}}");
    simulation.settle();
    deleteOrders();
    simulation.settle();
    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws()).containsKey(FORWARDING);
  }

  @Test
  void itsForwardingIsTriedToEndAgainWhereItsAccountIsNotLost() throws IOException {
    lose(ORDERS);
    abandonOrders();
    simulation.inject(
        Fault.of(Effect.Refusal.SERVER_ERROR).inAccount(BACKBONE).ofOperation("DeleteRule"));
    simulation.reconcileAll(); // lets the subscription go, for which the bus waits
    simulation.reconcileAll();
    simulation.reconcileAll();
    assertThat(objects()).contains("ServiceAccountBus orders/orders");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False AwsUnavailable");

    simulation.liftFaults();
    simulation.settleWithoutChecks();
    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws()).doesNotContainKey(FORWARDING);
  }

  @Test
  void whatIsInItsOwnAccountGoesWhenTheBackbonesIsLost() throws IOException {
    lose(BACKBONE);
    assertThat(objects()).contains("ServiceAccountBus orders/orders");
    abandonOrders();
    simulation.settle();
    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws())
        .containsKey(FORWARDING)
        .doesNotContainKey(ORDERS + " bus local-bus-order-service");
    assertThat(aws().keySet()).noneMatch(it -> it.startsWith(ORDERS + " queue"));

    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
    simulation.edit(ServiceAccountBus.class, "deliveries", ABANDON);
    simulation.delete(EventBackbone.class, "main");
    simulation.edit(EventBackbone.class, "main", ABANDON);
    simulation.settle();
    assertThat(simulation.kubernetes()).doesNotContainKey("EventBackbone platform/main");
    assertThat(aws()).containsKey(BACKBONE + " bus global-bus");
  }

  /** Who annotates all objects of a namespace does not orphan those that AWS just throttles. */
  @Test
  void whatPassesIsWaitedForAWhile() {
    simulation.settle();
    simulation.inject(Fault.of(Effect.Refusal.SERVER_ERROR).inAccount(ORDERS).ofService("events"));
    deleteOrders();
    abandonOrders();
    simulation.settle();
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("False AwsUnavailable");
    assertThat(simulation.kubernetes().get("EventSubscription orders/delivery-updates"))
        .contains("let go");

    simulation.settle(); // a day later; the bus waited for its subscription, and begins now
    assertThat(objects()).doesNotContain("EventSubscription orders/delivery-updates");
    simulation.settle();
    simulation.liftFaults();
    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws())
        .containsKey(ORDERS + " bus local-bus-order-service")
        .doesNotContainKey(FORWARDING);
  }

  @Test
  void aSecurityTokenServiceThatFailsIsNoLostAccount() {
    simulation.settle();
    simulation.restart();
    simulation.inject(Fault.of(Effect.Refusal.SERVER_ERROR).ofOperation("AssumeRole"));
    deleteOrders();
    abandonOrders();
    simulation.settle();
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("False AwsUnavailable");

    simulation.liftFaults();
    simulation.settleWithoutChecks();
    assertThat(objects()).doesNotContain("ServiceAccountBus orders/orders");
    assertThat(aws()).doesNotContainKey(ORDERS + " bus local-bus-order-service");
  }

  private Set<String> objects() {
    return simulation.kubernetes().keySet();
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(simulation.aws(), List.of(BACKBONE, ORDERS)).resources();
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Deletion when the role in an account is gone for good. */
class LostAccountIT {

  /** An account that declares roles has no others. */
  private static final String WITHOUT_THE_OPERATORS_ROLE =
      """
      accounts:
        "222222222222":
          roles:
            another:
              trustPolicy:
                Version: "2012-10-17"
                Statement: []
      """;

  private static final String ABANDON =
      "{metadata: {annotations: {eventbackbone.io/abandon: 'true'}}}";

  private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void loseTheAccountOfOrders(@TempDir Path folder) throws IOException {
    simulation.settle();
    simulation
        .aws()
        .plant(Files.writeString(folder.resolve("roles.yaml"), WITHOUT_THE_OPERATORS_ROLE));
    simulation.restart();
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.settle();
  }

  @AfterEach
  void leave() {
    simulation.close();
  }

  @Test
  void theObjectSaysWhatItWaitsForAndHowToLetGo() {
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("False RoleNotAssumable");
    assertThat(simulation.kubernetes().get("EventSubscription orders/delivery-updates"))
        .contains("arn:aws:iam::222222222222:role/event-backbone-operator", "abandon=true");
  }

  @Test
  void theExternalIdIsInNoStatusAndNoLog() {
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
  void whatIsAbandonedGoesAndItsForwardingEnds() {
    simulation.edit(EventSubscription.class, "delivery-updates", ABANDON);
    simulation.edit(ServiceAccountBus.class, "orders", ABANDON);
    simulation.settle();

    assertThat(simulation.kubernetes()).doesNotContainKey("ServiceAccountBus orders/orders");
    Map<String, String> left =
        AwsSnapshot.of(simulation.aws(), List.of("111111111111", "222222222222")).resources();
    assertThat(left)
        .containsKey("222222222222 bus local-bus-order-service")
        .doesNotContainKey("111111111111 rule global-bus/globalToOrderService");
    assertThat(left.get("111111111111 bus global-bus")).doesNotContain("222222222222");
  }
}

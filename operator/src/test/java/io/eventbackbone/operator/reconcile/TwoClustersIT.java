package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clusters want the same names in the same accounts: who came first keeps them. */
class TwoClustersIT {

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333");

  @AutoClose private final Simulation first = new Simulation(Simulation.ECOMMERCE);
  private final Simulation second =
      first.another(
          "another",
          Simulation.ECOMMERCE.replace(
              "deletionPolicy: Delete", "deletionPolicy: Delete\n  adoptionPolicy: Adopt"));
  private Map<String, String> made;

  @BeforeEach
  void settle() {
    first.settle();
    made = aws();
    second.settle();
  }

  @Test
  void theSecondSaysWhoseTheyAreAndChangesNothing() {
    assertThat(second.readiness(EventBackbone.class, "main")).isEqualTo("False ResourceConflict");
    assertThat(second.kubernetes().get("EventBackbone platform/main"))
        .contains("belongs to test/EventBackbone/platform/main");
    assertThat(aws()).isEqualTo(made);
  }

  @Test
  void theyDoNotFight() {
    first.settle();
    second.settle();
    first.settle();
    assertThat(first.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(first.kubernetes().get("EventBackbone platform/main"))
        .doesNotContain("DriftRepaired");
    assertThat(aws()).isEqualTo(made);
  }

  @Test
  void theSecondDeletesNothingOfTheFirst() {
    second.delete(EventSubscription.class, "new-orders");
    second.delete(EventSubscription.class, "delivery-updates");
    second.delete(ServiceAccountBus.class, "orders");
    second.delete(ServiceAccountBus.class, "deliveries");
    second.delete(EventRoute.class, "fan-out");
    second.delete(EventBackbone.class, "main");
    second.settle();
    assertThat(second.kubernetes()).doesNotContainKey("EventBackbone platform/main");
    assertThat(aws()).isEqualTo(made);
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(first.aws(), ACCOUNTS).resources();
  }
}

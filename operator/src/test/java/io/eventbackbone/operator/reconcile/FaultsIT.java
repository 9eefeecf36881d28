package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.InjectedFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of failure at the first call of every operation: the end is as if there were none. */
class FaultsIT {

  /** With all that a bus can have, discoverers aside. */
  private static final String EVERYTHING =
      Simulation.PUBLISHED.replace(
          "identifier: order-service", "identifier: order-service\n  logging: {level: Error}");

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333");

  private static final List<Effect> EFFECTS =
      List.of(
          Effect.Refusal.THROTTLING,
          Effect.Refusal.SERVER_ERROR,
          Effect.Refusal.ACCESS_DENIED,
          Effect.Refusal.EXPIRED_TOKEN,
          Effect.Refusal.CONCURRENT_MODIFICATION,
          Effect.Connection.RESET,
          Effect.Connection.ANSWER_LOST);

  private static int faults;
  private static int oldReads;

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("failuresOfCreation")
  void creationComesToTheSameEnd(Effect effect, String operation) {
    try (Simulation simulation = new Simulation(EVERYTHING)) {
      faults += settleWith(Fault.of(effect).ofOperation(operation).atCalls(1, 1), simulation);
      assertThat(resources(simulation)).isEqualTo(Creation.RESOURCES);
      assertThat(readiness(simulation)).containsOnly("True Ready");
      assertThat(simulation.reasonsOfEvents())
          .as("what passes by itself is not waited for until the next check")
          .doesNotContain(Reason.AWS_REFUSED.text());
    }
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("failuresOfDeletion")
  void deletionLeavesNothing(Effect effect, String operation) {
    try (Simulation simulation = new Simulation(EVERYTHING)) {
      simulation.settle();
      deleteEverything(simulation);
      faults += settleWith(Fault.of(effect).ofOperation(operation).atCalls(1, 1), simulation);
      assertThat(resources(simulation).keySet()).allMatch(it -> it.endsWith("bus default"));
      assertThat(readiness(simulation)).isEmpty();
    }
  }

  @Test
  void oldReadsMakeNothingTwice() {
    try (Simulation simulation = new Simulation(EVERYTHING)) {
      // While reads are old for good, each look at AWS would repair what is no drift.
      Fault fault = Fault.of(new Effect.StaleReads(Duration.ofMinutes(1))).atCalls(1, 150);
      oldReads += settleWith(fault, simulation);
      assertThat(resources(simulation)).isEqualTo(Creation.RESOURCES);
      assertThat(readiness(simulation)).containsOnly("True Ready");
    }
  }

  /** What a settled example has, read once, and the operations that make it and take it away. */
  private static final class Creation {
    static final Map<String, String> RESOURCES;
    static final List<String> OPERATIONS;
    static final List<String> OPERATIONS_OF_DELETION;

    static {
      try (Simulation simulation = new Simulation(EVERYTHING)) {
        simulation.settle();
        OPERATIONS = operations(simulation, 0);
        RESOURCES = resources(simulation);
        int calls = simulation.aws().calls().size();
        deleteEverything(simulation);
        simulation.settle();
        OPERATIONS_OF_DELETION = operations(simulation, calls);
      }
    }
  }

  static Stream<Arguments> failuresOfCreation() {
    return Stream.concat(
        failures(Creation.OPERATIONS),
        Stream.of(Arguments.of(new Effect.FailedEntry(), "PutTargets")));
  }

  static Stream<Arguments> failuresOfDeletion() {
    return Stream.concat(
        failures(Creation.OPERATIONS_OF_DELETION),
        Stream.of(Arguments.of(new Effect.FailedEntry(), "RemoveTargets")));
  }

  private static Stream<Arguments> failures(List<String> operations) {
    return operations.stream()
        .flatMap(operation -> EFFECTS.stream().map(effect -> Arguments.of(effect, operation)));
  }

  private static List<String> operations(Simulation simulation, int skipped) {
    return simulation.aws().calls().stream()
        .skip(skipped)
        .map(call -> call.operation())
        .distinct()
        .sorted()
        .toList();
  }

  /** How often it struck. */
  private static int settleWith(Fault fault, Simulation simulation) {
    int struck;
    try (InjectedFault injected = simulation.aws().inject(fault)) {
      simulation.settle();
      struck = injected.struck();
      assertThat(struck).isPositive();
    }
    simulation.settle();
    return struck;
  }

  private static Map<String, String> resources(Simulation simulation) {
    return new TreeMap<>(AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources());
  }

  private static List<String> readiness(Simulation simulation) {
    return simulation.cluster().objects().stream()
        .filter(it -> it.getApiVersion().startsWith("eventbackbone.io/"))
        .map(Simulation::readiness)
        .distinct()
        .toList();
  }

  private static void deleteEverything(Simulation simulation) {
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.delete(EventType.class, "order-created");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.delete(ServiceAccountBus.class, "deliveries");
    simulation.delete(EventRoute.class, "fan-out");
    simulation.delete(EventBackbone.class, "main");
    List.of("backbone", "orders", "deliveries")
        .forEach(account -> simulation.delete(AwsAccount.class, account));
  }

  @AfterAll
  static void print() {
    System.out.printf("faults injected: %d one by one, %d old reads%n", faults, oldReads);
  }
}

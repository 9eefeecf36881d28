package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.RecordedCall;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When AWS is asked whether it still has what is wanted, and when that is known. */
class DriftCheckIT {

  private static final Set<Class<?>> PROGRAMMED =
      Set.of(EventBackbone.class, ServiceAccountBus.class, EventSubscription.class);

  private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void settle() {
    simulation.settle();
  }

  @AfterEach
  void leave() {
    simulation.close();
  }

  @Test
  void aWakeBetweenTwoChecksAsksAwsNothing() {
    assertThat(callsOf(this::reconcileEverything)).isEmpty();
  }

  @Test
  void theNextCheckAsksAgain() {
    assertThat(callsOf(simulation::settle)).isNotEmpty();
  }

  @Test
  void anotherProcessAsksAgain() {
    simulation.restart();
    assertThat(callsOf(this::reconcileEverything)).isNotEmpty();
  }

  @Test
  void aChangeConcernsThoseAloneThatWantSomethingElseByIt() {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {senderMatch: Source}}");
    assertThat(callsOf(this::reconcileEverything))
        .filteredOn(call -> call.operation().startsWith("Put"))
        .extracting(RecordedCall::operation)
        .containsExactly("PutRule", "PutRule");
  }

  @Test
  void aJoiningBusAsksForWhatCanBeThereAndWritesOnce() {
    simulation.apply(
        Simulation.account("billing 444444444444") + Simulation.bus("billing", "billing-service"));
    simulation.step(simulation.cluster().get(AwsAccount.class, "billing"));
    List<RecordedCall> calls =
        callsOf(
            () -> simulation.step(simulation.cluster().get(ServiceAccountBus.class, "billing")));
    assertThat(calls)
        .extracting(RecordedCall::operation)
        .containsExactlyInAnyOrder(
            "DescribeEventBus",
            "GetQueueUrl",
            "DescribeLogGroups",
            "DescribeRule",
            "CreateQueue",
            "CreateLogGroup",
            "PutRetentionPolicy",
            "PutResourcePolicy",
            "CreateEventBus",
            "PutPermission",
            "DescribeEventBus",
            "PutRule",
            "PutTargets",
            "PutRule",
            "PutTargets");
  }

  private void reconcileEverything() {
    List<HasMetadata> objects = simulation.cluster().objects();
    objects.stream().filter(it -> PROGRAMMED.contains(it.getClass())).forEach(simulation::step);
  }

  private List<RecordedCall> callsOf(Runnable action) {
    int before = simulation.aws().calls().size();
    action.run();
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size());
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.MessageTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a status tells of messages that nobody handles, and when. */
class DeliveringIT {

  private static final String FINE = "True Delivering";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  private final SqsClient queues = Account.of(simulation.aws(), "333333333333").queues();

  @BeforeEach
  void settle() {
    simulation.settle();
  }

  @Test
  void deadLettersAreToldUntilTheyAreRedriven() {
    assertThat(delivering("new-orders")).isEqualTo(FINE);
    queues.sendMessage(it -> it.queueUrl(deadLetters()).messageBody("{}"));
    simulation.settleWithoutChecks();
    assertThat(delivering("new-orders")).as("before the check").isEqualTo(FINE);

    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo("False DeadLetters");
    assertThat(message()).endsWith("kubectl backbone redrive deliveries/new-orders");
    assertThat(simulation.readiness(EventSubscription.class, "new-orders")).isEqualTo("True Ready");
    assertThat(delivering("delivery-updates")).isEqualTo(FINE);
    assertThat(totals()).isEqualTo(new MessageTotals(0, 0, 0, 1, 0));

    queues.purgeQueue(it -> it.queueUrl(deadLetters()));
    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo(FINE);
    assertThat(totals()).isEqualTo(MessageTotals.NONE);
  }

  @Test
  void theMessageStaysWhileTheReasonDoesThoughTheCountsChange() {
    queues.sendMessage(it -> it.queueUrl(deadLetters()).messageBody("{}"));
    simulation.settle();
    Condition before = condition("new-orders");
    queues.sendMessage(it -> it.queueUrl(deadLetters()).messageBody("{}"));
    simulation.restart();
    simulation.settle();
    assertThat(condition("new-orders")).isEqualTo(before);
    assertThat(subscription("new-orders").getStatus().messages().deadLetters()).isEqualTo(2);
  }

  /** The process remembers what it counted, and a new one counts again. */
  @Test
  void aLostStatusComesBack() {
    queues.sendMessage(it -> it.queueUrl(deadLetters()).messageBody("{}"));
    simulation.settle();
    String status = simulation.kubernetes().get("EventSubscription deliveries/new-orders");
    simulation.deleteStatuses();
    simulation.settleWithoutChecks();
    assertThat(simulation.kubernetes())
        .containsEntry("EventSubscription deliveries/new-orders", status);
    simulation.deleteStatuses();
    simulation.restart();
    simulation.settleWithoutChecks();
    assertThat(simulation.kubernetes())
        .containsEntry("EventSubscription deliveries/new-orders", status);
  }

  @Test
  void eventsThatABusCouldNotDeliverConcernItsSubscriptions() {
    String ofBus = bus().getStatus().deadLetterQueueUrl();
    queues.sendMessage(it -> it.queueUrl(ofBus).messageBody("{}"));
    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo("False Undelivered");
    assertThat(message())
        .contains("ServiceAccountBus deliveries/deliveries")
        .endsWith("kubectl backbone redrive deliveries/new-orders --delivery");
    assertThat(delivering("delivery-updates")).isEqualTo(FINE);
    assertThat(bus().getStatus().messages()).isEqualTo(new MessageTotals(0, 0, 0, 0, 1));
    assertThat(totals()).isEqualTo(new MessageTotals(0, 0, 0, 0, 1));
    assertThat(backbone().getStatus().unforwarded()).isZero();

    queues.purgeQueue(it -> it.queueUrl(ofBus));
    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo(FINE);
  }

  @Test
  void eventsThatTheGlobalBusCouldNotForwardAreInItsStatusAlone() {
    Account.of(simulation.aws(), "111111111111")
        .queues()
        .sendMessage(
            it -> it.queueUrl(backbone().getStatus().deadLetterQueueUrl()).messageBody("{}"));
    simulation.settle();
    assertThat(backbone().getStatus().unforwarded()).isEqualTo(1);
    assertThat(totals()).isEqualTo(new MessageTotals(0, 0, 0, 0, 1));
    assertThat(delivering("new-orders")).isEqualTo(FINE);
  }

  @Test
  void aRoleThatMayNotReadMetricsLosesNothingElse() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("GetMetricData"));
    queues.sendMessage(
        it -> it.queueUrl(subscription("new-orders").getStatus().queueUrl()).messageBody("{}"));
    assertThat(operationsOf(simulation::settle)).contains("GetMetricData");
    assertThat(delivering("new-orders")).isEqualTo(FINE);
    assertThat(simulation.readiness(EventSubscription.class, "new-orders")).isEqualTo("True Ready");
    assertThat(subscription("new-orders").getStatus().messages())
        .satisfies(it -> assertThat(it.waiting()).isEqualTo(1))
        .satisfies(it -> assertThat(it.oldest()).isEmpty());
  }

  /** AWS bills each metric. */
  @Test
  void emptyQueuesAreNotAskedAbout() {
    assertThat(operationsOf(simulation::settle)).doesNotContain("GetMetricData");
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("GetQueueAttributes"));
    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo("Unknown NotChecked");
    simulation.liftFaults();
    simulation.settle();
    assertThat(delivering("new-orders")).isEqualTo(FINE);
  }

  /** Its rule and queue stay, and no check for drift reads them. */
  @Test
  void aRefusedSubscriptionTellsNothing() {
    simulation.edit(
        EventSubscription.class, "new-orders", "{spec: {filter: {detailTypes: [wrong]}}}");
    simulation.settle();
    assertThat(subscription("new-orders").getStatus().countedMessages()).isEmpty();
    assertThat(subscription("new-orders").getStatus().condition(Conditions.DELIVERING)).isEmpty();
  }

  private List<String> operationsOf(Runnable action) {
    int before = simulation.aws().calls().size();
    action.run();
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size()).stream().map(RecordedCall::operation).toList();
  }

  private String deadLetters() {
    return subscription("new-orders").getStatus().deadLetterQueueUrl();
  }

  private String message() {
    return condition("new-orders").getMessage();
  }

  private String delivering(String subscription) {
    Condition condition = condition(subscription);
    return condition.getStatus() + " " + condition.getReason();
  }

  private Condition condition(String subscription) {
    return subscription(subscription).getStatus().condition(Conditions.DELIVERING).orElseThrow();
  }

  private EventSubscription subscription(String name) {
    return simulation.cluster().get(EventSubscription.class, name);
  }

  private ServiceAccountBus bus() {
    return simulation.cluster().get(ServiceAccountBus.class, "deliveries");
  }

  private EventBackbone backbone() {
    return simulation.cluster().get(EventBackbone.class, "main");
  }

  private MessageTotals totals() {
    return backbone().getStatus().messageTotals();
  }
}

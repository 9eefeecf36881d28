package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What deletion with Retain leaves in AWS, and who takes it back. */
class RetainIT {

  private static final String PLATFORM = "111111111111";
  private static final String DELIVERIES = "333333333333";
  private static final List<String> ACCOUNTS = List.of(PLATFORM, "222222222222", DELIVERIES);
  private static final String DEFAULTS =
      Simulation.ECOMMERCE.replace("  deletionPolicy: Delete\n", "");

  @AutoClose private final Simulation simulation = new Simulation(DEFAULTS);
  private final EventBridgeClient global = Account.of(simulation.aws(), PLATFORM).events();
  private final EventBridgeClient local = Account.of(simulation.aws(), DELIVERIES).events();
  private final SqsClient queues = Account.of(simulation.aws(), DELIVERIES).queues();
  private Map<String, String> made;

  @BeforeEach
  void settle() {
    simulation.settle();
    made = aws();
  }

  @Test
  void whatIsAppliedAgainTakesBackAllThatItHad() {
    String queue = queueOf("new-orders");
    queues.sendMessage(it -> it.queueUrl(queue).messageBody("kept"));
    deleteEverything();
    Map<String, String> released = aws();
    assertThat(released.keySet()).isEqualTo(made.keySet());
    assertThat(released.values()).noneMatch(it -> it.contains("event-backbone-operator,"));

    applyAgain();
    assertThat(aws()).isEqualTo(made);
    assertThat(queueOf("new-orders")).isEqualTo(queue);
    assertThat(queues.receiveMessage(it -> it.queueUrl(queue)).messages())
        .singleElement()
        .satisfies(it -> assertThat(it.body()).isEqualTo("kept"));
    assertTakenBack("EventBackbone platform/main", 5);
    assertTakenBack("ServiceAccountBus orders/orders", 5);
    assertTakenBack("EventSubscription deliveries/new-orders", 3);
    simulation.settle();
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .doesNotContain("took back", "DriftRepaired");
  }

  private void assertTakenBack(String object, int resources) {
    String text = "took back %d resources, released at 2026-11-25T00:00:00Z".formatted(resources);
    assertThat(simulation.kubernetes().get(object)).contains(text, "TakenBack");
    assertThat(simulation.events("TakenBack")).extracting(Event::getMessage).contains(text);
  }

  @Test
  void observeSaysWhatWouldBeTakenBackAndChangesNothing() {
    deleteEverything();
    Map<String, String> released = aws();
    simulation.apply(
        DEFAULTS.replace("region: eu-west-1", "region: eu-west-1\n  managementPolicy: Observe"));
    simulation.settle();
    assertThat(aws()).isEqualTo(released);
    assertThat(simulation.cluster().get(EventBackbone.class, "main").getStatus().plan())
        .anySatisfy(change -> {
          assertThat(change.action()).isEqualTo("TakeBack");
          assertThat(change.resource()).contains("EventBus global-bus");
        });
  }

  @Test
  void anObjectOfAnotherNameIsAConflict() {
    deleteEverything();
    Map<String, String> released = aws();
    simulation.apply(DEFAULTS.replace("name: main", "name: another"));
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "another"))
        .isEqualTo("False ResourceConflict");
    assertThat(simulation.kubernetes().get("EventBackbone platform/another"))
        .contains("was released by test/EventBackbone/platform/main", "adoptionPolicy to Adopt");
    assertThat(aws()).isEqualTo(released);
  }

  @Test
  void anObjectOfAnotherNamespaceIsAConflict() {
    deleteEverything();
    Map<String, String> released = aws();
    simulation.apply(DEFAULTS.replace("platform", "elsewhere"));
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main"))
        .isEqualTo("False ResourceConflict");
    assertThat(aws()).isEqualTo(released);
  }

  @Test
  void anotherClusterTakesItOverByAdoptAlone() {
    deleteEverything();
    Map<String, String> released = aws();
    simulation.restartAs("another");
    applyAgain();
    assertThat(simulation.readiness(EventBackbone.class, "main"))
        .isEqualTo("False ResourceConflict");
    assertThat(aws()).isEqualTo(released);

    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.settle();
    assertReady();
    assertThat(aws()).isEqualTo(ofCluster("another"));
    assertThat(simulation.events("TakenBack")).isEmpty();
  }

  private Map<String, String> ofCluster(String id) {
    Map<String, String> others = new TreeMap<>(made);
    others.replaceAll((name, text) -> text.replaceAll("\\btest/(?=[A-Z])", id + "/"));
    return others;
  }

  @Test
  void aRuleThatOthersExtendedIsAConflict() {
    deleteEverything();
    String elsewhere = "arn:aws:sqs:eu-west-1:111111111111:theirs";
    global.putTargets(it ->
        it.eventBusName("global-bus")
            .rule("globalToOrderService")
            .targets(Target.builder().id("theirs").arn(elsewhere).build()));
    Map<String, String> extended = aws();
    applyAgain();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False ResourceConflict");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("Rule global-bus/globalToOrderService", elsewhere);
    assertThat(aws())
        .containsEntry(
            "111111111111 rule global-bus/globalToOrderService",
            extended.get("111111111111 rule global-bus/globalToOrderService"));

    global.removeTargets(
        it -> it.eventBusName("global-bus").rule("globalToOrderService").ids("theirs"));
    simulation.settle();
    assertReady();
    assertThat(aws()).isEqualTo(made);
  }

  @Test
  void aRetentionThatWasRaisedByHandIsNotShortened() {
    String queue = queueOf("new-orders");
    deleteEverything();
    queues.setQueueAttributes(it ->
        it.queueUrl(queue)
            .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "864000")));
    applyAgain();
    assertThat(simulation.readiness(EventSubscription.class, "new-orders"))
        .isEqualTo("False ResourceConflict");
    assertThat(simulation.kubernetes().get("EventSubscription deliveries/new-orders"))
        .contains("would shorten its messageRetentionSeconds from 864000 to 345600");
    assertThat(retention(queue)).isEqualTo("864000");

    simulation.edit(EventSubscription.class, "new-orders", "{spec: {queue: {retentionDays: 10}}}");
    simulation.settle();
    assertReady();
    assertThat(retention(queue)).isEqualTo("864000");
  }

  private String retention(String queue) {
    return queues
        .getQueueAttributes(
            it -> it.queueUrl(queue).attributeNames(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
        .attributes()
        .get(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
  }

  /** What no route brings must not arrive, whoever made the rule. */
  @Test
  void aReleasedRuleThatNoRouteAsksForGoes() {
    deleteEverything();
    simulation.delete(EventRoute.class, "fan-out");
    simulation.apply(DEFAULTS.replaceAll("(?s)apiVersion: \\S+\nkind: EventRoute.*?---\n", ""));
    simulation.settle();
    assertThat(aws().keySet())
        .contains("222222222222 bus local-bus-order-service")
        .doesNotContain("111111111111 rule global-bus/globalToOrderService");
  }

  @Test
  void aReleasedRuleForwardsNothingToABusThatIsNoLongerAdmitted() {
    deleteEverything();
    simulation.edit(AwsAccount.class, "orders", "{spec: {allowedNamespaces: {from: None}}}");
    applyAgain();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False ReferenceNotAllowed");
    assertThat(aws().keySet())
        .contains("222222222222 bus local-bus-order-service")
        .doesNotContain("111111111111 rule global-bus/globalToOrderService");
    assertThat(aws().get("222222222222 bus local-bus-order-service")).contains("=released");
  }

  /** Events go on into the queues until the bus takes its rule back. */
  @Test
  void aReleasedRuleGoesOnForwardingToABusThatIsAppliedBeforeItsAccount() {
    deleteEverything();
    String released = aws().get("111111111111 rule global-bus/globalToOrderService");
    simulation.delete(AwsAccount.class, "orders");
    simulation.settle();
    simulation.apply(
        DEFAULTS.replaceAll(
            "(?s)apiVersion: \\S+\nkind: AwsAccount\nmetadata: \\{name: orders.*?---\n", ""));
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False ReferenceNotFound");
    assertThat(aws().get("111111111111 rule global-bus/globalToOrderService")).isEqualTo(released);
    applyAgain();
    assertReady();
    assertThat(aws()).isEqualTo(made);
  }

  @Test
  void whoDeletesASubscriptionHearsThatItsQueueFillsAndHowToStopIt() {
    String rule =
        simulation
            .cluster()
            .get(EventSubscription.class, "new-orders")
            .getStatus()
            .ruleArn()
            .replaceFirst(".*/", "");
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.settle();
    assertThat(simulation.events("RuleStaysEnabled"))
        .singleElement()
        .satisfies(it ->
            assertThat(it.getMessage())
                .contains(
                    "keeps each message for 4 days",
                    "in account 333333333333",
                    "aws events disable-rule --name %s --event-bus-name local-bus-delivery-service --region eu-west-1"
                        .formatted(rule),
                    "spec.suspend"));

    local.disableRule(it -> it.eventBusName("local-bus-delivery-service").name(rule));
    simulation.apply(DEFAULTS);
    simulation.settle();
    assertReady();
    assertThat(aws()).isEqualTo(made);
  }

  @Test
  void theQueueOfASuspendedSubscriptionDoesNotFill() {
    simulation.edit(EventSubscription.class, "new-orders", "{spec: {suspend: true}}");
    simulation.settle();
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.settle();
    assertThat(simulation.events("RuleStaysEnabled")).isEmpty();
  }

  @Test
  void whereDeleteIsAskedForNoQueueFills() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Delete}}");
    simulation.settle();
    simulation.delete(EventSubscription.class, "new-orders");
    simulation.settle();
    assertThat(simulation.events("RuleStaysEnabled")).isEmpty();
  }

  private void deleteEverything() {
    simulation.deleteEcommerce();
    simulation.settle();
  }

  private void applyAgain() {
    simulation.apply(DEFAULTS);
    simulation.settle();
  }

  private void assertReady() {
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "deliveries")).isEqualTo("True Ready");
    assertThat(simulation.readiness(EventSubscription.class, "new-orders")).isEqualTo("True Ready");
  }

  private String queueOf(String subscription) {
    return simulation.cluster().get(EventSubscription.class, subscription).getStatus().queueUrl();
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources();
  }
}

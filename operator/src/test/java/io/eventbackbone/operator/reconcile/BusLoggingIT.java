package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The log of what EventBridge does with a bus's events, from its first to its last call. */
class BusLoggingIT {

  private static final String PLATFORM = "111111111111";
  private static final String DELIVERIES = "333333333333";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final String LOG_GROUP = "/aws/vendedlogs/events/event-bus/global-bus";
  private static final String LOCAL_BUS = "local-bus-delivery-service";
  private static final String LOCAL_LOG_GROUP = "/aws/vendedlogs/events/event-bus/" + LOCAL_BUS;
  private static final String DESTINATION = "event-backbone-global-bus";
  private static final String OWNER = "eventbackbone.io/owner";
  private static final String OFF = "{spec: {logging: {level: None}}}";
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);
  private final CloudWatchLogsClient logs = Account.of(simulation.aws(), PLATFORM).logs();
  private final EventBridgeClient events = Account.of(simulation.aws(), PLATFORM).events();

  @ParameterizedTest
  @CsvSource({
    "Error, ERROR_LOGS",
    "Info, ERROR_LOGS INFO_LOGS",
    "Trace, ERROR_LOGS INFO_LOGS TRACE_LOGS"
  })
  void aLevelHasAllDeliveriesOfThoseBelowIt(String level, String logTypes) {
    log("{level: " + level + "}");
    assertThat(sources())
        .allMatch(it -> it.resourceArns().equals(List.of(BUS)))
        .allMatch(it -> it.tags().get(OWNER).equals("test/EventBackbone/platform/main"))
        .extracting(DeliverySource::logType)
        .containsExactlyInAnyOrder(logTypes.split(" "));
    assertThat(deliveries())
        .allMatch(it -> it.tags().containsKey(OWNER))
        .extracting(Delivery::deliverySourceName)
        .containsExactlyInAnyOrderElementsOf(sources().stream().map(DeliverySource::name).toList());
    assertThat(logConfig().levelAsString()).isEqualToIgnoringCase(level);
    assertThat(logConfig().includeDetailAsString()).isEqualTo("NONE");
    assertThat(backbone().getStatus().busLogGroupName()).isEqualTo(LOG_GROUP);
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void theLogHasAGroupWithRetentionAndOnePolicyWithTheAudits() {
    log("{level: Error, retentionDays: 30}");
    LogGroup group = logGroup(LOG_GROUP);
    assertThat(group.retentionInDays()).isEqualTo(30);
    assertThat(logs.describeResourcePolicies(it -> {}).resourcePolicies())
        .singleElement()
        .satisfies(policy ->
            assertThat(policy.policyDocument())
                .contains(
                    "log-group:/aws/events/global-bus:*",
                    "log-group:" + LOG_GROUP + ":log-stream:*",
                    "delivery-source:event-backbone-global-bus-error-logs",
                    "\"aws:SourceAccount\":\"111111111111\"")
                .doesNotContain("info-logs"));
  }

  @Test
  void theLogTellsWhyAnEventNeverCame() throws JsonProcessingException {
    simulation.edit(EventBackbone.class, "main", "{spec: {logging: {level: Error}}}");
    simulation.settle();
    Account account = Account.of(simulation.aws(), DELIVERIES);
    SqsClient queues = account.queues();
    String queue =
        simulation.cluster().get(EventSubscription.class, "new-orders").getStatus().queueUrl();
    queues.setQueueAttributes(
        it -> it.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, "")));
    Account.of(simulation.aws(), "222222222222")
        .events()
        .putEvents(it ->
            it.entries(
                PutEventsRequestEntry.builder()
                    .eventBusName(BUS)
                    .source("order-service")
                    .detailType("Order.Created")
                    .detail("{\"card\": 4111}")
                    .build()));

    CloudWatchLogsClient log = account.logs();
    await()
        .until(() ->
            log.filterLogEvents(
                    it -> it.logGroupName(LOCAL_LOG_GROUP).filterPattern("\"INVOCATION_DLQ\""))
                .hasEvents());
    List<FilteredLogEvent> records =
        log.filterLogEvents(
                it -> it.logGroupName(LOCAL_LOG_GROUP).filterPattern("\"INVOCATION_FAILURE\""))
            .events();
    assertThat(records).hasSize(1);
    JsonNode failure = JSON.readTree(records.get(0).message());
    assertThat(failure.at("/details/target_arn").textValue()).contains(":333333333333:new-orders-");
    assertThat(failure.at("/details/final_invocation_status").textValue())
        .isEqualTo("NO_PERMISSIONS");
    assertThat(failure.at("/error/error_message").textValue()).isNotBlank();
    assertThat(failure.toString()).doesNotContain("4111");
  }

  @Test
  void aLocalBusLogsAsItsBackboneUnlessItSaysOtherwise() {
    simulation.edit(
        EventBackbone.class,
        "main",
        "{spec: {logging: {level: Info, includeDetail: Full, logGroupName: /global/log}}}");
    simulation.edit(ServiceAccountBus.class, "orders", OFF);
    simulation.settle();
    LogConfig local =
        Account.of(simulation.aws(), DELIVERIES)
            .events()
            .describeEventBus(it -> it.name(LOCAL_BUS))
            .logConfig();
    assertThat(local.levelAsString()).isEqualTo("INFO");
    assertThat(local.includeDetailAsString()).isEqualTo("FULL");
    assertThat(bus("deliveries").getStatus().busLogGroupName()).isEqualTo(LOCAL_LOG_GROUP);
    assertThat(backbone().getStatus().busLogGroupName()).isEqualTo("/global/log");

    Account orders = Account.of(simulation.aws(), "222222222222");
    assertThat(orders.logs().describeDeliverySources(it -> {}).deliverySources()).isEmpty();
    assertThat(bus("orders").getStatus().busLogGroupName()).isNull();
  }

  @Test
  void aLowerLevelTakesAwayWhatItDoesNotNeed() {
    log("{level: Trace, includeDetail: Full}");
    log("{level: Error, includeDetail: None}");
    assertThat(sources()).extracting(DeliverySource::logType).containsExactly("ERROR_LOGS");
    assertThat(deliveries()).hasSize(1);
    assertThat(logConfig().level()).isEqualTo(Level.ERROR);
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void whatOthersChangedIsRepaired() {
    log("{level: Info}");
    logs.deleteDelivery(it -> it.id(deliveries().get(0).id()));
    events.updateEventBus(it -> it.name("global-bus").logConfig(log -> log.level(Level.TRACE)));
    logs.createLogGroup(it -> it.logGroupName("/elsewhere"));
    logs.putDeliveryDestination(it ->
        it.name(DESTINATION)
            .deliveryDestinationConfiguration(to ->
                to.destinationResourceArn(
                    "arn:aws:logs:eu-west-1:111111111111:log-group:/elsewhere")));
    simulation.settle();

    assertThat(deliveries()).hasSize(2);
    assertThat(logConfig().level()).isEqualTo(Level.INFO);
    assertThat(
            logs.getDeliveryDestination(it -> it.name(DESTINATION))
                .deliveryDestination()
                .deliveryDestinationConfiguration()
                .destinationResourceArn())
        .endsWith(LOG_GROUP);
    assertThat(condition(Conditions.IN_SYNC).getMessage())
        .contains("logConfig.level TRACE → INFO", "Delivery event-backbone-global-bus-");
  }

  @Test
  void switchedOffItGoesAndItsRecordsStay() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    log("{level: Trace}");
    log("{level: None}");
    assertThat(sources()).isEmpty();
    assertThat(deliveries()).isEmpty();
    assertThat(logs.describeDeliveryDestinations(it -> {}).deliveryDestinations()).isEmpty();
    assertThat(logConfig().level()).isEqualTo(Level.OFF);
    assertThat(logGroup(LOG_GROUP)).isNotNull();
    assertThat(backbone().getStatus().busLogGroupName()).isEqualTo(LOG_GROUP);
    assertThat(logs.describeResourcePolicies(it -> {}).resourcePolicies().get(0).policyDocument())
        .doesNotContain("delivery-source");
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(deliveryCallsOfNextCheck()).isEmpty();
  }

  @Test
  void switchedOffItsRecordsGoWhereDeleteIsAskedFor() {
    log("{level: Error}");
    log("{level: None}");
    assertThat(sources()).isEmpty();
    assertThat(logGroups(LOG_GROUP)).isEmpty();
    assertThat(backbone().getStatus().busLogGroupName()).isNull();
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void neverSwitchedOnNothingIsAsked() {
    simulation.settle();
    simulation.restart();
    simulation.settle();
    deleteEverything();
    assertThat(simulation.aws().calls())
        .noneMatch(BusLoggingIT::isOfDelivery)
        .noneMatch(call -> call.operation().equals("UpdateEventBus"));
    assertThat(
            simulation.aws().calls().stream().filter(it -> it.operation().equals("CreateLogGroup")))
        .hasSize(3);
  }

  @Test
  void aCheckMakesACallForEachSourceAndOneForEachOfTheOthers() {
    log("{level: Info}");
    assertThat(deliveryCallsOfNextCheck())
        .containsExactlyInAnyOrder(
            "GetDeliverySource",
            "GetDeliverySource",
            "GetDeliveryDestination",
            "DescribeDeliveries");
  }

  @Test
  void anotherProcessFindsWhatIsToGo() {
    log("{level: Trace}");
    simulation.restart();
    log("{level: None}");
    assertThat(sources()).isEmpty();
    assertThat(deliveries()).isEmpty();
  }

  /** A backup may be restored without statuses: what is tagged as the owner's tells of the log. */
  @ParameterizedTest
  @ValueSource(strings = {"Delete", "Retain"})
  void aLogWhoseStatusIsLostIsSwitchedOff(String deletionPolicy) {
    simulation.edit(
        EventBackbone.class, "main", "{spec: {deletionPolicy: " + deletionPolicy + "}}");
    log("{level: Error}");
    simulation.edit(EventBackbone.class, "main", "{status: null, spec: {logging: null}}");
    simulation.restart();
    simulation.settle();
    assertThat(logConfig().level()).isEqualTo(Level.OFF);
    assertThat(sources()).isEmpty();
    assertThat(deliveries()).isEmpty();
    boolean isKept = deletionPolicy.equals("Retain");
    assertThat(logGroups(LOG_GROUP)).hasSize(isKept ? 1 : 0);
    assertThat(backbone().getStatus().busLogGroupName()).isEqualTo(isKept ? LOG_GROUP : null);
    assertThat(readiness()).isEqualTo("True Ready");
  }

  /** By the right AWS tells, once the level is raised, that the operator raised it. */
  @Test
  void theRightToDeliverTheLogComesBeforeItsLevelAndGoesAfterIt() {
    simulation.edit(EventBackbone.class, "main", "{spec: {audit: {enabled: false}}}");
    simulation.settle();
    Power power = Power.steady();
    power.turnOn();
    log("{level: Error}");
    assertThat(power.writes()).containsSubsequence("PutResourcePolicy", "UpdateEventBus");
    power = Power.steady();
    power.turnOn();
    log("null");
    assertThat(power.writes()).containsSubsequence("UpdateEventBus", "DeleteResourcePolicy");
    Power.steady().turnOn();
  }

  @Test
  void withoutTheRightItIsSwitchedOffAgain() {
    simulation.settle();
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("PutDeliverySource"));
    tryToLog("{level: Error}");
    assertThat(readiness()).isEqualTo("False AccessDenied");
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("add the action to the permissions of");

    log("{level: None}");
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(logs.describeDeliveryDestinations(it -> {}).deliveryDestinations()).isEmpty();
    assertThat(logGroups(LOG_GROUP)).isEmpty();
  }

  @Test
  void somebodyElsesSourceIsAConflictOrTakenOver() {
    simulation.settle();
    String name = "event-backbone-global-bus-error-logs";
    logs.putDeliverySource(
        it -> it.name(name).resourceArn(BUS).logType("ERROR_LOGS").tags(Map.of("team", "x")));
    log("{level: Error}");
    assertThat(readiness()).isEqualTo("False ResourceConflict");
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("DeliverySource " + name, "was not made by this operator");

    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(sources())
        .singleElement()
        .satisfies(it -> assertThat(it.tags()).containsKeys("team", OWNER));
  }

  @Test
  void somebodyElsesDeliveryOfTheOwnersSourceIsTakenOverAndSentElsewhere() {
    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    log("{level: Error}");
    Delivery ours = deliveries().get(0);
    logs.deleteDelivery(it -> it.id(ours.id()));
    logs.createLogGroup(it -> it.logGroupName("/elsewhere"));
    String elsewhere =
        logs.putDeliveryDestination(it ->
                it.name("elsewhere")
                    .deliveryDestinationConfiguration(to ->
                        to.destinationResourceArn(
                            "arn:aws:logs:eu-west-1:111111111111:log-group:/elsewhere")))
            .deliveryDestination()
            .arn();
    logs.createDelivery(
        it -> it.deliverySourceName(ours.deliverySourceName()).deliveryDestinationArn(elsewhere));
    simulation.settle();
    assertThat(deliveries())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.deliveryDestinationArn()).isEqualTo(ours.deliveryDestinationArn());
          assertThat(it.tags()).isEqualTo(ours.tags());
        });
  }

  @Test
  void aLogThatSomebodyElseHasDeliveredIsAConflict() {
    simulation.settle();
    logs.putDeliverySource(it -> it.name("by-hand").resourceArn(BUS).logType("ERROR_LOGS"));
    tryToLog("{level: Error}");
    assertThat(readiness()).isEqualTo("False ResourceConflict");
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("delete that delivery source");
  }

  @Test
  void observedItIsPlannedAlone() {
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", "{spec: {managementPolicy: Observe}}");
    log("{level: Error}");
    assertThat(sources()).isEmpty();
    assertThat(backbone().getStatus().busLogGroupName()).isNull();
    assertThat(backbone().getStatus().plan().toString())
        .contains("logConfig.level", "DeliverySource", "DeliveryDestination", LOG_GROUP);
  }

  @Test
  void bothLogsMayShareAGroup() {
    log("{level: Error, logGroupName: /aws/events/global-bus, retentionDays: 30}");
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(logGroup("/aws/events/global-bus").retentionInDays()).isEqualTo(30);
    simulation.edit(EventBackbone.class, "main", "{spec: {audit: {retentionDays: 14}}}");
    simulation.settle();
    assertThat(logGroup("/aws/events/global-bus").retentionInDays()).isEqualTo(14);
    log("{level: None}");
    assertThat(logGroup("/aws/events/global-bus")).isNotNull();
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void deletedWithItsBackboneNothingIsLeft() {
    log("{level: Trace}");
    deleteEverything();
    assertThat(sources()).isEmpty();
    assertThat(deliveries()).isEmpty();
    assertThat(logs.describeDeliveryDestinations(it -> {}).deliveryDestinations()).isEmpty();
    assertThat(logs.describeLogGroups(it -> {}).logGroups()).isEmpty();
    assertThat(logs.describeResourcePolicies(it -> {}).resourcePolicies()).isEmpty();
    assertThat(events.listEventBuses(it -> {}).eventBuses())
        .extracting(EventBus::name)
        .containsExactly("default");
  }

  @Test
  void retainedItGoesOnAndIsMarkedAsReleased() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    log("{level: Info}");
    deleteEverything();
    assertThat(logConfig().level()).isEqualTo(Level.INFO);
    assertThat(sources()).hasSize(2).allMatch(it -> isReleased(it.tags()));
    assertThat(deliveries()).hasSize(2).allMatch(it -> isReleased(it.tags()));
    assertThat(
            logs.listTagsForResource(it -> it.resourceArn(logGroup(LOG_GROUP).logGroupArn()))
                .tags())
        .matches(BusLoggingIT::isReleased);
  }

  @Test
  void recordsThatAreLeftAreMarkedAsReleasedWhenTheBackboneGoes() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    log("{level: Info}");
    log("{level: None}");
    deleteEverything();
    assertThat(
            logs.listTagsForResource(it -> it.resourceArn(logGroup(LOG_GROUP).logGroupArn()))
                .tags())
        .matches(BusLoggingIT::isReleased);
  }

  private static boolean isReleased(Map<String, String> tags) {
    return tags.get("eventbackbone.io/managed-by").startsWith("released ");
  }

  private void log(String logging) {
    simulation.edit(EventBackbone.class, "main", "{spec: {logging: " + logging + "}}");
    simulation.settle();
  }

  /** What AWS refuses is tried again at every round, so that nothing settles. */
  private void tryToLog(String logging) {
    simulation.edit(EventBackbone.class, "main", "{spec: {logging: " + logging + "}}");
    simulation.reconcileAll();
    simulation.reconcileAll();
  }

  private void deleteEverything() {
    simulation.deleteEcommerce();
    simulation.settle();
  }

  /** In the backbone's account. */
  private List<String> deliveryCallsOfNextCheck() {
    int before = simulation.aws().calls().size();
    simulation.settle();
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size()).stream()
        .filter(call -> call.accountId().equals(PLATFORM))
        .filter((Predicate<RecordedCall>) BusLoggingIT::isOfDelivery)
        .map(RecordedCall::operation)
        .toList();
  }

  private static boolean isOfDelivery(RecordedCall call) {
    return call.service().equals("logs") && call.operation().contains("Deliver");
  }

  private List<DeliverySource> sources() {
    return logs.describeDeliverySources(it -> {}).deliverySources();
  }

  private List<Delivery> deliveries() {
    return logs.describeDeliveries(it -> {}).deliveries();
  }

  private List<LogGroup> logGroups(String name) {
    return logs.describeLogGroups(it -> it.logGroupNamePrefix(name)).logGroups();
  }

  private LogGroup logGroup(String name) {
    return logGroups(name).get(0);
  }

  private LogConfig logConfig() {
    return events.describeEventBus(it -> it.name("global-bus")).logConfig();
  }

  private EventBackbone backbone() {
    return simulation.cluster().get(EventBackbone.class, "main");
  }

  private ServiceAccountBus bus(String name) {
    return simulation.cluster().get(ServiceAccountBus.class, name);
  }

  private String readiness() {
    return simulation.readiness(EventBackbone.class, "main");
  }

  private Condition condition(String type) {
    return backbone().getStatus().condition(type).orElseThrow();
  }
}

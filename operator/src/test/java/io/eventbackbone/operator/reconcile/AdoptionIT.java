package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.IncludeDetail;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A backbone that was made by the CDK example of this pattern, and what becomes of it. */
class AdoptionIT {

  private static final String PLATFORM = "111111111111";
  private static final String ORDERS = "222222222222";
  private static final List<String> ACCOUNTS = List.of(PLATFORM, ORDERS, "333333333333");
  private static final String DESCRIPTION = "made by CDK";
  private static final String LOCAL_BUS = "local-bus-order-service";
  private static final String AUDIT_LOG = "/aws/events/global-bus";
  private static final String KEY = "alias/by-hand";
  private static final String DEAD_LETTERS = "arn:aws:sqs:eu-west-1:111111111111:by-hand";
  private static final LogConfig LOG =
      LogConfig.builder().level(Level.INFO).includeDetail(IncludeDetail.FULL).build();
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder().maximumRetryAttempts(3).maximumEventAgeInSeconds(600).build();

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);
  private final EventBridgeClient global = Account.of(simulation.aws(), PLATFORM).events();
  private final EventBridgeClient local = Account.of(simulation.aws(), ORDERS).events();

  @BeforeEach
  void makeByCdk() {
    global.createEventBus(it -> it.name("global-bus"));
    global.putPermission(it ->
        it.eventBusName("global-bus")
            .policy(statement("global-bus-policy-stmt", ORDERS, PLATFORM, "global-bus")));
    rule(
        global,
        "global-bus",
        "globalToOrderService",
        "{\"source\":[{\"anything-but\":[\"order-service\"]}]}",
        Target.builder()
            .id("Target0")
            .arn("arn:aws:events:eu-west-1:222222222222:event-bus/local-bus-order-service")
            .roleArn("arn:aws:iam::111111111111:role/made-by-cdk")
            .build());
    local.createEventBus(it -> it.name("local-bus-order-service"));
    local.putPermission(it ->
        it.eventBusName("local-bus-order-service")
            .policy(
                statement(
                    "local-bus-policy-stmt-order-service",
                    PLATFORM,
                    ORDERS,
                    "local-bus-order-service")));
    CloudWatchLogsClient logs = Account.of(simulation.aws(), ORDERS).logs();
    logs.createLogGroup(it -> it.logGroupName("/aws/events/local-bus-order-service"));
    logs.putRetentionPolicy(
        it -> it.logGroupName("/aws/events/local-bus-order-service").retentionInDays(7));
    rule(
        local,
        "local-bus-order-service",
        "local-logging",
        "{\"source\":[{\"prefix\":\"\"}]}",
        Target.builder()
            .id("Target0")
            .arn(
                "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/events/local-bus-order-service")
            .retryPolicy(RETRIES)
            .build());
  }

  @Test
  void adoptTakesOverInPlaceAndKeepsWhatTheSpecDoesNotName() {
    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    Power power = Power.steady();
    power.turnOn();
    simulation.settle();

    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(power.writes()).noneMatch(it -> it.matches("Delete.*|Remove.*|Disable.*"));
    Map<String, String> owned = AwsSnapshot.of(simulation.aws(), ACCOUNTS).owned();
    assertThat(owned)
        .containsKeys(
            "111111111111 bus global-bus",
            "111111111111 rule global-bus/globalToOrderService",
            "222222222222 bus local-bus-order-service",
            "222222222222 rule local-bus-order-service/local-logging",
            "222222222222 log group /aws/events/local-bus-order-service");
    assertThat(policy(global, "global-bus"))
        .contains("global-bus-policy-stmt", "event-backbone-publishers");
    assertThat(policy(local, "local-bus-order-service"))
        .contains("local-bus-policy-stmt-order-service", "event-backbone-global-bus");
    Rule forwarding = rule(global, "global-bus", "globalToOrderService");
    assertThat(forwarding.description()).isEqualTo(DESCRIPTION);
    assertThat(forwarding.eventPattern())
        .isEqualTo("{\"account\":[{\"anything-but\":[\"222222222222\"]}]}");
    assertThat(target(global, "global-bus", "globalToOrderService").roleArn())
        .endsWith("role/event-backbone-forwarding");
    assertThat(target(local, "local-bus-order-service", "local-logging"))
        .satisfies(it -> assertThat(it.retryPolicy()).isEqualTo(RETRIES))
        .satisfies(it -> assertThat(it.deadLetterConfig()).isNotNull());
  }

  @Test
  void failNamesTheConflictAndTouchesNothing() {
    Map<String, String> before = AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources();
    simulation.settle();

    assertThat(simulation.readiness(EventBackbone.class, "main"))
        .isEqualTo("False ResourceConflict");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .contains("EventBus global-bus", "was not made by this operator", "Adopt");
    assertThat(AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources()).containsAllEntriesOf(before);
  }

  /** Set by hand or by Terraform; of what delivers a log, by any name, the owner's alone goes. */
  @Test
  void aBusKeepsWhatTheSpecDoesNotName() {
    setByHand();
    Map<String, Settings> before = settings();
    CloudWatchLogsClient logs = Account.of(simulation.aws(), ORDERS).logs();
    logs.putDeliverySource(it ->
        it.name("by-hand")
            .resourceArn("arn:aws:events:eu-west-1:222222222222:event-bus/" + LOCAL_BUS)
            .logType("ERROR_LOGS"));
    logs.createLogGroup(it -> it.logGroupName("/aws/vendedlogs/events/event-bus/" + LOCAL_BUS));
    adopt("{spec: {adoptionPolicy: Adopt}}");
    assertThat(settings()).isEqualTo(before);
    simulation.settle();
    assertThat(settings()).isEqualTo(before);
    simulation.restart();
    simulation.settle();
    assertThat(settings()).isEqualTo(before);
    assertThat(logs.describeDeliverySources(it -> {}).deliverySources())
        .singleElement()
        .satisfies(it -> assertThat(it.hasTags()).isFalse());
    assertThat(logs.describeLogGroups(it -> it.logGroupNamePrefix("/aws/vendedlogs/")).logGroups())
        .hasSize(1);
  }

  @Test
  void aLogThatIsNamedOffIsSwitchedOffAndNothingElse() {
    setByHand();
    adopt("{spec: {adoptionPolicy: Adopt, logging: {level: None}}}");
    LogConfig off = LogConfig.builder().level(Level.OFF).includeDetail(IncludeDetail.NONE).build();
    assertThat(settings().values())
        .allMatch(new Settings(DESCRIPTION, KEY, DEAD_LETTERS, off)::equals);
  }

  @Test
  void aKeyThatIsNamedIsSetAndNothingElse() {
    setByHand();
    adopt("{spec: {adoptionPolicy: Adopt, encryption: {kmsKeyIdentifier: alias/events}}}");
    assertThat(settings().values())
        .allMatch(new Settings(DESCRIPTION, "alias/events", DEAD_LETTERS, LOG)::equals);
    simulation.edit(EventBackbone.class, "main", "{spec: {encryption: null}}");
    simulation.settle();
    assertThat(settings().values())
        .allMatch(new Settings(DESCRIPTION, null, DEAD_LETTERS, LOG)::equals);
  }

  /** What could not be set yet, since the bus was somebody's, was never the operator's. */
  @Test
  void whatWasNamedBeforeTheBusWasTakenOverIsForgotten() {
    setByHand();
    Map<String, Settings> before = settings();
    simulation.edit(
        EventBackbone.class,
        "main",
        "{spec: {logging: {level: Error}, encryption: {kmsKeyIdentifier: alias/events}}}");
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main"))
        .isEqualTo("False ResourceConflict");
    adopt("{spec: {adoptionPolicy: Adopt, logging: null, encryption: null}}");
    assertThat(settings()).isEqualTo(before);
  }

  /** To shorten a retention destroys what was logged, so nobody's silence is taken for it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3653})
  void aLogGroupKeepsTheRetentionThatNoSpecNames(int days) {
    CloudWatchLogsClient logs = Account.of(simulation.aws(), PLATFORM).logs();
    logs.createLogGroup(it -> it.logGroupName(AUDIT_LOG));
    if (days > 0) {
      logs.putRetentionPolicy(it -> it.logGroupName(AUDIT_LOG).retentionInDays(days));
    }
    adopt("{spec: {adoptionPolicy: Adopt}}");
    assertThat(retention(AUDIT_LOG)).isEqualTo(days);
    simulation.restart();
    simulation.settle();
    assertThat(retention(AUDIT_LOG)).isEqualTo(days);
    simulation.edit(EventBackbone.class, "main", "{spec: {audit: {retentionDays: 30}}}");
    simulation.settle();
    assertThat(retention(AUDIT_LOG)).isEqualTo(30);
    simulation.edit(EventBackbone.class, "main", "{spec: {audit: null}}");
    simulation.settle();
    assertThat(retention(AUDIT_LOG)).as("not named any more").isEqualTo(30);
  }

  /** Switched off and on again, or whose rule somebody deletes. */
  @Test
  void aLogGroupThatNeverExpiresAndHasEventsStaysSoWhateverBecomesOfItsRule() {
    CloudWatchLogsClient logs = Account.of(simulation.aws(), PLATFORM).logs();
    logs.createLogGroup(it -> it.logGroupName(AUDIT_LOG));
    logs.createLogStream(it -> it.logGroupName(AUDIT_LOG).logStreamName("old"));
    logs.putLogEvents(it ->
        it.logGroupName(AUDIT_LOG)
            .logStreamName("old")
            .logEvents(
                InputLogEvent.builder()
                    .timestamp(System.currentTimeMillis())
                    .message("of great value")
                    .build()));
    adopt("{spec: {adoptionPolicy: Adopt, deletionPolicy: Retain}}");
    simulation.edit(EventBackbone.class, "main", "{spec: {audit: {enabled: false}}}");
    simulation.settle();
    adopt("{spec: {audit: {enabled: true}}}");
    assertThat(retention(AUDIT_LOG)).isZero();
    global.removeTargets(it -> it.eventBusName("global-bus").rule("global-logging").ids("Target0"));
    global.deleteRule(it -> it.eventBusName("global-bus").name("global-logging"));
    adopt("{}");
    assertThat(retention(AUDIT_LOG)).isZero();
  }

  @Test
  void aRuleWithATargetOfSomebodyIsAConflict() {
    String elsewhere = "arn:aws:sqs:eu-west-1:222222222222:to-s3";
    local.putTargets(it ->
        it.eventBusName(LOCAL_BUS)
            .rule("local-logging")
            .targets(Target.builder().id("to-s3").arn(elsewhere).build()));
    Map<String, String> before = AwsSnapshot.of(simulation.aws(), List.of(ORDERS)).resources();
    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False ResourceConflict");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("Rule local-bus-order-service/local-logging", elsewhere, "a rule of their own");
    assertThat(AwsSnapshot.of(simulation.aws(), List.of(ORDERS)).resources()).isEqualTo(before);

    local.removeTargets(it -> it.eventBusName(LOCAL_BUS).rule("local-logging").ids("to-s3"));
    adopt("{}");
  }

  /** The CDK example gives them ids of its own. */
  @Test
  void aTargetOfAnotherIdThatGoesToTheSamePlaceIsReplaced() {
    Target there = target(local, LOCAL_BUS, "local-logging");
    local.putTargets(it ->
        it.eventBusName(LOCAL_BUS)
            .rule("local-logging")
            .targets(there.toBuilder().id("LogGroup").build()));
    local.removeTargets(it -> it.eventBusName(LOCAL_BUS).rule("local-logging").ids("Target0"));
    adopt("{spec: {adoptionPolicy: Adopt}}");
    assertThat(
            local
                .listTargetsByRule(it -> it.eventBusName(LOCAL_BUS).rule("local-logging"))
                .targets())
        .extracting(Target::id)
        .containsExactly("Target0");
  }

  /** A function of more than thirty seconds that takes from it needs more. */
  @Test
  void aDeadLetterQueueKeepsItsVisibilityTimeoutAndItsRedrive() {
    SqsClient queues = Account.of(simulation.aws(), ORDERS).queues();
    queues.createQueue(it -> it.queueName("given-up"));
    Map<QueueAttributeName, String> byHand =
        Map.of(
            QueueAttributeName.VISIBILITY_TIMEOUT,
            "120",
            QueueAttributeName.REDRIVE_POLICY,
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:222222222222:given-up\",\"maxReceiveCount\":3}");
    String ofBus =
        queues.createQueue(it -> it.queueName(LOCAL_BUS + "-dlq").attributes(byHand)).queueUrl();
    adopt("{spec: {adoptionPolicy: Adopt}}");
    String ofSubscription =
        simulation
            .cluster()
            .get(EventSubscription.class, "delivery-updates")
            .getStatus()
            .deadLetterQueueUrl();
    queues.setQueueAttributes(it -> it.queueUrl(ofSubscription).attributes(byHand));
    adopt("{}");
    for (String url : List.of(ofBus, ofSubscription)) {
      Map<QueueAttributeName, String> there =
          queues
              .getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(there)
          .containsAllEntriesOf(byHand)
          .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");
    }
  }

  /** Zero: never expires. */
  private int retention(String logGroup) {
    return Optional.ofNullable(
            Account.of(simulation.aws(), PLATFORM)
                .logs()
                .describeLogGroups(it -> it.logGroupNamePrefix(logGroup))
                .logGroups()
                .get(0)
                .retentionInDays())
        .orElse(0);
  }

  private void adopt(String edit) {
    simulation.edit(EventBackbone.class, "main", edit);
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
  }

  /** Attributes of a bus that the operator may set, and others. */
  private record Settings(String description, String key, String deadLetters, LogConfig log) {

    static Settings of(DescribeEventBusResponse bus) {
      return new Settings(
          bus.description(), bus.kmsKeyIdentifier(), bus.deadLetterConfig().arn(), bus.logConfig());
    }
  }

  private Map<String, Settings> settings() {
    return Map.of(
        "global-bus",
        Settings.of(global.describeEventBus(it -> it.name("global-bus"))),
        LOCAL_BUS,
        Settings.of(local.describeEventBus(it -> it.name(LOCAL_BUS))));
  }

  private void setByHand() {
    setByHand(global, "global-bus");
    setByHand(local, LOCAL_BUS);
  }

  private static void setByHand(EventBridgeClient events, String bus) {
    events.updateEventBus(it ->
        it.name(bus)
            .description(DESCRIPTION)
            .kmsKeyIdentifier(KEY)
            .deadLetterConfig(queue -> queue.arn(DEAD_LETTERS))
            .logConfig(LOG));
  }

  private static void rule(
      EventBridgeClient events, String bus, String name, String pattern, Target target) {
    events.putRule(
        it -> it.eventBusName(bus).name(name).eventPattern(pattern).description(DESCRIPTION));
    events.putTargets(it -> it.eventBusName(bus).rule(name).targets(target));
  }

  private static Rule rule(EventBridgeClient events, String bus, String name) {
    return events.listRules(it -> it.eventBusName(bus).namePrefix(name)).rules().get(0);
  }

  private static Target target(EventBridgeClient events, String bus, String rule) {
    return events.listTargetsByRule(it -> it.eventBusName(bus).rule(rule)).targets().get(0);
  }

  private static String policy(EventBridgeClient events, String bus) {
    DescribeEventBusResponse described = events.describeEventBus(it -> it.name(bus));
    return described.policy();
  }

  private static String statement(String sid, String principal, String account, String bus) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Sid": "%s", "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::%s:root"}, "Action": "events:PutEvents",
      "Resource": "arn:aws:events:eu-west-1:%s:event-bus/%s"}]}
    """
        .formatted(sid, principal, account, bus);
  }
}

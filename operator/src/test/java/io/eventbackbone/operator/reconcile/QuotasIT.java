package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.eventbridge.RuleQuotas;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** What a full bus means for those who are on it, and for those who are not. */
class QuotasIT {

  private static final String ROOM_FOR_ONE = "{spec: {quotas: {eventBusPolicyCharacters: 260}}}";
  private static final String ROOM_FOR_TWO = "{spec: {quotas: {eventBusPolicyCharacters: 293}}}";
  private static final String LONG_FILTER =
      IntStream.range(0, 150)
          .mapToObj("Order.Created%09d"::formatted)
          .collect(Collectors.joining(", ", "{spec: {filter: {detailTypes: [", "]}}}"));
  private static final String AS_AWS_HAS_IT = "{spec: {quotas: null}}";

  private static final String THEIR_POLICY =
      """
      {"Statement": {"Effect": "Allow", "Principal": {"Service": "route53.amazonaws.com"},
       "Action": "logs:PutLogEvents", "Resource": "*"}}
      """;

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

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
  void whoLeavesMayNotPublishAnyMoreWhileThePolicyIsHeld() {
    simulation.apply(
        Simulation.account("billing", "444444444444")
            + Simulation.bus("billing", "billing-service"));
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", ROOM_FOR_ONE);
    simulation.settle();
    simulation.edit(AwsAccount.class, "billing", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("False QuotaExceeded");
    assertThat(policy()).contains("222222222222", "333333333333").doesNotContain("444444444444");
  }

  @Test
  void beforeThePolicyIsFullTheBackboneSaysSo() {
    simulation.edit(AwsAccount.class, "backbone", ROOM_FOR_TWO);
    simulation.settle();
    String warning =
        "0 more accounts fit into the policy of bus global-bus: before others join, set publishers.mode to Organization";
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main")).contains(warning);
    assertThat(simulation.events("QuotaNearlyExceeded"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getType()).isEqualTo("Warning");
          assertThat(event.getMessage()).startsWith(warning);
          assertThat(event.getInvolvedObject().getKind()).isEqualTo("EventBackbone");
        });
  }

  @Test
  void aRuleMoreThanTheQuotaIsNotTried() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 4}}}");
    simulation.settle();
    simulation.apply(
        Simulation.account("billing", "444444444444")
            + Simulation.bus("billing", "billing-service"));
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
        .putPermission(it ->
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

  @Test
  void rulesOfOthersOnAnAdoptedBusCount() {
    EventBridgeClient events = Account.of(simulation.aws(), "111111111111").events();
    events.createEventBus(it -> it.name("global-bus"));
    putRules(events, 8);
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 10}}}");
    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.settle();
    assertThat(backbone())
        .contains("\"othersRules\":8", "\"rules\":{\"used\":10,\"limit\":10}")
        .contains("bus global-bus has 10 of the 10 rules", "a second EventBackbone");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False QuotaExceeded");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("10 of the 10 rules that AWS allows it, 8 of which are others'");

    for (int number = 1; number <= 8; number++) {
      String name = "theirs-" + number;
      events.deleteRule(it -> it.eventBusName("global-bus").name(name));
    }
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
    assertThat(backbone())
        .contains("\"rules\":{\"used\":4,\"limit\":10}")
        .doesNotContain("othersRules", "10 rules that AWS allows it");
  }

  @Test
  void rulesThatCameAfterwardsCountFromTheNextCheckOn() {
    simulation.settle();
    putRules(Account.of(simulation.aws(), "111111111111").events(), 3);
    assertThat(backbone()).contains("\"rules\":{\"used\":4,\"limit\":300}");
    simulation.settle();
    assertThat(backbone()).contains("\"rules\":{\"used\":7,\"limit\":300}");
    simulation.restart();
    simulation.settleWithoutChecks();
    assertThat(backbone()).contains("\"rules\":{\"used\":7,\"limit\":300}");
  }

  @Test
  void aRuleThatAwsRefusedIsNotOneThatIsThere() throws IOException {
    try (Simulation full = new Simulation(sandbox(4), Simulation.ECOMMERCE)) {
      full.edit(
          EventRoute.class,
          "fan-out",
          "{spec: {to: {type: Selected, busSelector: {matchLabels: {team: none}}}}}");
      full.settle();
      putRules(Account.of(full.aws(), "111111111111").events(), 2);
      full.edit(
          EventRoute.class, "fan-out", "{spec: {to: {type: AllExceptSender, busSelector: null}}}");
      full.reconcileAll();
      assertThat(full.kubernetes().get("ServiceAccountBus orders/orders"))
          .contains("LimitExceededException")
          .doesNotContain("forwardingRuleArn");

      full.settle();
      assertThat(full.kubernetes().get("EventBackbone platform/main"))
          .contains("\"rules\":{\"used\":4,\"limit\":4}");
      assertThat(full.kubernetes().get("ServiceAccountBus orders/orders"))
          .contains("4 of the 4 rules that AWS allows it, 2 of which are others'");
    }
  }

  @Test
  void aRuleThatIsLeftAsItIsCounts() {
    simulation.settle();
    simulation.edit(EventRoute.class, "fan-out", LONG_FILTER);
    simulation.settle();
    assertThat(backbone()).contains("\"rules\":{\"used\":4,\"limit\":300}");
  }

  @Test
  void whereRulesCanNotBeListedTheLastNumberHolds() {
    simulation.settle();
    putRules(Account.of(simulation.aws(), "111111111111").events(), 3);
    simulation.settle();
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("ListRules"));
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(backbone()).contains("\"rules\":{\"used\":7,\"limit\":300}");
  }

  @Test
  void theRuleOfADiscovererCounts() {
    simulation.edit(EventBackbone.class, "main", "{spec: {schemaDiscovery: {enabled: true}}}");
    simulation.settle();
    assertThat(backbone()).contains("\"rules\":{\"used\":5,\"limit\":300}");
    simulation.settle();
    assertThat(backbone()).contains("\"rules\":{\"used\":5,\"limit\":300}");
  }

  @Test
  void whatIsNearlyFullIsSaidBefore() {
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 5}}}");
    simulation.settle();
    assertThat(backbone()).doesNotContain("warning");
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 4}}}");
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(backbone())
        .contains(
            "warning: bus global-bus has 4 of the 4 rules",
            "Number of rules",
            "a second EventBackbone");
  }

  @Test
  void aPatternIsAsLongAsItsAccountMayHaveIt() throws IOException {
    try (Simulation raised =
        new Simulation(sandbox(new RuleQuotas(300, 4_096)), Simulation.ECOMMERCE)) {
      raised.settle();
      assertThat(raised.kubernetes().get("EventBackbone platform/main"))
          .contains("\"patternCharacters\":{\"used\":47,\"limit\":4096}");
      raised.edit(EventRoute.class, "fan-out", LONG_FILTER);
      raised.edit(EventSubscription.class, "new-orders", LONG_FILTER);
      raised.settle();
      assertThat(raised.readiness(EventRoute.class, "fan-out")).isEqualTo("True Ready");
      assertThat(raised.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
      assertThat(raised.kubernetes().get("EventBackbone platform/main"))
          .containsPattern("\"patternCharacters\":\\{\"used\":3\\d\\d\\d,\"limit\":4096");

      // Service Quotas is asked where a backbone is; other accounts state what they have.
      assertThat(raised.readiness(EventSubscription.class, "new-orders"))
          .isEqualTo("False PatternTooLarge");
      assertThat(raised.kubernetes().get("EventSubscription deliveries/new-orders"))
          .contains(
              "EventBridge takes 2,048", "in account 333333333333 have the EventBridge quota");
      raised.edit(
          AwsAccount.class, "deliveries", "{spec: {quotas: {eventPatternCharacters: 4096}}}");
      raised.settle();
      assertThat(raised.readiness(EventSubscription.class, "new-orders")).isEqualTo("True Ready");
    }
  }

  @Test
  void aPatternThatIsTooLongForTheQuotaIsNotTried() {
    simulation.settle();
    simulation.edit(EventRoute.class, "fan-out", LONG_FILTER);
    simulation.settle();
    assertThat(simulation.readiness(EventRoute.class, "fan-out"))
        .isEqualTo("False PatternTooLarge");
    assertThat(simulation.kubernetes().get("EventRoute platform/fan-out"))
        .contains("EventBridge takes 2,048", "in account 111111111111 have the EventBridge quota");
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False RouteRefused");
    assertThat(backbone()).contains("\"patternCharacters\":{\"used\":47,\"limit\":2048}");
  }

  @Test
  void whatServiceQuotasSaysIsTheLimit() throws IOException {
    try (Simulation full = new Simulation(sandbox(4), Simulation.ECOMMERCE)) {
      full.settle();
      assertThat(full.kubernetes().get("AwsAccount backbone"))
          .contains(
              "\"rulesPerEventBus\":4",
              "\"eventBusPolicyCharacters\":10240",
              "\"eventPatternCharacters\":2048");
      assertThat(full.kubernetes().get("AwsAccount orders")).doesNotContain("quotas");
      assertThat(quotaCalls(full)).containsExactly("111111111111");

      full.apply(
          Simulation.account("billing", "444444444444")
              + Simulation.bus("billing", "billing-service"));
      full.settle();
      assertThat(full.kubernetes().get("ServiceAccountBus billing/billing"))
          .contains("4 of the 4 rules", "\\\"Number of rules\\\"");
      assertThat(quotaCalls(full)).hasSize(2);

      full.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 3}}}");
      full.settle();
      assertThat(full.kubernetes().get("EventBackbone platform/main")).contains("\"limit\":3");
    }
  }

  @Test
  void withoutTheRightToReadThemAwsOwnQuotasCount() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("ListServiceQuotas"));
    simulation.settle();
    assertThat(simulation.readiness(AwsAccount.class, "backbone")).isEqualTo("True Ready");
    assertThat(simulation.kubernetes().get("AwsAccount backbone")).doesNotContain("quotas");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .contains("\"limit\":300", "\"limit\":10240");
  }

  @Test
  void whatWasReadHoldsWhileServiceQuotasFails() throws IOException {
    try (Simulation full = new Simulation(sandbox(4), Simulation.ECOMMERCE)) {
      full.settle();
      String before = full.kubernetes().get("AwsAccount backbone");
      full.inject(Fault.of(Effect.Refusal.SERVER_ERROR).ofOperation("ListServiceQuotas"));
      full.settle();
      assertThat(full.kubernetes().get("AwsAccount backbone")).isEqualTo(before);
    }
  }

  /** CloudWatch Logs takes ten resource policies, which nobody can have raised. */
  @Test
  void aBusWithoutRoomForTheRightToItsLogReceivesAllTheSame() {
    CloudWatchLogsClient logs = Account.of(simulation.aws(), "222222222222").logs();
    for (int i = 0; i < 10; i++) {
      String name = "theirs-" + i;
      logs.putResourcePolicy(it -> it.policyName(name).policyDocument(THEIR_POLICY));
    }
    reconcileAgainAndAgain();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False QuotaExceeded");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("account 222222222222", "ten resource policies", "spec.audit.enabled to false");
    assertThat(
            AwsSnapshot.of(simulation.aws(), List.of("111111111111", "222222222222")).resources())
        .containsKeys(
            "222222222222 bus local-bus-order-service",
            "111111111111 rule global-bus/globalToOrderService")
        .doesNotContainKey("222222222222 rule local-bus-order-service/local-logging");
    assertThat(simulation.readiness(EventSubscription.class, "delivery-updates"))
        .isEqualTo("True Ready");

    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {audit: {enabled: false}}}");
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");

    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {audit: {enabled: true}}}");
    reconcileAgainAndAgain();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False QuotaExceeded");
    logs.deleteResourcePolicy(it -> it.policyName("theirs-0"));
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders")).isEqualTo("True Ready");
  }

  /** What AWS refuses is tried in every round, so nothing settles. */
  private void reconcileAgainAndAgain() {
    for (int round = 0; round < 10; round++) {
      simulation.reconcileAll();
    }
  }

  private static void putRules(EventBridgeClient events, int count) {
    for (int number = 1; number <= count; number++) {
      String name = "theirs-" + number;
      events.putRule(it ->
          it.eventBusName("global-bus")
              .name(name)
              .eventPattern("{\"source\":[\"%s\"]}".formatted(name)));
    }
  }

  private String backbone() {
    return simulation.kubernetes().get("EventBackbone platform/main");
  }

  private static Sandbox sandbox(int rulesPerBus) throws IOException {
    return sandbox(new RuleQuotas(rulesPerBus, RuleQuotas.DEFAULT.patternCharacters()));
  }

  private static Sandbox sandbox(RuleQuotas quotas) throws IOException {
    return Sandbox.start("127.0.0.1", 0, Optional.empty(), quotas);
  }

  private static List<String> quotaCalls(Simulation simulation) {
    return simulation.aws().calls().stream()
        .filter(call -> call.operation().equals("ListServiceQuotas"))
        .map(RecordedCall::accountId)
        .toList();
  }

  private String policy() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111"))
        .resources()
        .get("111111111111 bus global-bus");
  }
}

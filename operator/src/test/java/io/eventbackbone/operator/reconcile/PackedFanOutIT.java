package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.sandbox.RecordedCall;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Seven services on one global bus, by as few rules as there can be, and by their own. */
class PackedFanOutIT {

  private static final String GLOBAL_BUS =
      "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final int SERVICES = 7;

  private final Simulation simulation =
      new Simulation(
          Stream.concat(
                  Stream.of(Simulation.account("backbone 111111111111"), platform("Packed")),
                  IntStream.rangeClosed(1, SERVICES).mapToObj(PackedFanOutIT::service))
              .collect(Collectors.joining()));

  @AfterEach
  void leave() {
    simulation.close();
  }

  static String platform(String fanOut) {
    return """
        apiVersion: v1
        kind: Namespace
        metadata: {name: platform}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: main, namespace: platform}
        spec:
          accountRef: {name: backbone}
          region: eu-west-1
          allowedBuses: {from: All}
          deletionPolicy: Delete
          fanOut: %s
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: fan-out, namespace: platform}
        spec:
          backboneRef: {name: main}
        ---
        """
        .formatted(fanOut);
  }

  /** An account with a bus and a subscription of everything. */
  static String service(int number) {
    String name = "s" + number;
    return """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        ---
        """
            .formatted(name)
        + Simulation.account(name + " " + account(number))
        + Simulation.bus(name, name)
        + Simulation.subscription(name, "everything-" + name, "Thing.Happened");
  }

  static String account(int number) {
    return (222222222 + number) + "000";
  }

  @Test
  void fiveBusesShareARuleAndNobodyHearsItself() {
    simulation.settle();
    assertThat(rules()).containsOnlyKeys("globalTo-pack-1", "globalTo-pack-2");
    assertThat(rules().values().stream().mapToInt(List::size)).containsExactlyInAnyOrder(5, 2);
    allReady();
    everyoneHearsAllOthersOnce();
    assertThat(backbone()).contains("\"rules\":{\"used\":3,\"limit\":300}");
    assertThat(bus(1))
        .contains(
            "receives by fan-out, through rule globalTo-pack-", "\"excludedSender\":\"Account\"");
    assertThat(logRule(1)).isEqualTo("{\"account\":[{\"anything-but\":[\"" + account(1) + "\"]}]}");
  }

  @Test
  void whoJoinsTouchesOnePackAndWhoLeavesFreesItsPlace() {
    simulation.settle();
    int before = simulation.aws().calls().size();
    simulation.apply(service(8));
    simulation.settleWithoutChecks();
    assertThat(rules().values().stream().mapToInt(List::size)).containsExactlyInAnyOrder(5, 3);
    assertThat(globalCalls(before)).containsOnlyOnce("PutTargets").doesNotContain("PutRule");
    everyoneHearsAllOthersOnce();

    simulation.delete(EventSubscription.class, "everything-s3");
    simulation.delete(ServiceAccountBus.class, "s3");
    simulation.settle();
    assertThat(forwardedTo()).hasSize(7).doesNotContain(busArn(3));
    assertThat(simulation.cluster().objects())
        .noneMatch(
            it -> it instanceof ServiceAccountBus && it.getMetadata().getName().equals("s3"));
    simulation.apply(service(9));
    simulation.settle();
    assertThat(rules()).containsOnlyKeys("globalTo-pack-1", "globalTo-pack-2");
    allReady();
  }

  @Test
  void backAndForthBetweenOwnRulesAndPacks() {
    fanOut("PerBus");
    assertThat(rules()).hasSize(SERVICES).doesNotContainKey("globalTo-pack-1");
    assertThat(logRule(1)).isEqualTo("{\"source\":[{\"prefix\":\"\"}]}");
    everyoneHearsAllOthersOnce();

    fanOut("Packed");
    assertThat(rules()).containsOnlyKeys("globalTo-pack-1", "globalTo-pack-2");
    allReady();
    everyoneHearsAllOthersOnce();

    fanOut("PerBus");
    assertThat(rules()).hasSize(SERVICES).doesNotContainKey("globalTo-pack-1");
    assertThat(logRule(1)).isEqualTo("{\"source\":[{\"prefix\":\"\"}]}");
    assertThat(bus(1)).doesNotContain("excludedSender");
    assertThat(backbone()).doesNotContain("pack-");
    everyoneHearsAllOthersOnce();
  }

  @Test
  void aRoutesFilterChangesInPlace() {
    simulation.settle();
    int before = simulation.aws().calls().size();
    simulation.edit(
        EventRoute.class, "fan-out", "{spec: {filter: {detailTypes: [Thing.Happened]}}}");
    simulation.settleWithoutChecks();
    assertThat(globalCalls(before))
        .containsOnly("PutRule", "DescribeRule", "ListTargetsByRule", "ListTagsForResource")
        .filteredOn("PutRule"::equals)
        .hasSize(2);
    everyoneHearsAllOthersOnce();
    simulation.edit(EventRoute.class, "fan-out", "{spec: {senderMatch: Source}}");
    simulation.settle();
    assertThat(rules()).hasSize(2);
    assertThat(logRule(1)).isEqualTo("{\"source\":[{\"anything-but\":[\"s1\"]}]}");
    everyoneHearsAllOthersOnce();
  }

  @Test
  void whatCantBeSaidInTheLocalRulesLeavesTheBusItsOwn() {
    simulation.edit(
        EventSubscription.class,
        "everything-s1",
        "{spec: {filter: {pattern: {account: [{prefix: '2'}]}}}}");
    simulation.settle();
    assertThat(rules()).containsKeys("globalToS1", "globalTo-pack-1").hasSize(3);
    assertThat(bus(1)).contains("through a rule of its own", "EventSubscription s1/everything-s1");
    allReady();
    everyoneHearsAllOthersOnce();

    // A bus that is in a pack leaves it first, and the subscription waits for that.
    simulation.edit(
        EventSubscription.class,
        "everything-s2",
        "{spec: {filter: {pattern: {account: [{prefix: '2'}]}}}}");
    simulation.settle();
    assertThat(rules()).containsKeys("globalToS1", "globalToS2");
    allReady();
    everyoneHearsAllOthersOnce();

    simulation.edit(EventSubscription.class, "everything-s2", "{spec: {filter: {pattern: null}}}");
    simulation.settle();
    assertThat(rules()).doesNotContainKey("globalToS2");
    allReady();
    everyoneHearsAllOthersOnce();
  }

  @Test
  void routesThatTellSendersInTwoWaysAreNotPacked() {
    simulation.apply(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: by-source, namespace: platform}
        spec:
          backboneRef: {name: main}
          senderMatch: Source
          filter: {detailTypes: [Other.Thing]}
        """);
    simulation.settle();
    assertThat(rules()).hasSize(SERVICES);
    assertThat(bus(1))
        .contains("tell senders in different ways: platform/by-source, platform/fan-out");
    allReady();
    simulation.delete(EventRoute.class, "by-source");
    simulation.settle();
    assertThat(rules()).hasSize(2);
    everyoneHearsAllOthersOnce();
  }

  @Test
  void aWithdrawnAdmissionTakesTheTargetOut() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "s4", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.settle();
    assertThat(forwardedTo()).hasSize(6).doesNotContain(busArn(4));
    assertThat(simulation.readiness(ServiceAccountBus.class, "s4"))
        .isEqualTo("False ReferenceNotAllowed");
    assertThat(bus(4)).doesNotContain("globalTo");
  }

  @Test
  void packsCountAgainstTheQuota() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 3}}}");
    IntStream.rangeClosed(8, 10).mapToObj(PackedFanOutIT::service).forEach(simulation::apply);
    simulation.settle();
    assertThat(rules().values().stream().mapToInt(List::size)).containsExactlyInAnyOrder(5, 5);
    allReady();
    simulation.apply(service(11));
    simulation.settle();
    assertThat(rules()).hasSize(2);
    assertThat(simulation.readiness(ServiceAccountBus.class, "s11"))
        .isEqualTo("False QuotaExceeded");
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 4}}}");
    simulation.settle();
    assertThat(rules()).hasSize(3);
    allReady();
  }

  @Test
  void whoWaitsTakesAPlaceThatIsFreed() {
    simulation.settle();
    simulation.edit(AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: 3}}}");
    IntStream.rangeClosed(8, 10).mapToObj(PackedFanOutIT::service).forEach(simulation::apply);
    simulation.settle();
    simulation.apply(service(11));
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "s11"))
        .isEqualTo("False QuotaExceeded");

    simulation.delete(EventSubscription.class, "everything-s3");
    simulation.settle();
    simulation.delete(ServiceAccountBus.class, "s3");
    simulation.stepAsLongAsItAsks(EventBackbone.class, "main");
    assertThat(forwardedTo()).hasSize(10).contains(busArn(11)).doesNotContain(busArn(3));
    simulation.settle();
    assertThat(simulation.cluster().objects())
        .noneMatch(
            it -> it instanceof ServiceAccountBus && it.getMetadata().getName().equals("s3"));
    allReady();
    everyoneHearsAllOthersOnce();
  }

  @Test
  void aFullBusIsPackedWithOneRuleFree() {
    fanOut("PerBus");
    simulation.edit(
        AwsAccount.class,
        "backbone",
        "{spec: {quotas: {rulesPerEventBus: %d}}}".formatted(SERVICES + 2));
    fanOut("Packed");
    assertThat(rules()).containsOnlyKeys("globalTo-pack-1", "globalTo-pack-2");
    allReady();
    everyoneHearsAllOthersOnce();
  }

  @Test
  void driftIsRepaired() {
    simulation.settle();
    EventBridgeClient global = global();
    global.removeTargets(
        it -> it.eventBusName("global-bus").rule("globalTo-pack-1").ids("globalToS1"));
    simulation.settle();
    everyoneHearsAllOthersOnce();
    global.disableRule(it -> it.eventBusName("global-bus").name("globalTo-pack-2"));
    simulation.settle();
    everyoneHearsAllOthersOnce();
  }

  @Test
  void aPlaceThatSomebodyElseTookIsTakenBack() {
    simulation.settle();
    EventBridgeClient global = global();
    global.removeTargets(
        it -> it.eventBusName("global-bus").rule("globalTo-pack-1").ids("globalToS1"));
    Target theirs =
        Target.builder().id("theirs").arn("arn:aws:sqs:eu-west-1:111111111111:theirs").build();
    global.putTargets(it -> it.eventBusName("global-bus").rule("globalTo-pack-1").targets(theirs));
    simulation.settle();
    assertThat(forwardedTo()).hasSize(SERVICES).contains(busArn(1));
    allReady();
  }

  @Test
  void observeTellsOfThePacks() {
    simulation.edit(EventBackbone.class, "main", "{spec: {managementPolicy: Observe}}");
    simulation.settle();
    assertThat(backbone())
        .contains("Rule global-bus/globalTo-pack-1", "global-bus/globalTo-pack-2");
    assertThat(bus(1)).doesNotContain("globalToS1").contains("local-logging");
    assertThat(
            Account.of(simulation.aws(), "111111111111")
                .events()
                .listEventBuses(it -> {})
                .eventBuses())
        .noneMatch(it -> it.name().equals("global-bus"));
  }

  @Test
  void whoIsAbandonedWaitsForNoPack() {
    simulation.settle();
    simulation.edit(
        ServiceAccountBus.class,
        "s5",
        "{metadata: {annotations: {eventbackbone.io/abandon: 'true'}}}");
    simulation.delete(EventSubscription.class, "everything-s5");
    simulation.delete(ServiceAccountBus.class, "s5");
    simulation.settle();
    assertThat(forwardedTo()).hasSize(6).doesNotContain(busArn(5));
  }

  @Test
  void packsGoWithTheBackbone() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    simulation.settle();
    for (int number = 1; number <= SERVICES; number++) {
      simulation.delete(EventSubscription.class, "everything-s" + number);
      simulation.delete(ServiceAccountBus.class, "s" + number);
    }
    simulation.delete(EventBackbone.class, "main");
    simulation.settle();
    assertThat(simulation.cluster().objects()).noneMatch(EventBackbone.class::isInstance);
    assertThat(rules()).isEmpty();
  }

  private void fanOut(String how) {
    simulation.edit(EventBackbone.class, "main", "{spec: {fanOut: " + how + "}}");
    simulation.settle();
  }

  private void allReady() {
    simulation.cluster().objects().stream()
        .filter(CustomResource.class::isInstance)
        .forEach(
            it ->
                assertThat(Simulation.readiness(it))
                    .as(
                        SimulatedClient.key(it)
                            + simulation.kubernetes().get(SimulatedClient.key(it)))
                    .isEqualTo("True Ready"));
  }

  private String backbone() {
    return simulation.kubernetes().get("EventBackbone platform/main");
  }

  private String bus(int number) {
    return simulation.kubernetes().get("ServiceAccountBus s%1$d/s%1$d".formatted(number));
  }

  private static String busArn(int number) {
    return "arn:aws:events:eu-west-1:%s:event-bus/local-bus-s%d".formatted(account(number), number);
  }

  private EventBridgeClient global() {
    return Account.of(simulation.aws(), "111111111111").events();
  }

  /** Those that forward, with the buses that they forward to. */
  private Map<String, List<String>> rules() {
    Map<String, List<String>> rules = new TreeMap<>();
    for (Rule rule : global().listRules(it -> it.eventBusName("global-bus")).rules()) {
      if (rule.name().startsWith("globalTo")) {
        rules.put(
            rule.name(),
            global()
                .listTargetsByRule(it -> it.eventBusName("global-bus").rule(rule.name()))
                .targets()
                .stream()
                .map(Target::arn)
                .toList());
      }
    }
    return rules;
  }

  private List<String> forwardedTo() {
    return rules().values().stream().flatMap(List::stream).toList();
  }

  private String logRule(int number) {
    return Account.of(simulation.aws(), account(number))
        .events()
        .describeRule(it -> it.eventBusName("local-bus-s" + number).name("local-logging"))
        .eventPattern();
  }

  /** Operations on rules of the global bus. */
  private List<String> globalCalls(int before) {
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size()).stream()
        .filter(call -> call.accountId().equals("111111111111"))
        .map(RecordedCall::operation)
        .filter(it -> it.contains("Rule") || it.contains("Target") || it.contains("Tag"))
        .toList();
  }

  /** Each publishes one event, and receives those of all others once. */
  private void everyoneHearsAllOthersOnce() {
    List<String> services =
        simulation.cluster().objects().stream()
            .filter(ServiceAccountBus.class::isInstance)
            .map(it -> it.getMetadata().getName())
            .toList();
    for (String service : services) {
      PutEventsRequestEntry event =
          PutEventsRequestEntry.builder()
              .eventBusName(GLOBAL_BUS)
              .source(service)
              .detailType("Thing.Happened")
              .detail("{\"data\":{\"from\":\"" + service + "\"}}")
              .build();
      assertThat(events(service).putEvents(it -> it.entries(event)).failedEntryCount()).isZero();
    }
    for (String service : services) {
      assertThat(received(service, services.size() - 1))
          .as(service)
          .containsExactlyInAnyOrderElementsOf(
              services.stream().filter(it -> !it.equals(service)).toList());
    }
  }

  private EventBridgeClient events(String service) {
    return Account.of(simulation.aws(), account(number(service))).events();
  }

  private static int number(String service) {
    return Integer.parseInt(service.substring(1));
  }

  private List<String> received(String service, int expected) {
    List<String> received = new ArrayList<>();
    SqsClient queues = Account.of(simulation.aws(), account(number(service))).queues();
    String url =
        queues.listQueues(it -> it.queueNamePrefix("everything-")).queueUrls().stream()
            .filter(it -> !it.endsWith("-dlq"))
            .findFirst()
            .orElseThrow();
    List<Message> messages;
    do {
      int wait = received.size() < expected ? 2 : 0;
      messages =
          queues
              .receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(wait))
              .messages();
      messages.forEach(
          it -> {
            received.add(it.body().replaceAll("(?s).*\"from\":\"(\\w+)\".*", "$1"));
            queues.deleteMessage(del -> del.queueUrl(url).receiptHandle(it.receiptHandle()));
          });
    } while (!messages.isEmpty());
    return received;
  }
}

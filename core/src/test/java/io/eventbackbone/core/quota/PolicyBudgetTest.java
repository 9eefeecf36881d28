package io.eventbackbone.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.topology.Publishers;
import io.eventbackbone.core.topology.Publishers.Form;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyBudgetTest {

  private static final String BIND_SOURCES = "publishers: {bindSources: true}";

  @ParameterizedTest(name = "{0} accounts, {1} characters of others, {2}")
  @CsvSource({
    "  0,    0, TOGETHER, 303",
    "  1,    0, TOGETHER, 302",
    "300,    0, TOGETHER,   3",
    "303,    0, TOGETHER,   0",
    "100, 3000, TOGETHER, 112",
    "  0,    0, EACH,      30",
    " 20,    0, EACH,      10",
    " 20, 2000, EACH,       4",
  })
  void theBackboneKnowsHowManyMoreFit(int accounts, int others, Form form, int roomFor) {
    Publishers.Accounts publishers = accounts(spec(form), totals(accounts, others), accounts);
    assertThat(publishers.rights().accounts()).hasSize(accounts);
    assertThat(publishers.roomFor()).isEqualTo(roomFor);
    assertThat(Policies.length(publishers.policy()) + others).isLessThanOrEqualTo(10_240);
  }

  @ParameterizedTest(name = "{0} accounts, {1}")
  @CsvSource({
    "272, TOGETHER, ''",
    "273, TOGETHER, '30 more accounts fit into the policy of bus global-bus: before others join, set publishers.mode to Organization, or have the EventBridge quota \"Event bus policy size\" raised'",
    "303, TOGETHER, '0 more accounts fit into the policy of bus global-bus: before others join, set publishers.mode to Organization, or have'",
    "304, TOGETHER, ''",
    " 27, EACH,     ''",
    " 28, EACH,     '2 more accounts fit into the policy of bus global-bus: before others join, set publishers.bindSources to false, or have'",
    " 31, EACH,     ''",
  })
  void itSaysSoBeforeThePolicyIsFull(int accounts, Form form, String warning) {
    Optional<String> said = accounts(spec(form), totals(0, 0), accounts).warning("global-bus");
    assertThat(said.isPresent()).isEqualTo(!warning.isEmpty());
    assertThat(said.orElse("")).startsWith(warning);
  }

  @ParameterizedTest(name = "{0} accounts, {1}")
  @CsvSource({
    "303, TOGETHER, ''",
    "304, TOGETHER, 'these accounts may not publish: 200000000303; set publishers.mode to Organization, or have the EventBridge quota'",
    " 31, EACH,     'these accounts may not publish: 200000000030; set publishers.bindSources to false, or have the EventBridge quota'",
  })
  void whoIsLeftOutIsNamedAndWhatToDo(int accounts, Form form, String problem) {
    Optional<String> said = accounts(spec(form), totals(0, 0), accounts).problem(10_240);
    assertThat(said.isPresent()).isEqualTo(!problem.isEmpty());
    assertThat(said.orElse("")).contains(problem);
  }

  @Test
  void whoJoinedLastIsLeftOut() {
    Publishers.Accounts publishers = accounts("", totals(303, 0), 305);
    assertThat(publishers.leftOut()).containsExactly("200000000303", "200000000304");
    assertThat(publishers.roomFor()).isZero();
  }

  @Test
  void aRaisedQuotaIsUsed() {
    EventBackbone resource = backboneResource("", status(totals(303, 0)));
    AwsAccount raised = account("111111111111", "  quotas: {eventBusPolicyCharacters: 20480}\n");
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(new AdmittedBackbone(resource, raised), buses(305));
    assertThat(publishers.leftOut()).isEmpty();
  }

  @Test
  void nobodyLosesTheRightSinceSourcesAreBound() {
    Publishers.Held held = held(BIND_SOURCES, totals(100, 0), buses(100));
    assertThat(held.policy()).isEqualTo(accounts("", totals(100, 0), 100).policy());
    assertThat(held.totals(0)).contains(totals(100, 0));
    assertThat(held.problem(10_240).orElseThrow())
        .startsWith(
            "of 100 accounts that publish, 30 would fit into the 10240 characters of the bus's policy: those that may publish now still may, and no others; set publishers.bindSources to false, or have the EventBridge quota");
    assertThat(held.warning("global-bus")).isEmpty();
  }

  @Test
  void whoLeavesLosesTheRightAndWhoComesDoesNotGetItWhileThePolicyIsHeld() {
    Publishers.Held held =
        held(BIND_SOURCES, totals(100, 0), without("service-00000042", buses(101)));
    assertThat(text(held))
        .contains("200000000041", "200000000099")
        .doesNotContain("200000000042", "200000000100");
    assertThat(held.rights().accounts()).hasSize(99);
    assertThat(held.leftOut()).containsExactly("200000000100");
    Publishers next =
        PolicyBudget.of(
            backbone(BIND_SOURCES, held.totals(0).orElseThrow()),
            without("service-00000042", buses(101)));
    assertThat(next).isEqualTo(held);
  }

  @Test
  void anAccountThatAsksForMoreDoesNotHoldUpThatAnotherLeaves() {
    List<AdmittedBus> more =
        Stream.concat(
                without("service-00000007", buses(30)).stream(),
                IntStream.range(0, 40)
                    .mapToObj(i -> bus("more-%08d".formatted(i), 99, account("200000000000", ""))))
            .toList();
    Publishers.Held held = held(BIND_SOURCES, totals(30, 0), more);
    assertThat(held.policy())
        .isEqualTo(
            ((Publishers.Accounts)
                    PolicyBudget.of(
                        backbone(BIND_SOURCES, totals(30, 0)),
                        without("service-00000007", buses(30))))
                .policy());
    assertThat(held.rights().identifiers()).hasSize(29).doesNotContain("more-00000000");
  }

  @Test
  void whoIsBoundStaysBoundWhenTheRoomShrinks() {
    Publishers.Accounts bound = accounts(BIND_SOURCES, totals(0, 0), 30);
    EventBackboneStatus before =
        status(bound.totals(0).orElseThrow()).toBuilder()
            .policyCharacters(new Usage(Policies.length(bound.policy()), 10_240))
            .build();
    AwsAccount lowered = account("111111111111", "  quotas: {eventBusPolicyCharacters: 5000}\n");
    Publishers publishers =
        PolicyBudget.of(
            new AdmittedBackbone(backboneResource(BIND_SOURCES, before), lowered), buses(30));
    assertThat(publishers)
        .isInstanceOfSatisfying(
            Publishers.Held.class, held -> assertThat(held.policy()).isEqualTo(bound.policy()));
  }

  @Test
  void anOlderBusWhoseAccountComesLaterTakesTheRightFromNobody() {
    List<AdmittedBus> buses = buses(304);
    Publishers.Held held = held("", identifiersOf(buses.subList(1, 304)), buses);
    assertThat(held.leftOut()).containsExactly("200000000000");
    assertThat(held.rights().accounts()).hasSize(303);
    assertThat(held.problem(10_240).orElseThrow()).contains("set publishers.mode to Organization");
  }

  /** A status may be lost; the policy tells the same, in both forms. */
  @ParameterizedTest
  @CsvSource({"100, ''", "30, 'publishers: {bindSources: true}'"})
  void thePolicyTellsWhoHasTheRightAsTheStatusDoes(int accounts, String spec) {
    Publishers granted = accounts(spec, totals(0, 0), accounts);
    AwsAccount lowered = account("111111111111", "  quotas: {eventBusPolicyCharacters: 1000}\n");
    AdmittedBackbone unknown =
        new AdmittedBackbone(
            backboneResource(spec, EventBackboneStatusBuilder.builder().build()), lowered);
    BusPolicy policy = new BusPolicy(unknown.busKey().policy(), granted.policy());
    assertThat(PolicyBudget.needsPolicy(unknown, buses(accounts))).isTrue();
    assertThat(PolicyBudget.of(unknown, buses(accounts + 1), Optional.of(policy)))
        .isInstanceOfSatisfying(
            Publishers.Held.class, held -> assertThat(held.policy()).isEqualTo(granted.policy()));
  }

  @Test
  void anAccountIsBoundToTheIdentifiersOfAllItsBuses() {
    AwsAccount shared = account("222222222222", "");
    List<AdmittedBus> two =
        Stream.of("order-service", "billing-service").map(it -> bus(it, 1, shared)).toList();
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(backbone(BIND_SOURCES, totals(0, 0)), two);
    assertThat(publishers.policy())
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.sid()).isEqualTo("event-backbone-publisher-222222222222");
          assertThat(statement.json().path("Condition"))
              .hasToString(
                  "{\"ForAllValues:StringEquals\":{\"events:source\":[\"billing-service\",\"order-service\"]},"
                      + "\"Null\":{\"events:source\":\"false\"}}");
        });
  }

  @Test
  void theOldestBusOfAnAccountCounts() {
    List<AdmittedBus> buses =
        IntStream.range(0, 304)
            .mapToObj(i -> bus("s" + i, 999 - i, account("2%011d".formatted(i), "")))
            .sorted(Comparator.comparing(AdmittedBus::identifier))
            .toList();
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(backbone("", totals(0, 0)), buses);
    assertThat(publishers.leftOut()).containsExactly("200000000000");
  }

  private static Publishers.Accounts accounts(String spec, PublisherTotals before, int asking) {
    return (Publishers.Accounts) PolicyBudget.of(backbone(spec, before), buses(asking));
  }

  private static Publishers.Held held(
      String spec, PublisherTotals before, List<AdmittedBus> asking) {
    return (Publishers.Held) PolicyBudget.of(backbone(spec, before), asking);
  }

  private static String spec(Form form) {
    return form == Form.EACH ? BIND_SOURCES : "";
  }

  private static String text(Publishers publishers) {
    return publishers.policy().stream()
        .map(statement -> statement.json().toString())
        .collect(Collectors.joining());
  }

  /** Of the first so many. */
  private static PublisherTotals totals(int accounts, int others) {
    return new PublisherTotals(
        accounts,
        IntStream.range(0, accounts).mapToObj("service-%08d"::formatted).toList(),
        0,
        List.of(),
        others);
  }

  private static PublisherTotals identifiersOf(List<AdmittedBus> buses) {
    return new PublisherTotals(
        buses.size(), buses.stream().map(AdmittedBus::identifier).toList(), 0, List.of(), 0);
  }

  private static EventBackboneStatus status(PublisherTotals publishers) {
    return EventBackboneStatusBuilder.builder().publishers(publishers).build();
  }

  private static List<AdmittedBus> without(String identifier, List<AdmittedBus> buses) {
    return buses.stream().filter(bus -> !bus.identifier().equals(identifier)).toList();
  }

  private static List<AdmittedBus> buses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bus("service-%08d".formatted(i), i, account("2%011d".formatted(i), "")))
        .toList();
  }

  private static AdmittedBackbone backbone(String spec, PublisherTotals before) {
    return new AdmittedBackbone(
        backboneResource(spec, status(before)), account("111111111111", ""));
  }

  private static EventBackbone backboneResource(String spec, EventBackboneStatus status) {
    EventBackbone backbone =
        (EventBackbone)
            Cluster.read(
                Manifests.of(
                    "EventBackbone",
                    "platform/main",
                    "accountRef: {name: backbone}",
                    "region: eu-west-1",
                    spec));
    backbone.setStatus(status);
    return backbone;
  }

  private static AwsAccount account(String id, String spec) {
    return (AwsAccount)
        Cluster.read(
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: AwsAccount
            metadata: {name: a%1$s}
            spec:
              accountId: "%1$s"
            %2$s
            status: {callerArn: "arn:aws:sts::%1$s:assumed-role/x/y"}
            """
                .formatted(id, spec));
  }

  private static AdmittedBus bus(String name, int age, AwsAccount account) {
    ServiceAccountBus bus =
        (ServiceAccountBus)
            Cluster.read(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: ServiceAccountBus
                metadata: {name: %s, namespace: orders, creationTimestamp: "%08d"}
                spec:
                  backboneRef: {name: main, namespace: platform}
                  accountRef: {name: orders}
                """
                    .formatted(name, age));
    return new AdmittedBus(bus, backbone("", totals(0, 0)), account);
  }
}

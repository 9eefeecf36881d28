package io.eventbackbone.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyBudgetTest {

  private static final String BIND_SOURCES = "publishers: {bindSources: true}";

  @ParameterizedTest(name = "{0} accounts, {1} characters of others, {2}")
  @CsvSource({
    "  0,    0, Together, 303",
    "  1,    0, Together, 302",
    "300,    0, Together,   3",
    "303,    0, Together,   0",
    "100, 3000, Together, 112",
    "  0,    0, Each,      30",
    " 20,    0, Each,      10",
    " 20, 2000, Each,       4",
  })
  void theBackboneKnowsHowManyMoreFit(int accounts, int others, String form, int roomFor) {
    Publishers.Accounts publishers =
        (Publishers.Accounts)
            PolicyBudget.of(
                backbone(form.equals("Each") ? BIND_SOURCES : "", totals(accounts, others)),
                buses(accounts));
    assertThat(publishers.accounts()).hasSize(accounts);
    assertThat(publishers.roomFor()).isEqualTo(roomFor);
    assertThat(Policies.length(publishers.statements()) + others).isLessThanOrEqualTo(10_240);
  }

  @Test
  void whoJoinedLastIsLeftOut() {
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(backbone("", totals(303, 0)), buses(305));
    assertThat(publishers.leftOut()).containsExactly("200000000303", "200000000304");
    assertThat(publishers.roomFor()).isZero();
  }

  @Test
  void aRaisedQuotaIsUsed() {
    EventBackbone resource = backboneResource("", totals(303, 0));
    AwsAccount raised = account("111111111111", "  quotas: {eventBusPolicyCharacters: 20480}\n");
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(new AdmittedBackbone(resource, raised), buses(305));
    assertThat(publishers.leftOut()).isEmpty();
  }

  @Test
  void nobodyLosesTheRightSinceSourcesAreBound() {
    assertThat(PolicyBudget.of(backbone(BIND_SOURCES, totals(100, 0)), buses(100)))
        .isEqualTo(new Publishers.Held(30, 100));
  }

  @Test
  void anAccountIsBoundToTheIdentifiersOfAllItsBuses() {
    AwsAccount shared = account("222222222222", "");
    List<AdmittedBus> two =
        Stream.of("order-service", "billing-service").map(it -> bus(it, 1, shared)).toList();
    Publishers.Accounts publishers =
        (Publishers.Accounts) PolicyBudget.of(backbone(BIND_SOURCES, totals(0, 0)), two);
    assertThat(publishers.statements())
        .singleElement()
        .satisfies(
            statement -> {
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

  private static PublisherTotals totals(int accounts, int others) {
    return new PublisherTotals(accounts, List.of(), 0, List.of(), others);
  }

  private static List<AdmittedBus> buses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bus("service-%08d".formatted(i), i, account("2%011d".formatted(i), "")))
        .toList();
  }

  private static AdmittedBackbone backbone(String spec, PublisherTotals before) {
    return new AdmittedBackbone(backboneResource(spec, before), account("111111111111", ""));
  }

  private static EventBackbone backboneResource(String spec, PublisherTotals before) {
    EventBackbone backbone =
        (EventBackbone)
            Cluster.read(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: EventBackbone
                metadata: {name: main, namespace: platform}
                spec:
                  accountRef: {name: backbone}
                  region: eu-west-1
                  %s
                """
                    .formatted(spec));
    backbone.setStatus(EventBackboneStatusBuilder.builder().publishers(before).build());
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

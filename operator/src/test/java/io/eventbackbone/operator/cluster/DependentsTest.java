package io.eventbackbone.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.AwsAccountStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeStatus;
import io.eventbackbone.api.v1alpha1.MessageCounts;
import io.eventbackbone.api.v1alpha1.MessageTotals;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependentsTest {

  private static final ServiceAccountBusStatus UNSEEN =
      ServiceAccountBusStatusBuilder.builder().observedGeneration(-1L).build();

  private final Cluster cluster = Cluster.of(Cluster.ECOMMERCE);

  @BeforeEach
  void enterTheBackbonesAccount() {
    setReadinessOfBackbonesAccount("True");
  }

  private void setReadinessOfBackbonesAccount(String readiness) {
    cluster
        .get(AwsAccount.class, "backbone")
        .setStatus(
            new AwsAccountStatus(
                1L,
                "arn",
                List.of(),
                List.of(new Condition("", "", 1L, "Reason", readiness, "Ready"))));
  }

  /** It waits for that, and is woken by it; then it looks at all of its buses. */
  @Test
  void aBackboneWhoseAccountIsNotReadyIsNotWokenByItsBuses() {
    setReadinessOfBackbonesAccount("False");
    assertThat(added(bus("billing", Map.of()))).doesNotContain("EventBackbone event-platform/main");
    assertThat(
            changed(
                AwsAccount.class,
                "deliveries",
                it -> it.setStatus(new AwsAccountStatus(1L, "arn", List.of(), List.of()))))
        .doesNotContain("EventBackbone event-platform/main");
  }

  @Test
  void aBackboneThatIsBeingDeletedLooksAtItsBusesWhateverItsAccountIs() {
    setReadinessOfBackbonesAccount("False");
    cluster
        .get(EventBackbone.class, "main")
        .getMetadata()
        .setDeletionTimestamp("2026-11-23T12:00:00Z");
    ServiceAccountBus gone = cluster.get(ServiceAccountBus.class, "orders");
    cluster.remove(gone);
    assertThat(names(Optional.of(gone), Optional.empty()))
        .contains("EventBackbone event-platform/main");
  }

  @Test
  void aJoiningBusWakesItsBackboneAndRoutesButNoOtherBus() {
    assertThat(added(bus("billing", Map.of())))
        .containsExactlyInAnyOrder(
            "ServiceAccountBus orders/billing",
            "EventBackbone event-platform/main",
            "EventRoute event-platform/fan-out");
  }

  /** Its rivals tell, and filters are held to it. */
  @Test
  void anEventTypeWakesItsRivalsAndWhoNamesIt() {
    cluster.apply(type("orders/rival", "Order.Created"));
    cluster.apply(type("orders/other", "Order.Updated"));
    assertThat(added(type("orders/a", "Order.Created")))
        .containsExactlyInAnyOrder(
            "EventType orders/a",
            "EventType orders/rival",
            "EventSubscription deliveries/new-orders");
  }

  /** They hold the contracts of their bus for their workloads. */
  @Test
  void anEventTypeWakesTheSubscriptionsOfTheBusesThatMayPublishIt() {
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventSubscription",
                "orders/updates",
                "busRef: {name: orders}",
                "filter: {detailTypes: [Delivery.Updated]}")));
    assertThat(added(type("orders/a", "Order.Shipped")))
        .containsExactlyInAnyOrder("EventType orders/a", "EventSubscription orders/updates");
    cluster.apply(type("orders/a", "Order.Shipped"));
    assertThat(
            added(
                Cluster.read(
                    Manifests.of(
                        "EventType",
                        "deliveries/rival",
                        "busRef: {name: deliveries}",
                        "detailType: Order.Shipped",
                        "versions: [{version: \"1\", schema: {type: object}}]"))))
        .contains("EventSubscription orders/updates", "EventSubscription deliveries/new-orders");
  }

  @Test
  void whatDecidesWhoReceivesWakesTheEventTypes() {
    cluster.apply(type("orders/a", "Order.Created"));
    assertThat(added(subscription("second", "Order.Created"))).contains("EventType orders/a");
    assertThat(added(subscription("other", "Order.Updated"))).doesNotContain("EventType orders/a");
    assertThat(added(bus("billing", Map.of()))).doesNotContain("EventType orders/a");
    assertThat(
            changed(
                ServiceAccountBus.class, "deliveries", it -> it.getMetadata().setGeneration(2L)))
        .contains("EventType orders/a");
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it -> it.setStatus(ServiceAccountBusStatusBuilder.builder().busArn("arn").build())))
        .doesNotContain("EventType orders/a");
    assertThat(changed(EventRoute.class, "fan-out", it -> it.getMetadata().setGeneration(2L)))
        .contains("EventType orders/a");
    assertThat(changed(EventBackbone.class, "main", it -> it.getMetadata().setGeneration(2L)))
        .contains("EventType orders/a");
  }

  /** A registry goes after the schemas of the event types, and comes before them. */
  @Test
  void aRegistryAndItsEventTypesWakeEachOther() {
    String main = "EventBackbone event-platform/main";
    cluster.apply(type("orders/a", "Order.Created"));
    assertThat(changed(EventType.class, "a", DependentsTest::publish)).isEmpty();
    assertThat(changed(EventBackbone.class, "main", it -> it.setStatus(madeAs("bus"))))
        .contains("EventType orders/a");

    cluster.get(EventBackbone.class, "main").setStatus(madeAs("bus"));
    assertThat(changed(EventType.class, "a", DependentsTest::publish)).containsExactly(main);
    publish(cluster.get(EventType.class, "a"));
    assertThat(changed(EventBackbone.class, "main", it -> it.setStatus(madeAs("another"))))
        .contains("EventType orders/a");
  }

  private static EventBackboneStatus madeAs(String busArn) {
    return EventBackboneStatusBuilder.builder().busArn(busArn).schemaRegistryArn("arn").build();
  }

  private static void publish(EventType type) {
    type.setStatus(new EventTypeStatus(1L, null, "arn", List.of()));
  }

  @Test
  void whatAReplayReadsWakesIt() {
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventReplay",
                "deliveries/again",
                "subscriptionRef: {name: new-orders}",
                "from: \"2026-11-21T00:00:00Z\"",
                "to: \"2026-11-22T00:00:00Z\"")));
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventReplay",
                "event-platform/all",
                "backboneRef: {name: main}",
                "busSelector: {matchLabels: {a: b}}",
                "from: \"2026-11-21T00:00:00Z\"",
                "to: \"2026-11-22T00:00:00Z\"")));
    assertThat(
            changed(
                EventSubscription.class,
                "new-orders",
                it ->
                    it.setStatus(EventSubscriptionStatusBuilder.builder().ruleArn("arn").build())))
        .contains("EventReplay deliveries/again")
        .doesNotContain("EventReplay event-platform/all");
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it ->
                    it.setStatus(
                        ServiceAccountBusStatusBuilder.builder().archiveArn("arn").build())))
        .contains("EventReplay deliveries/again");
    assertThat(changed(EventBackbone.class, "main", it -> it.getMetadata().setGeneration(2L)))
        .contains("EventReplay deliveries/again", "EventReplay event-platform/all");
    assertThat(changed(ServiceAccountBus.class, "orders", it -> it.getMetadata().setGeneration(2L)))
        .doesNotContain("EventReplay deliveries/again");
  }

  private static HasMetadata subscription(String name, String detailType) {
    return Cluster.read(
        Manifests.of(
            "EventSubscription",
            "deliveries/" + name,
            "busRef: {name: deliveries}",
            "filter: {detailTypes: [%s]}".formatted(detailType)));
  }

  private static HasMetadata type(String name, String detailType) {
    return Cluster.read(
        Manifests.of(
            "EventType",
            name,
            "busRef: {name: orders}",
            "detailType: " + detailType,
            "versions: [{version: \"1\", schema: {type: object}}]"));
  }

  @Test
  void aBusThatARouteSelectsAsProducerWakesTheReceivers() {
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventRoute",
                "event-platform/from-core",
                "backboneRef: {name: main}",
                "from: {type: Selected, busSelector: {matchLabels: {tier: core}}}")));
    assertThat(added(bus("billing", Map.of("tier", "core"))))
        .contains(
            "ServiceAccountBus orders/orders",
            "ServiceAccountBus deliveries/deliveries",
            "EventSubscription deliveries/new-orders");
  }

  @Test
  void whatBecameOfABusConcernsItsSubscriptionsBackboneAndRoutes() {
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it -> it.setStatus(ServiceAccountBusStatusBuilder.builder().busArn("arn").build())))
        .containsExactlyInAnyOrder(
            "EventSubscription deliveries/new-orders",
            "EventBackbone event-platform/main",
            "EventRoute event-platform/fan-out");
  }

  @Test
  void howLongAPatternIsConcernsTheBackboneAlone() {
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it ->
                    it.setStatus(
                        ServiceAccountBusStatusBuilder.builder().patternCharacters(47).build())))
        .containsExactly("EventBackbone event-platform/main");
  }

  /** They count for totals, which are written when the bus is looked at anyway. */
  @Test
  void countsOfMessagesWakeNobodyButUndeliveredEventsWakeTheSubscriptions() {
    assertThat(
            changed(
                EventSubscription.class,
                "new-orders",
                it ->
                    it.setStatus(
                        EventSubscriptionStatusBuilder.builder()
                            .messages(new MessageCounts(1, 2, 3, 4, null))
                            .build())))
        .isEmpty();
    assertThat(undelivered(new MessageTotals(1, 2, 3, 4, 0))).isEmpty();
    assertThat(undelivered(new MessageTotals(1, 2, 3, 4, 5)))
        .contains("EventSubscription deliveries/new-orders");
  }

  private List<String> undelivered(MessageTotals totals) {
    return changed(
        ServiceAccountBus.class,
        "deliveries",
        it -> it.setStatus(ServiceAccountBusStatusBuilder.builder().messages(totals).build()));
  }

  @Test
  void aStatusThatTellsNothingNewWakesNobody() {
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it -> it.getMetadata().setResourceVersion("2")))
        .isEmpty();
  }

  @Test
  void aRouteWakesTheBusesThatItReachesAndTheirSubscriptions() {
    assertThat(changed(EventRoute.class, "fan-out", it -> it.getMetadata().setGeneration(2L)))
        .containsExactlyInAnyOrder(
            "ServiceAccountBus orders/orders",
            "ServiceAccountBus deliveries/deliveries",
            "EventSubscription deliveries/new-orders");
  }

  @Test
  void anAccountThatIsBeingDeletedLooksAtItsUsers() {
    AwsAccount leaving = Serialization.clone(cluster.get(AwsAccount.class, "orders"));
    leaving.getMetadata().setDeletionTimestamp("2026-11-23T12:00:00Z");
    cluster.replace(leaving);
    ServiceAccountBus gone = cluster.get(ServiceAccountBus.class, "orders");
    cluster.remove(gone);
    assertThat(names(Optional.of(gone), Optional.empty())).contains("AwsAccount orders");
  }

  @Test
  void aBackboneWakesAllThatIsPartOfIt() {
    assertThat(changed(EventBackbone.class, "main", it -> it.getMetadata().setGeneration(2L)))
        .containsExactlyInAnyOrder(
            "EventRoute event-platform/fan-out",
            "ServiceAccountBus orders/orders",
            "ServiceAccountBus deliveries/deliveries",
            "EventSubscription deliveries/new-orders",
            "AwsAccount backbone");
  }

  @Test
  void whatAwsAllowsAnAccountConcernsItsBackbones() {
    assertThat(
            changed(
                AwsAccount.class,
                "backbone",
                it ->
                    it.setStatus(
                        new AwsAccountStatus(
                            1L,
                            it.getStatus().callerArn(),
                            List.of(new AppliedQuotas("eu-west-1", 500, 10_240, 2_048)),
                            List.of()))))
        .contains("EventBackbone event-platform/main");
  }

  @Test
  void whoMayPublishNowConcernsThatBusAlone() {
    assertThat(
            changed(
                EventBackbone.class,
                "main",
                it ->
                    it.setStatus(
                        EventBackboneStatusBuilder.builder()
                            .publishers(
                                new PublisherTotals(1, List.of("order-service"), 302, List.of(), 0))
                            .build())))
        .containsExactly("ServiceAccountBus orders/orders");
  }

  @Test
  void wildcardsOfABusConcernItsBackbone() {
    cluster.get(ServiceAccountBus.class, "deliveries").setStatus(UNSEEN);
    assertThat(
            changed(
                ServiceAccountBus.class,
                "deliveries",
                it -> it.setStatus(UNSEEN.toBuilder().wildcardRoutes(List.of("fan-out")).build())))
        .contains("EventBackbone event-platform/main");
  }

  @ParameterizedTest
  @CsvSource({"28, 29, false", "29, 30, true", "30, 29, true", "30, 31, false"})
  void roomForARuleWithWildcardsConcernsAllBuses(int before, int now, boolean isConcern) {
    cluster.get(EventBackbone.class, "main").setStatus(withWildcards(before));
    assertThat(changed(EventBackbone.class, "main", it -> it.setStatus(withWildcards(now))))
        .hasSize(isConcern ? 4 : 0);
  }

  private static EventBackboneStatus withWildcards(int used) {
    return EventBackboneStatusBuilder.builder()
        .rules(new Usage(100, 300))
        .wildcardRules(new Usage(used, 30))
        .build();
  }

  @Test
  void anAccountWakesWhatLivesInItAndItsBackbones() {
    assertThat(changed(AwsAccount.class, "orders", it -> it.getMetadata().setGeneration(2L)))
        .contains("ServiceAccountBus orders/orders", "EventBackbone event-platform/main")
        .doesNotContain(
            "ServiceAccountBus deliveries/deliveries", "EventSubscription deliveries/new-orders");
  }

  /** Routes look at the buses, whatever becomes of their accounts. */
  @Test
  void whatBecameOfAnAccountConcernsItsBusAndBackbone() {
    assertThat(
            changed(
                AwsAccount.class,
                "deliveries",
                it -> it.setStatus(new AwsAccountStatus(1L, "arn", List.of(), List.of()))))
        .containsExactlyInAnyOrder(
            "ServiceAccountBus deliveries/deliveries",
            "EventSubscription deliveries/new-orders",
            "EventBackbone event-platform/main");
  }

  @Test
  void whyAnAccountIsNotReadyReachesThoseThatWaitForIt() {
    AwsAccount fresh = cluster.get(AwsAccount.class, "backbone");
    fresh.setStatus(new AwsAccountStatus(-1L, null, List.of(), List.of()));
    assertThat(
            changed(
                AwsAccount.class,
                "backbone",
                it ->
                    it.setStatus(
                        new AwsAccountStatus(
                            1L,
                            null,
                            List.of(),
                            List.of(new Condition("", "denied", 1L, "Denied", "False", "Ready"))))))
        .contains("EventBackbone event-platform/main");
  }

  @Test
  void aSubscriptionWakesItsBus() {
    assertThat(
            changed(
                EventSubscription.class, "new-orders", it -> it.getMetadata().setGeneration(2L)))
        .containsExactly("ServiceAccountBus deliveries/deliveries");
  }

  @Test
  void labelsOfANamespaceConcernWhatLivesInIt() {
    assertThat(changed(Namespace.class, "deliveries", it -> it.getMetadata().setLabels(Map.of())))
        .contains(
            "ServiceAccountBus deliveries/deliveries",
            "EventSubscription deliveries/new-orders",
            "EventBackbone event-platform/main")
        .doesNotContain("ServiceAccountBus orders/orders");
  }

  /** A subscription of the bus of deliveries, in another namespace. */
  private void subscribeAbroad(String namespace) {
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventSubscription",
                namespace + "/abroad",
                "busRef: {name: deliveries, namespace: deliveries}",
                "filter: {detailTypes: [Order.Created]}")));
  }

  @Test
  void labelsOfANamespaceConcernTheBusesThatItsSubscriptionsName() {
    subscribeAbroad("orders");
    assertThat(changed(Namespace.class, "orders", it -> it.getMetadata().setLabels(Map.of())))
        .contains("ServiceAccountBus deliveries/deliveries");
  }

  @Test
  void aSubscriptionThatIsGoneOrHasNoRuleAnyMoreWakesItsBus() {
    assertThat(
            changed(
                EventSubscription.class,
                "new-orders",
                it ->
                    it.setStatus(EventSubscriptionStatusBuilder.builder().ruleArn("arn").build())))
        .containsExactly("ServiceAccountBus deliveries/deliveries");
    EventSubscription gone = cluster.get(EventSubscription.class, "new-orders");
    cluster.remove(gone);
    assertThat(names(Optional.of(gone), Optional.empty()))
        .containsExactly("ServiceAccountBus deliveries/deliveries");
  }

  @Test
  void whatABusForwardsNowIsWaitedForWhereItIsWhatIsAskedFor() {
    Consumer<ServiceAccountBus> applied =
        it -> it.setStatus(UNSEEN.toBuilder().appliedHash("hash").build());
    cluster.get(ServiceAccountBus.class, "deliveries").setStatus(UNSEEN);
    assertThat(changed(ServiceAccountBus.class, "deliveries", applied)).isEmpty();
    cluster.apply(
        Cluster.read(
            Manifests.of(
                "EventBackbone",
                "event-platform/main",
                "accountRef: {name: backbone}",
                "region: eu-west-1",
                "forwarding: Subscribed")));
    assertThat(changed(ServiceAccountBus.class, "deliveries", applied))
        .containsExactly("EventSubscription deliveries/new-orders");
  }

  private static ServiceAccountBus bus(String name, Map<String, String> labels) {
    ServiceAccountBus bus =
        (ServiceAccountBus)
            Cluster.read(
                Manifests.of(
                    "ServiceAccountBus",
                    "orders/" + name,
                    "backboneRef: {name: main, namespace: event-platform}",
                    "accountRef: {name: orders}"));
    bus.getMetadata().setLabels(labels);
    return bus;
  }

  private List<String> added(HasMetadata object) {
    cluster.apply(object);
    return names(Optional.empty(), Optional.of(object));
  }

  private <T extends HasMetadata> List<String> changed(
      Class<T> kind, String name, Consumer<T> change) {
    T before = cluster.get(kind, name);
    T after = Serialization.clone(before);
    change.accept(after);
    return names(Optional.of(before), Optional.of(after));
  }

  private List<String> names(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    return Dependents.of(before, after, cluster).stream().map(Admissions::describe).toList();
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A backup is restored without statuses, and the next process begins: AWS stays as it is, the
 * statuses come back, and what a spec no longer asks for goes.
 */
class LostStatusesIT {

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333");
  private static final String POLICY = "111111111111 bus global-bus";
  private static final String ROOM_FOR_ONE = "{spec: {quotas: {eventBusPolicyCharacters: 260}}}";
  private static final String ORDINARY_SPEC = "{spec: {logging: null, encryption: null}}";

  private final Simulation simulation = new Simulation(Simulation.ECOMMERCE + Simulation.CONTRACT);

  @AfterEach
  void leave() {
    simulation.close();
  }

  static Stream<Arguments> worlds() {
    return Stream.of(
        world("as it is applied", "{}"),
        world(
            "a log and a key",
            "{spec: {logging: {level: Trace}, encryption: {kmsKeyIdentifier: alias/events}}}"),
        world("a log beside no audit", "{spec: {logging: {level: Info}, audit: {enabled: false}}}"),
        world("a discoverer", "{spec: {schemaDiscovery: {enabled: true}}}"),
        world("a registry", "{spec: {schemaRegistry: {schemaType: OpenApi3}}}"),
        world("bound Sources", "{spec: {publishers: {bindSources: true}}}"),
        world(
            "an organization",
            "{spec: {publishers: {mode: Organization, organizationId: o-a1b2c3d4e5}}}"),
        world("forwarding by subscriptions", "{spec: {forwarding: Subscribed}}"),
        Arguments.of("a full policy", (Consumer<Simulation>) LostStatusesIT::shrinkPolicy),
        Arguments.of(
            "a policy that was full before the youngest came",
            edit(AwsAccount.class, "backbone", ROOM_FOR_ONE)),
        Arguments.of("a refused filter", (Consumer<Simulation>) LostStatusesIT::refuseFilter));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("worlds")
  void awsStaysAsItIsAndTheStatusesComeBack(String world, Consumer<Simulation> edit) {
    simulation.settle();
    edit.accept(simulation);
    simulation.settle();
    Map<String, String> aws = aws();
    Map<String, String> kubernetes = kubernetes();
    simulation.deleteStatuses();
    simulation.restart();
    simulation.settle();
    assertThat(aws()).isEqualTo(aws);
    assertThat(kubernetes()).isEqualTo(kubernetes);
  }

  /** Who was not looked at yet must not lose the right to publish meanwhile. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("worlds")
  void nobodyLosesTheRightToPublishMeanwhile(String world, Consumer<Simulation> edit) {
    simulation.settle();
    edit.accept(simulation);
    simulation.settle();
    String policy = aws().get(POLICY);
    simulation.deleteStatuses();
    simulation.restart();
    simulation.step(simulation.cluster().get(AwsAccount.class, "backbone"));
    simulation.step(simulation.cluster().get(EventBackbone.class, "main"));
    assertThat(aws()).containsEntry(POLICY, policy);
  }

  /** The rule of the last good filter gets its events, in whatever order objects are looked at. */
  @Test
  void aRefusedFilterLosesNothingMeanwhile() {
    simulation.settle();
    refuseFilter(simulation);
    simulation.settle();
    Map<String, String> aws = aws();
    simulation.deleteStatuses();
    simulation.restart();
    List.of("backbone", "orders", "deliveries")
        .forEach(name -> simulation.step(simulation.cluster().get(AwsAccount.class, name)));
    simulation.step(simulation.cluster().get(EventBackbone.class, "main"));
    simulation.step(simulation.cluster().get(ServiceAccountBus.class, "deliveries"));
    assertThat(aws()).isEqualTo(aws);
  }

  static Stream<Arguments> takenOut() {
    return Stream.of(
        takenOut(EventBackbone.class, "main", "{spec: {logging: {level: Trace}}}", ORDINARY_SPEC),
        takenOut(
            EventBackbone.class,
            "main",
            "{spec: {logging: {level: Error}, audit: {enabled: false}}}",
            "{spec: {logging: null, audit: null}}"),
        takenOut(
            ServiceAccountBus.class, "orders", "{spec: {logging: {level: Info}}}", ORDINARY_SPEC),
        takenOut(
            EventBackbone.class,
            "main",
            "{spec: {encryption: {kmsKeyIdentifier: alias/events}}}",
            ORDINARY_SPEC),
        takenOut(
            ServiceAccountBus.class,
            "orders",
            "{spec: {encryption: {kmsKeyIdentifier: alias/orders}}}",
            ORDINARY_SPEC),
        takenOut(
            EventBackbone.class,
            "main",
            "{spec: {schemaDiscovery: {enabled: true}}}",
            "{spec: {schemaDiscovery: null}}"),
        takenOut(
            EventBackbone.class,
            "main",
            "{spec: {schemaRegistry: {schemaType: OpenApi3}}}",
            "{spec: {schemaRegistry: null}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("takenOut")
  void whatIsTakenOutOfTheSpecMeanwhileGoes(
      String story, Consumer<Simulation> set, Consumer<Simulation> takeOut) {
    simulation.settle();
    Map<String, String> aws = aws();
    set.accept(simulation);
    simulation.settle();
    assertThat(aws()).isNotEqualTo(aws);
    takeOut.accept(simulation);
    simulation.deleteStatuses();
    simulation.restart();
    simulation.settle();
    assertThat(aws()).isEqualTo(aws);
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
  }

  private static void shrinkPolicy(Simulation simulation) {
    simulation.apply(
        Simulation.account("billing", "444444444444")
            + Simulation.bus("billing", "billing-service"));
    simulation.edit(AwsAccount.class, "backbone", ROOM_FOR_ONE);
  }

  private static void refuseFilter(Simulation simulation) {
    simulation.edit(EventBackbone.class, "main", "{spec: {forwarding: Subscribed}}");
    simulation.settle();
    simulation.edit(
        EventSubscription.class, "new-orders", "{spec: {filter: {detailTypes: [wrong]}}}");
  }

  private static Arguments world(String name, String backbone) {
    return Arguments.of(name, edit(EventBackbone.class, "main", backbone));
  }

  private static Arguments takenOut(
      Class<? extends HasMetadata> kind, String name, String set, String takenOut) {
    return Arguments.of(
        kind.getSimpleName() + " " + set, edit(kind, name, set), edit(kind, name, takenOut));
  }

  private static Consumer<Simulation> edit(
      Class<? extends HasMetadata> kind, String name, String patch) {
    return simulation -> simulation.edit(kind, name, patch);
  }

  private Map<String, String> aws() {
    return AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources();
  }

  /**
   * Without the hash of the filter that a refused one replaced: it tells drift from a change of the
   * spec, and the next good filter is a change.
   */
  private Map<String, String> kubernetes() {
    Map<String, String> statuses = simulation.kubernetes();
    statuses.replaceAll((object, status) ->
        status.contains("\"reason\":\"InvalidFilter\"")
            ? status.replaceAll("\"appliedHash\":\"[\\w:]+\",", "")
            : status);
    return statuses;
  }
}

package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;

/** The discoverer of the global bus's schemas, from its first to its last call. */
class SchemaDiscoveryIT {

  private static final String PLATFORM = "111111111111";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final String ID = "events-event-bus-global-bus";
  private static final String ARN =
      "arn:aws:schemas:eu-west-1:111111111111:discoverer/events-event-bus-global-bus";
  private static final String OWNER = "eventbackbone.io/owner";
  private static final String ON = "{spec: {schemaDiscovery: {enabled: true}}}";
  private static final String OFF = "{spec: {schemaDiscovery: {enabled: false}}}";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);
  private final SchemasClient schemas = Account.of(simulation.aws(), PLATFORM).schemas();
  private final EventBridgeClient events = Account.of(simulation.aws(), PLATFORM).events();

  @Test
  void switchedOnItIsMadeAndItsArnTold() {
    discover();
    DescribeDiscovererResponse discoverer = discoverer();
    assertThat(discoverer.sourceArn()).isEqualTo(BUS);
    assertThat(discoverer.crossAccount()).isTrue();
    assertThat(discoverer.state()).isEqualTo(DiscovererState.STARTED);
    assertThat(discoverer.tags()).containsEntry(OWNER, "test/EventBackbone/platform/main");
    assertThat(backbone().getStatus().discovererArn()).isEqualTo(ARN);
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void whatOthersChangedIsRepaired() {
    discover();
    String description = discoverer().description();
    schemas.stopDiscoverer(it -> it.discovererId(ID));
    schemas.updateDiscoverer(it -> it.discovererId(ID).description("x").crossAccount(false));
    simulation.settle();

    assertThat(discoverer().state()).isEqualTo(DiscovererState.STARTED);
    assertThat(discoverer().description()).isEqualTo(description);
    assertThat(discoverer().crossAccount()).isTrue();
    assertThat(condition(Conditions.IN_SYNC).getMessage())
        .contains("Discoverer global-bus", "state STOPPED → STARTED", "crossAccount false → true");
  }

  /** What a glance found to differ is looked at again before it is changed. */
  @Test
  void anUpdateMakesNoCallMoreThanItNeeds() {
    discover();
    schemas.stopDiscoverer(it -> it.discovererId(ID));
    assertThat(schemasCallsOfNextCheck())
        .containsExactly(
            "ListDiscoverers",
            "DescribeDiscoverer",
            "ListDiscoverers",
            "DescribeDiscoverer",
            "StartDiscoverer");
    assertThat(schemasCallsOfNextCheck()).containsExactly("ListDiscoverers", "DescribeDiscoverer");
  }

  @Test
  void deletedByOthersItIsMadeAgain() {
    discover();
    schemas.deleteDiscoverer(it -> it.discovererId(ID));
    simulation.settle();
    assertThat(discoverer().state()).isEqualTo(DiscovererState.STARTED);
    assertThat(condition(Conditions.IN_SYNC).getReason()).isEqualTo("DriftRepaired");
  }

  @Test
  void switchedOffItGoesAndIsLookedForNoMore() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    discover();
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();

    assertThat(discoverers()).isEmpty();
    assertThat(backbone().getStatus().discovererArn()).isNull();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(schemasCallsOfNextCheck()).isEmpty();
  }

  @Test
  void whatCouldNotBeTakenAwayIsTriedAgain() {
    discover();
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofService("schemas"));
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(readiness()).isEqualTo("False AccessDenied");
    assertThat(backbone().getStatus().discovererArn()).isEqualTo(ARN);

    simulation.liftFaults();
    simulation.settle();
    assertThat(discoverers()).isEmpty();
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void whatCouldNotBeMadeHoldsNothingUpOnceItIsSwitchedOff() {
    simulation.settle();
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofService("schemas"));
    discover();
    assertThat(readiness()).isEqualTo("False AccessDenied");

    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
  }

  @Test
  void neverSwitchedOnNothingIsAsked() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofService("schemas"));
    simulation.settle();
    simulation.restart();
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(schemasCalls(simulation.aws().calls())).isEmpty();
  }

  @Test
  void anotherProcessFindsIt() {
    discover();
    simulation.restart();
    assertThat(schemasCallsOfNextCheck()).containsExactly("ListDiscoverers", "DescribeDiscoverer");
    assertThat(backbone().getStatus().discovererArn()).isEqualTo(ARN);
  }

  @Test
  void aKeyTakesItsPlace() {
    discover();
    simulation.edit(
        EventBackbone.class,
        "main",
        "{spec: {schemaDiscovery: {enabled: false}, encryption: {kmsKeyIdentifier: alias/events}}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(events.describeEventBus(it -> it.name("global-bus")).kmsKeyIdentifier())
        .isEqualTo("alias/events");

    simulation.edit(
        EventBackbone.class,
        "main",
        "{spec: {schemaDiscovery: {enabled: true}, encryption: {kmsKeyIdentifier: null}}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(discoverers()).hasSize(1);
  }

  @Test
  void somebodyElsesIsAConflictOrTakenOver() {
    simulation.settle();
    schemas.createDiscoverer(
        it -> it.sourceArn(BUS).description("by hand").tags(Map.of("team", "platform")));
    discover();
    assertThat(readiness()).isEqualTo("False ResourceConflict");
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("Discoverer global-bus", "was not made by this operator");
    assertThat(discoverer().tags()).isEqualTo(Map.of("team", "platform"));

    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.settle();
    assertThat(readiness()).isEqualTo("True Ready");
    assertThat(discoverer().tags()).containsKeys("team", OWNER);
    assertThat(discoverer().description()).isNotEqualTo("by hand");
  }

  @Test
  void deletedWithItsBackboneItGoesBeforeTheBus() {
    discover();
    deleteBackbone();
    assertThat(discoverers()).isEmpty();
    assertThat(events.listEventBuses(it -> {}).eventBuses())
        .extracting(EventBus::name)
        .containsExactly("default");
  }

  @Test
  void retainedItIsMarkedAsReleasedAlone() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    discover();
    deleteBackbone();
    assertThat(discoverer().state()).isEqualTo(DiscovererState.STARTED);
    assertThat(discoverer().tags().get("eventbackbone.io/managed-by")).startsWith("released ");
  }

  private void discover() {
    simulation.edit(EventBackbone.class, "main", ON);
    simulation.settle();
  }

  private void deleteBackbone() {
    simulation.deleteEcommerce();
    simulation.settle();
  }

  private List<String> schemasCallsOfNextCheck() {
    int before = simulation.aws().calls().size();
    simulation.settle();
    List<RecordedCall> calls = simulation.aws().calls();
    return schemasCalls(calls.subList(before, calls.size()));
  }

  private static List<String> schemasCalls(List<RecordedCall> calls) {
    return calls.stream()
        .filter(call -> call.service().equals("schemas"))
        .map(RecordedCall::operation)
        .toList();
  }

  private DescribeDiscovererResponse discoverer() {
    return schemas.describeDiscoverer(it -> it.discovererId(ID));
  }

  private List<DiscovererSummary> discoverers() {
    return schemas.listDiscoverers(it -> {}).discoverers();
  }

  private EventBackbone backbone() {
    return simulation.cluster().get(EventBackbone.class, "main");
  }

  private String readiness() {
    return simulation.readiness(EventBackbone.class, "main");
  }

  private Condition condition(String type) {
    return backbone().getStatus().condition(type).orElseThrow();
  }
}

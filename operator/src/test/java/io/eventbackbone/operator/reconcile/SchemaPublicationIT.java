package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;

/** The schema of an event type in EventBridge Schemas, from its first to its last call. */
class SchemaPublicationIT {

  private static final String REGISTRY = "event-backbone-global-bus";
  private static final String SCHEMA = "order-service@Order.Created";
  private static final String OWNER = "eventbackbone.io/owner";
  private static final String ON = "{spec: {schemaRegistry: {schemaType: OpenApi3}}}";
  private static final String OFF = "{spec: {schemaRegistry: null}}";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.PUBLISHED);
  private final SchemasClient schemas = Account.of(simulation.aws(), "111111111111").schemas();

  @Test
  void itIsMadeOnceAndTold() {
    simulation.settle();
    DescribeSchemaResponse schema = schema();
    assertThat(schema.type()).isEqualTo("OpenApi3");
    assertThat(schema.description()).isEqualTo("An order was accepted.");
    assertThat(schema.tags()).containsEntry(OWNER, "test/EventType/orders/order-created");
    assertThat(published().getStatus()).isEqualTo("True");
    assertThat(published().getMessage())
        .isEqualTo("registry event-backbone-global-bus has version 1 as the schema " + SCHEMA);
    assertThat(type().getStatus().schemaArn()).isEqualTo(schema.schemaArn());
    assertThat(backbone().getStatus().schemaRegistryArn())
        .isEqualTo("arn:aws:schemas:eu-west-1:111111111111:registry/event-backbone-global-bus");
    assertThat(schemasCallsOfNextCheck()).containsExactly("DescribeRegistry", "DescribeSchema");
    assertThat(schema().schemaVersion()).isEqualTo("1");
  }

  @Test
  void anotherContentMakesAnotherVersionAndADescriptionNone() {
    simulation.settle();
    simulation.edit(EventType.class, "order-created", "{spec: {description: It was accepted.}}");
    simulation.settle();
    assertThat(schema().description()).isEqualTo("It was accepted.");
    assertThat(schema().schemaVersion()).isEqualTo("1");

    simulation.edit(
        EventBackbone.class, "main", "{spec: {schemaRegistry: {schemaType: JSONSchemaDraft4}}}");
    simulation.settle();
    assertThat(schema().schemaVersion()).isEqualTo("2");
    assertThat(schema().type()).isEqualTo("JSONSchemaDraft4");
    assertThat(published().getStatus()).isEqualTo("True");
  }

  @Test
  void anIncompatibleVersionLeavesTheSchemaAsItWas() {
    simulation.settle();
    simulation.edit(
        EventType.class,
        "order-created",
        "{spec: {versions: [{version: '1', schema: {type: object, properties: {total: {type:"
            + " number}}}}, {version: '2', schema: {type: object, properties: {total: {type:"
            + " string}}}}]}}");
    simulation.settle();
    assertThat(schema().schemaVersion()).isEqualTo("1");
    assertThat(published().getReason()).isEqualTo("Incompatible");
    assertThat(published().getMessage()).startsWith("the published schema stays as it was: ");
  }

  @Test
  void whatOthersChangedIsRepaired() {
    simulation.settle();
    String content = schema().content();
    schemas.updateSchema(
        it -> it.registryName(REGISTRY).schemaName(SCHEMA).content("{\"openapi\":\"3.0.0\"}"));
    schemas.updateRegistry(it -> it.registryName(REGISTRY).description("x"));
    simulation.settle();
    assertThat(schema().content()).isEqualTo(content);
    assertThat(schemas.describeRegistry(it -> it.registryName(REGISTRY)).description())
        .isNotEqualTo("x");

    schemas.deleteSchema(it -> it.registryName(REGISTRY).schemaName(SCHEMA));
    simulation.settle();
    assertThat(schema().content()).isEqualTo(content);
  }

  @Test
  void aSchemaOfOthersStaysAsItIs() {
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", ON);
    schemas.createRegistry(it -> it.registryName(REGISTRY).tags(Map.of(OWNER, "another/one")));
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main"))
        .isEqualTo("False ResourceConflict");
    assertThat(published().getReason()).isEqualTo("BackboneNotReady");

    schemas.deleteRegistry(it -> it.registryName(REGISTRY));
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", "{spec: {adoptionPolicy: Adopt}}");
    simulation.edit(EventBackbone.class, "main", ON);
    schemas.createRegistry(it -> it.registryName(REGISTRY));
    schemas.createSchema(it ->
        it.registryName(REGISTRY)
            .schemaName(SCHEMA)
            .type("OpenApi3")
            .content("{\"theirs\":true}")
            .tags(Map.of(OWNER, "another/EventType/a/b")));
    simulation.settle();
    assertThat(published().getReason()).isEqualTo("ResourceConflict");
    assertThat(published().getMessage())
        .contains("Schema event-backbone-global-bus/" + SCHEMA, "belongs to another/EventType/a/b");
    assertThat(schema().content()).isEqualTo("{\"theirs\":true}");
    assertThat(ready()).isEqualTo("True Ready");
  }

  @Test
  void aMissingRightIsNamedAndNoPartOfReady() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("DescribeSchema"));
    simulation.settle();
    assertThat(published().getStatus()).isEqualTo("False");
    assertThat(published().getReason()).isEqualTo("AccessDenied");
    assertThat(published().getMessage()).contains("AccessDenied", "add the action");
    assertThat(ready()).isEqualTo("True Ready");

    simulation.liftFaults();
    simulation.settle();
    assertThat(published().getStatus()).isEqualTo("True");
  }

  /** The role is from before the registry: nothing was published, and the try can be undone. */
  @Test
  void aRoleThatMayNotReadHoldsNothingUp() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("DescribeRegistry"));
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("DescribeSchema"));
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("False AccessDenied");

    simulation.delete(EventType.class, "order-created");
    simulation.settle();
    assertThat(simulation.cluster().objects()).noneMatch(EventType.class::isInstance);

    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
  }

  @Test
  void aPolicyWithoutRoomKeepsNoSchemaOut() {
    simulation.edit(
        AwsAccount.class, "backbone", "{spec: {quotas: {eventBusPolicyCharacters: 260}}}");
    simulation.settle();
    assertThat(condition(Conditions.PROGRAMMED).getReason()).isEqualTo("QuotaExceeded");
    assertThat(published().getStatus()).isEqualTo("True");
  }

  @Test
  void theSchemaOfARefusedEventTypeKeepsTheRegistryAndIsNamed() {
    simulation.settle();
    simulation.edit(EventType.class, "order-created", versions("{type: nonsense}"));
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("registry event-backbone-global-bus still has schemas", SCHEMA);

    simulation.edit(EventType.class, "order-created", versions("{type: object}"));
    simulation.settle();
    assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
  }

  private static String versions(String schema) {
    return "{spec: {versions: [{version: '1', schema: %s}]}}".formatted(schema);
  }

  @Test
  void switchedOffTheSchemasGoAndTheRegistryAfterThem() {
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
    assertThat(type().getStatus().schemaArn()).isNull();
    assertThat(type().getStatus().condition(Conditions.PUBLISHED)).isEmpty();
    assertThat(backbone().getStatus().schemaRegistryArn()).isNull();
    assertThat(simulation.events("HeldByOthers")).isEmpty();
    assertThat(schemasCallsOfNextCheck()).isEmpty();
  }

  @Test
  void switchedOffTheyStayUnderRetainAndAreTakenUpAgain() {
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(schema().tags()).containsEntry(OWNER, "test/EventType/orders/order-created");
    assertThat(type().getStatus().schemaArn()).isNotNull();
    assertThat(type().getStatus().condition(Conditions.PUBLISHED)).isEmpty();

    simulation.edit(EventBackbone.class, "main", ON);
    simulation.settle();
    assertThat(schema().schemaVersion()).isEqualTo("1");
    assertThat(published().getStatus()).isEqualTo("True");
  }

  /** AWS would maybe delete them with it. */
  @Test
  void aRegistryWithSchemasOfOthersStaysAndNamesThem() {
    simulation.settle();
    schemas.createSchema(
        it -> it.registryName(REGISTRY).schemaName("theirs").type("OpenApi3").content("{\"a\":1}"));
    simulation.edit(EventBackbone.class, "main", OFF);
    simulation.settle();
    assertThat(schemas.listSchemas(it -> it.registryName(REGISTRY)).schemas())
        .extracting(SchemaSummary::schemaName)
        .containsExactly("theirs");
    assertThat(condition(Conditions.PROGRAMMED).getMessage())
        .contains("registry event-backbone-global-bus still has schemas", "theirs");

    schemas.deleteSchema(it -> it.registryName(REGISTRY).schemaName("theirs"));
    simulation.settle();
    assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
  }

  @Test
  void theBusWaitsForItsPublishedEventTypes() {
    simulation.settle();
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False DeletionBlocked");

    simulation.delete(EventType.class, "order-created");
    simulation.settle();
    assertThat(simulation.cluster().objects()).noneMatch(EventType.class::isInstance);
    assertThat(schemas.listSchemas(it -> it.registryName(REGISTRY)).schemas()).isEmpty();
  }

  @Test
  void nothingIsPublishedWhereTheBackboneIsOnlyObserved() {
    simulation.edit(EventBackbone.class, "main", "{spec: {managementPolicy: Observe}}");
    simulation.settle();
    assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
    assertThat(published().getReason()).isEqualTo("Observing");
    assertThat(backbone().getStatus().schemaRegistryArn()).isNull();
    assertThat(type().getStatus().schemaArn()).isNull();
  }

  private List<String> schemasCallsOfNextCheck() {
    int before = simulation.aws().calls().size();
    simulation.settle();
    return simulation.aws().calls().stream()
        .skip(before)
        .filter(call -> call.service().equals("schemas"))
        .map(RecordedCall::operation)
        .toList();
  }

  private DescribeSchemaResponse schema() {
    return schemas.describeSchema(it -> it.registryName(REGISTRY).schemaName(SCHEMA));
  }

  private EventType type() {
    return simulation.cluster().get(EventType.class, "order-created");
  }

  private EventBackbone backbone() {
    return simulation.cluster().get(EventBackbone.class, "main");
  }

  private String ready() {
    return simulation.readiness(EventType.class, "order-created");
  }

  private Condition condition(String name) {
    return backbone().getStatus().condition(name).orElseThrow();
  }

  private Condition published() {
    Optional<Condition> published = type().getStatus().condition(Conditions.PUBLISHED);
    return published.orElseThrow();
  }
}

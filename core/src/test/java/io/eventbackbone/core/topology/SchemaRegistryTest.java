package io.eventbackbone.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry of a backbone and the schemas in it. */
class SchemaRegistryTest {

  private static final String REGION = "region: eu-west-1";
  private static final String ARN =
      "arn:aws:schemas:eu-west-1:111111111111:registry/event-backbone-global-bus";

  private final Topology topology = new Topology("test");

  @Test
  void aBackboneThatPublishesHasARegistry() {
    assertThat(registry(with("schemaRegistry: {schemaType: OpenApi3}")))
        .singleElement()
        .isInstanceOfSatisfying(
            Present.class,
            present -> {
              assertThat(present.resource()).isInstanceOf(SchemaRegistry.class);
              assertThat(present.key().arn()).isEqualTo(ARN);
            });
  }

  @Test
  void aRegistryIsLookedForWhereThereWasOneAlone() {
    assertThat(registry(with("deletionPolicy: Delete"))).isEmpty();
    assertThat(registry(with("schemaRegistry: {}"))).isEmpty();
    assertThat(registry(published(with("deletionPolicy: Delete"))))
        .singleElement()
        .isInstanceOf(Absent.class);
    assertThat(registry(published(with("deletionPolicy: Retain"))))
        .singleElement()
        .isInstanceOf(Untouched.class);
  }

  @Test
  void anEventTypeIsPublishedAsTheLatestVersion() {
    Cluster cluster = with("schemaRegistry: {schemaType: JSONSchemaDraft4}\n  tags: {team: a}");
    WantedState wanted = topology.of(type(cluster));
    assertThat(wanted.tags().all())
        .containsEntry("eventbackbone.io/owner", "test/EventType/orders/created")
        .containsEntry("team", "a");
    assertThat(((Present) wanted.resources().get(0)).resource())
        .isInstanceOfSatisfying(
            SchemaRegistry.Schema.class,
            schema -> {
              assertThat(schema.key().arn())
                  .isEqualTo(
                      "arn:aws:schemas:eu-west-1:111111111111:schema/event-backbone-global-bus/"
                          + "order-service@Order.Created");
              assertThat(schema.type()).isEqualTo("JSONSchemaDraft4");
              assertThat(schema.content()).contains("second").doesNotContain("first");
            });
  }

  /** An emoji is two characters of Java. */
  @Test
  void aLongDescriptionEndsWithAWholeCharacter() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE.replace(
                REGION, REGION + "\n  schemaRegistry: {schemaType: OpenApi3}"),
            Manifests.of(
                "EventType",
                "orders/created",
                "busRef: {name: orders}",
                "detailType: Order.Created",
                "description: \"%s😀 and more\"".formatted("a".repeat(255)),
                "versions: [{version: \"1\", schema: {type: object}}]"));
    assertThat(((Present) topology.of(type(cluster)).resources().get(0)).resource())
        .isInstanceOfSatisfying(
            SchemaRegistry.Schema.class,
            schema -> assertThat(schema.description()).isEqualTo("a".repeat(255)));
  }

  @Test
  void aSchemaThatIsPublishedNoLongerGoesOrStaysWithTheRegistry() {
    assertThat(topology.of(type(with("deletionPolicy: Delete"))).resources())
        .singleElement()
        .isInstanceOf(Absent.class);
    assertThat(topology.of(type(with("deletionPolicy: Retain"))).resources())
        .singleElement()
        .isInstanceOf(Untouched.class);
  }

  private List<Wanted> registry(Cluster cluster) {
    AdmittedBackbone backbone =
        new Admissions(cluster)
            .backbone(cluster.get(EventBackbone.class, "main"))
            .admitted()
            .orElseThrow();
    return topology.of(backbone, PolicyBudget.of(backbone, List.of())).resources().stream()
        .filter(it -> it.key().type() == ResourceKey.Type.SCHEMA_REGISTRY)
        .toList();
  }

  private static AdmittedType type(Cluster cluster) {
    return new TypeAdmissions(cluster)
        .type(cluster.get(EventType.class, "created"))
        .admitted()
        .orElseThrow();
  }

  private static Cluster published(Cluster cluster) {
    cluster
        .get(EventBackbone.class, "main")
        .setStatus(EventBackboneStatusBuilder.builder().schemaRegistryArn(ARN).build());
    return cluster;
  }

  private static Cluster with(String setting) {
    return Cluster.of(
        Cluster.ECOMMERCE.replace(REGION, REGION + "\n  " + setting),
        Manifests.eventType(
            "orders/created",
            "Order.Created",
            "{type: object, properties: {first: {}}}",
            "{type: object, properties: {second: {}}}"));
  }
}

package io.eventbackbone.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LandscapeTest {

  private static final String TOTAL =
      """
      {type: object, properties: {total: {$ref: "#/$defs/money"}, kind: {enum: [a]}},
       $defs: {money: {type: object, properties: {properties: {type: string}, amount: {type: number}}}}}\
      """;

  private static Landscape landscape(String... manifests) {
    Cluster cluster = Cluster.of(Cluster.ECOMMERCE, String.join("", manifests));
    return Landscape.of(Snapshot.of(cluster.objects()), Optional.empty());
  }

  private static final Landscape ORDERS =
      landscape(Manifests.eventType("orders/created", "Order.Created", "{type: object}", TOTAL));

  private static String text(List<ExportedFile> files, String path) {
    return files.stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + " is not among " + files))
        .text();
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }

  @Test
  void anEventHasItsProducerAndItsReceivers() {
    assertThat(ORDERS.contracts())
        .singleElement()
        .satisfies(
            it -> assertThat(it.producer().name()).isEqualTo("order-service"),
            it -> assertThat(it.producer().team()).isEqualTo("orders"),
            it ->
                assertThat(it.receivers())
                    .extracting(Landscape.Service::name)
                    .containsExactly("delivery-service"));
  }

  /** No API server has checked manifests in files. */
  @Test
  void aSubscriptionWithoutAFilterReceivesNothing() {
    assertThat(
            landscape(
                    Manifests.of(
                        "EventSubscription", "deliveries/new-orders", "busRef: {name: deliveries}"),
                    Manifests.eventType("orders/created", "Order.Created", TOTAL))
                .contracts()
                .get(0)
                .receivers())
        .isEmpty();
  }

  @Test
  void aSuspendedSubscriptionReceivesNothing() {
    assertThat(
            landscape(
                    Manifests.of(
                        "EventSubscription",
                        "deliveries/new-orders",
                        "busRef: {name: deliveries}",
                        "filter: {detailTypes: [Order.Created]}",
                        "suspend: true"),
                    Manifests.eventType("orders/created", "Order.Created", TOTAL))
                .contracts()
                .get(0)
                .receivers())
        .isEmpty();
  }

  @Test
  void aBadSchemaHoldsUpNoOther() {
    Landscape landscape =
        landscape(
            Manifests.eventType("orders/bad", "Order.Bad", "{type: string}"),
            Manifests.eventType("orders/created", "Order.Created", TOTAL));

    assertThat(landscape.contracts()).hasSize(1);
    assertThat(landscape.refused())
        .singleElement()
        .asString()
        .startsWith("EventType orders/bad: spec.versions[0].schema");
  }

  @Test
  void asyncApiHasDefinitionsAmongItsComponents() throws IOException {
    List<ExportedFile> files = AsyncApi.of(ORDERS);

    assertThat(files)
        .extracting(ExportedFile::path)
        .containsExactlyInAnyOrder("order-service.yaml", "delivery-service.yaml");
    JsonNode document = yaml(text(files, "order-service.yaml"));
    assertThat(document.at("/operations/send-Order.Created/action").asText()).isEqualTo("send");
    assertThat(document.at("/channels/Order.Created/address").asText()).isEqualTo("Order.Created");
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/Order.Created/properties/total/$ref").asText())
        .isEqualTo("#/components/schemas/Order.Created-money");
    assertThat(schemas.at("/Order.Created/$defs").isMissingNode()).isTrue();
    assertThat(schemas.at("/Order.Created-money/properties/properties/type").asText())
        .isEqualTo("string");
    assertThat(
            yaml(text(files, "delivery-service.yaml"))
                .at("/operations/receive-Order.Created/action")
                .asText())
        .isEqualTo("receive");
  }

  @Test
  void eventCatalogHasEveryVersion() throws IOException {
    List<ExportedFile> files = EventCatalog.of(ORDERS);

    assertThat(files)
        .extracting(ExportedFile::path)
        .contains(
            "events/Order.Created/index.mdx",
            "events/Order.Created/schema.json",
            "events/Order.Created/versioned/1.0.0/schema.json",
            "services/delivery-service/index.mdx",
            "teams/orders.mdx");
    assertThat(text(files, "services/delivery-service/index.mdx"))
        .contains("receives:", "id: \"Order.Created\"", "version: \"2.0.0\"");
    assertThat(yaml(text(files, "events/Order.Created/schema.json")).has("$defs")).isTrue();
  }

  /** The body of a page is code: texts of people stay in its head. */
  @Test
  void textsStayInTheHead() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            Manifests.of(
                "EventType",
                "orders/created",
                "busRef: {name: orders}",
                "detailType: Order.Created",
                "description: \"---\\n{process.exit()} <script>\"",
                "versions: [{version: first, schema: {type: object}}]"));
    List<ExportedFile> files =
        EventCatalog.of(Landscape.of(Snapshot.of(cluster.objects()), Optional.empty()));
    String[] page = text(files, "events/Order.Created/index.mdx").split("(?m)^---$", 3);

    assertThat(page).hasSize(3);
    assertThat(page[1]).contains("process.exit()", "version: \"1.0.0\"");
    assertThat(page[2]).doesNotContain("process", "script");
  }

  @Test
  void namesBecomeIds() {
    Slugs slugs = new Slugs();

    assertThat(slugs.of("Order.Created")).isEqualTo("Order.Created");
    assertThat(slugs.of("order.created")).isEqualTo("order.created-2");
    assertThat(slugs.of("../x y")).isEqualTo("-x-y");
    assertThat(slugs.of("注文")).isEqualTo("-");
    assertThat(slugs.of("..")).isEqualTo("unnamed");
  }
}

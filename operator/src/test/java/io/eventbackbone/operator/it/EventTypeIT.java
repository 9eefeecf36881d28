package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.schemas.SchemasClient;

/** What the operator tells of contracts, as objects come, change and go. */
@ExtendWith(RealKubeApi.class)
class EventTypeIT {

  private static final String TOTAL =
      "{type: object, properties: {total: {type: number}, id: {type: string}}}";

  private static final String BIG_ORDERS =
      Ecommerce.subscription(
          "deliveries",
          "big",
          "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total: [{numeric:"
              + " [\">\", 5]}]}}}}");

  private static final String DELETING =
      Ecommerce.BACKBONE.replace(
          "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  deletionPolicy: Delete");

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL);
  }

  @Test
  void receiversComeAndGo() {
    world.apply(Ecommerce.type("created", "Order.Created", TOTAL));
    world.ready(EventType.class, "orders-#", "created");
    awaitReceivers("deliveries-#/new-orders");

    world.apply(BIG_ORDERS);
    awaitReceivers("deliveries-#/big", "deliveries-#/new-orders");

    world.apply(
        Ecommerce.subscription(
            "deliveries", "new-orders", "suspend: true", "filter: {detailTypes: [Order.Created]}"));
    awaitReceivers("deliveries-#/big");

    world.apply(Ecommerce.route("fan-out", "filter: {detailTypes: [Delivery.Updated]}"));
    awaitReceivers();
  }

  private void awaitReceivers(String... names) {
    String[] own = Arrays.stream(names).map(world::own).toArray(String[]::new);
    EventType type =
        world.until(
            EventType.class,
            "orders-#",
            "created",
            it ->
                it.getStatus().receivers() != null
                    && it.getStatus().receivers().names().equals(List.of(own)));
    assertThat(type.getStatus().receivers().total()).isEqualTo(names.length);
  }

  @Test
  void theYoungerOfTwoIsToldAndTakesOver() {
    world.apply(Ecommerce.type("created", "Order.Created", TOTAL));
    world.ready(EventType.class, "orders-#", "created");
    world.apply(Ecommerce.type("namesake", "Order.Created", TOTAL));
    assertThat(
            world
                .reason(EventType.class, "orders-#", "namesake", "Accepted", "DetailTypeConflict")
                .getMessage())
        .contains(world.own("is already that of EventType orders-#/created"));

    world.delete(EventType.class, "orders-#", "created");
    world.ready(EventType.class, "orders-#", "namesake");
  }

  @Test
  void anIncompatibleVersionIsToldWithADocument() {
    world.apply(
        Ecommerce.type(
            "created",
            "Order.Created",
            TOTAL,
            "{type: object, properties: {total: {type: [number, string]}}}"));
    assertThat(
            world
                .reason(EventType.class, "orders-#", "created", "Compatible", "Incompatible")
                .getMessage())
        .contains("version 2 accepts {\"total\":\"text 0\"}, and version 1 refuses it");
  }

  /** Nobody asks a webhook here. */
  @Test
  void aLostPropertyIsToldOnBothSides() {
    world.apply(BIG_ORDERS + Ecommerce.type("created", "Order.Created", TOTAL, "{type: object}"));
    assertThat(
            world
                .reason(EventType.class, "orders-#", "created", "Compatible", "PropertyInUse")
                .getMessage())
        .contains(
            world.own(
                "EventSubscription deliveries-#/big matches on data.total, which version 2 does not"
                    + " have"));
    world.ready(EventType.class, "orders-#", "created");

    world.apply(BIG_ORDERS.replace("total:", "totl:"));
    world.until(
        EventSubscription.class,
        "deliveries-#",
        "big",
        it ->
            World.condition(it, "Accepted")
                .getMessage()
                .contains("no version of Order.Created has data.totl: did you mean data.total?"));
  }

  @Test
  void aSubscriptionKeepsItsRuleWhenItsEventTypeGoes() {
    world.apply(
        Ecommerce.BACKBONE.replace(
            "driftCheckInterval: 2s",
            "driftCheckInterval: 2s\n  conventions: {unknownTypes: Refuse}"));
    String refused = "UnknownDetailType";
    world.reason(EventSubscription.class, "deliveries-#", "new-orders", "Accepted", refused);

    world.apply(Ecommerce.type("created", "Order.Created", TOTAL));
    EventSubscription accepted = world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.delete(EventType.class, "orders-#", "created");
    world.reason(EventSubscription.class, "deliveries-#", "new-orders", "Accepted", refused);

    assertThat(accepted.getStatus().ruleArn()).isNotNull();
    assertThat(
            world.get(EventSubscription.class, "deliveries-#", "new-orders").getStatus().ruleArn())
        .isEqualTo(accepted.getStatus().ruleArn());
  }

  @Test
  void aSchemaIsPublishedAndGoesWithItsEventType() {
    world.apply(Ecommerce.type("created", "Order.Created", TOTAL));
    world.ready(EventType.class, "orders-#", "created");
    world.apply(
        DELETING.replace(
            "deletionPolicy: Delete",
            "deletionPolicy: Delete\n  schemaRegistry: {schemaType: OpenApi3}"));
    assertThat(
            world
                .reason(EventType.class, "orders-#", "created", "Published", "Published")
                .getMessage())
        .isEqualTo(
            "registry event-backbone-global-bus has version 1 as the schema"
                + " order-service@Order.Created");
    try (SchemasClient schemas = world.schemas(world.account(1))) {
      String registry = "event-backbone-global-bus";
      assertThat(
              schemas
                  .describeSchema(
                      it -> it.registryName(registry).schemaName("order-service@Order.Created"))
                  .content())
          .contains("AWSEvent", "OrderCreated", "total");

      world.delete(EventType.class, "orders-#", "created");
      world.awaitGone(EventType.class, "orders-#", "created");
      assertThat(schemas.listSchemas(it -> it.registryName(registry)).schemas()).isEmpty();
      world.apply(DELETING);
      world.until(
          EventBackbone.class,
          "platform-#",
          "main",
          it -> it.getStatus().schemaRegistry().isEmpty());
      assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
    }
  }
}

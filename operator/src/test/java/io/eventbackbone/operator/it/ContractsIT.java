package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ConfigMaps with the contracts of what workloads publish, as event types come and go. */
@ExtendWith(RealKubeApi.class)
class ContractsIT {

  private static final String MAP = "deliveries-contracts";

  private static final String CREATED =
      "{\"detailType\":\"Order.Created\",\"versions\":[{\"version\":\"1\",\"schema\":{\"type\":\"object\"}}]}";

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL + Ecommerce.type("created", "Order.Created", "{type: object}"));
    world.ready(EventSubscription.class, "orders-#", "deliveries");
  }

  @Test
  void theyFollowTheEventTypesOfTheBus() {
    awaitData(Map.of("created.json", CREATED, "unknownTypes", "Allow"));
    EventSubscription owner = world.get(EventSubscription.class, "orders-#", "deliveries");
    assertThat(map().getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly(owner.getMetadata().getUid());

    world.apply(
        Ecommerce.type("created", "Order.Created", "{type: object}", "{type: object, title: T}")
            + Ecommerce.type("paid", "Order.Paid", "{type: object}")
            + Ecommerce.BACKBONE.replace(
                "driftCheckInterval: 2s",
                "driftCheckInterval: 2s\n  conventions: {unknownTypes: Warn}"));
    await()
        .untilAsserted(() ->
            assertThat(map().getData())
                .containsOnlyKeys("created.json", "paid.json", "unknownTypes")
                .containsEntry("unknownTypes", "Warn")
                .hasEntrySatisfying(
                    "created.json", text -> assertThat(text).contains("\"version\":\"2\"")));

    world.delete(EventType.class, "orders-#", "created");
    world.delete(EventType.class, "orders-#", "paid");
    awaitData(Map.of("unknownTypes", "Warn"));
    assertThat(world.get(ConfigMap.class, "deliveries-#", "new-orders-contracts").getData())
        .as("of another bus")
        .containsOnlyKeys("unknownTypes");
  }

  @Test
  void whatOthersChangeComesBack() {
    awaitData(Map.of("created.json", CREATED, "unknownTypes", "Allow"));
    world.edit(
        ConfigMap.class,
        "orders-#",
        MAP,
        it ->
            new ConfigMapBuilder(it)
                .addToData("unknownTypes", "Refuse")
                .addToData("forged.json", "{}")
                .removeFromData("created.json")
                .build());
    awaitData(Map.of("created.json", CREATED, "unknownTypes", "Allow"));

    world.delete(ConfigMap.class, "orders-#", MAP);
    await().until(() -> map() != null);
    awaitData(Map.of("created.json", CREATED, "unknownTypes", "Allow"));
  }

  @Test
  void aConfigMapOfSomebodyElseIsNotOverwritten() {
    String foreign =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: more-contracts, namespace: orders-#}
        data: {unknownTypes: theirs}
        """;
    world.apply(
        foreign
            + "---\n"
            + Ecommerce.subscription(
                "orders", "more", "filter: {detailTypes: [Delivery.Updated]}"));

    String message =
        world
            .reason(
                EventSubscription.class,
                "orders-#",
                "more",
                "Programmed",
                Reason.RESOURCE_CONFLICT.text())
            .getMessage();
    assertThat(message).contains("ConfigMap more-contracts", "has no label", "delete it");
    assertThat(world.get(ConfigMap.class, "orders-#", "more-contracts").getData())
        .containsOnly(Map.entry("unknownTypes", "theirs"));

    world.delete(ConfigMap.class, "orders-#", "more-contracts");
    world.ready(EventSubscription.class, "orders-#", "more");
    assertThat(world.get(ConfigMap.class, "orders-#", "more-contracts").getData())
        .containsEntry("created.json", CREATED);
  }

  /** The API server takes a ConfigMap of almost 1 MiB. */
  @Test
  void whatDoesNotFitIsTold() {
    String large = "{type: object, title: %s}".formatted("x".repeat(60_000));
    world.apply(
        IntStream.rangeClosed(10, 26)
            .mapToObj(i -> Ecommerce.type("t" + i, "Order.T" + i, large))
            .collect(Collectors.joining()));

    String told =
        "1 of 18 EventTypes don't fit into the ConfigMap, which has room for 1000000 bytes: t26";
    EventSubscription subscription =
        world.until(
            EventSubscription.class,
            "orders-#",
            "deliveries",
            it -> World.condition(it, "Programmed").getMessage().contains(told));
    assertThat(World.condition(subscription, "Ready").getStatus()).isEqualTo("True");
    await()
        .untilAsserted(() ->
            assertThat(map().getData())
                .containsEntry("leftOut", told)
                .containsKeys("created.json", "t25.json")
                .doesNotContainKey("t26.json"));
  }

  private ConfigMap map() {
    return world.get(ConfigMap.class, "orders-#", MAP);
  }

  private void awaitData(Map<String, String> data) {
    await().untilAsserted(() -> assertThat(map().getData()).isEqualTo(data));
  }
}

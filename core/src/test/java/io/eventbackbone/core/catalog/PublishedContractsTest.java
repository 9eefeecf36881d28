package io.eventbackbone.core.catalog;

import static io.eventbackbone.core.model.Manifests.eventType;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions.ValidationAction;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedContractsTest {

  private static EventType type(String name, String detailType, String... schemas) {
    return (EventType) Cluster.read(eventType("orders/" + name, detailType, schemas));
  }

  @Test
  void anEventTypeIsAFileWithAllItsVersions() {
    PublishedContracts contracts =
        PublishedContracts.of(
            List.of(type("created", "Order.Created", "{type: object}", "{type: object, title: T}")),
            ValidationAction.WARN);

    assertThat(contracts.entries())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "created.json",
                "{\"detailType\":\"Order.Created\",\"versions\":[{\"version\":\"1\",\"schema\":{\"type\":\"object\"}},{\"version\":\"2\",\"schema\":{\"type\":\"object\",\"title\":\"T\"}}]}",
                "unknownTypes",
                "Warn"));
    assertThat(contracts.leftOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ALLOW, Allow", "WARN, Warn", "REFUSE, Refuse"})
  void theConventionIsThereWithoutAnyContract(ValidationAction action, String told) {
    assertThat(PublishedContracts.of(List.of(), action).entries())
        .containsExactly(Map.entry("unknownTypes", told));
  }

  @Test
  void whatDoesNotFitIsTold() {
    String large = "{type: object, title: %s}".formatted("é".repeat(50_000));
    List<EventType> types =
        IntStream.rangeClosed(10, 20)
            .mapToObj(i -> type("t" + i, "Order.T" + i, i == 12 ? "{type: object}" : large))
            .toList();

    PublishedContracts contracts = PublishedContracts.of(types, ValidationAction.ALLOW);

    String told =
        "1 of 11 EventTypes don't fit into the ConfigMap, which has room for 1000000 bytes: t20";
    assertThat(contracts.leftOut()).hasValue(told);
    assertThat(contracts.entries())
        .containsEntry("leftOut", told)
        .containsKeys("t10.json", "t12.json", "t19.json")
        .doesNotContainKey("t20.json");
    assertThat(
            contracts.entries().values().stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum())
        .isLessThan(1 << 20);
  }

  /** A key has up to 253 characters, and so has a name. */
  @Test
  void aNameThatIsTooLongForAKeyIsToldToo() {
    PublishedContracts contracts =
        PublishedContracts.of(
            List.of(type("n".repeat(249), "Order.Created", "{type: object}")),
            ValidationAction.ALLOW);

    assertThat(contracts.entries()).containsOnlyKeys("unknownTypes", "leftOut");
  }

  @Test
  void onlyAcceptedEventTypesOfTheBusAreIn() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            eventType("orders/created", "Order.Created", "{type: object}"),
            eventType("orders/younger", "Order.Created", "{type: object}"),
            eventType("orders/invalid", "Order.Updated", "{type: object, minimum: 1}"),
            eventType("orders/theirs", "Delivery.Updated", "{type: object}")
                .replace("busRef: {name: orders}", "busRef: {name: deliveries}"));
    cluster
        .get(EventType.class, "younger")
        .getMetadata()
        .setCreationTimestamp("2999-01-01T00:00:00Z");

    assertThat(
            new Catalog(cluster)
                .published(
                    new Admissions(cluster)
                        .bus(cluster.get(ServiceAccountBus.class, "orders"))
                        .admitted()
                        .orElseThrow())
                .entries())
        .containsOnlyKeys("created.json", "unknownTypes");
  }

  @ParameterizedTest
  @CsvSource({
    "unknownTypes, '', true",
    "unknownTypes, a.json, true",
    "unknownTypes, leftOut, true",
    "unknownTypes, password, false",
    "a.json, b.json, false"
  })
  void theirKeysAreKnown(String key, String other, boolean isMadeOfContracts) {
    Map<String, String> data = other.isEmpty() ? Map.of(key, "") : Map.of(key, "", other, "");
    assertThat(PublishedContracts.isMadeOf(data)).isEqualTo(isMadeOfContracts);
  }
}

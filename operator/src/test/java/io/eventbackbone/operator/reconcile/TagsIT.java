package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;

/** Tags of specs: on all that is made for them, and off when they are not asked for any more. */
class TagsIT {

  private static final String GLOBAL_BUS =
      "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus";
  private static final String LOCAL_BUS =
      "arn:aws:events:eu-west-1:222222222222:event-bus/local-bus-order-service";

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void enter() {
    simulation.settle();
    simulation.edit(EventBackbone.class, "main", "{spec: {tags: {stage: prod, team: platform}}}");
    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {tags: {team: orders}}}");
    simulation.settle();
  }

  @Test
  void everythingHasTheTagsOfItsBusAndBackbone() {
    assertThat(askedOf(GLOBAL_BUS)).isEqualTo(Map.of("stage", "prod", "team", "platform"));
    assertThat(askedOf(LOCAL_BUS)).isEqualTo(Map.of("stage", "prod", "team", "orders"));
    assertThat(untagged("stage=prod")).isEmpty();
  }

  @Test
  void whatIsNotAskedForAnyMoreGoesAndWhatOthersSetStays() {
    tag(LOCAL_BUS, "theirs", "stays");
    simulation.edit(EventBackbone.class, "main", "{spec: {tags: null}}");
    simulation.settle();
    assertThat(askedOf(GLOBAL_BUS)).isEmpty();
    assertThat(askedOf(LOCAL_BUS)).isEqualTo(Map.of("team", "orders", "theirs", "stays"));
  }

  @Test
  void aChangedTagIsDrift() {
    tag(GLOBAL_BUS, "stage", "test");
    simulation.settle();
    assertThat(askedOf(GLOBAL_BUS)).containsEntry("stage", "prod");
    assertThat(simulation.kubernetes().get("EventBackbone platform/main"))
        .contains("DriftRepaired", "tags[stage] test → prod");
  }

  @Test
  void whatIsKeptAfterDeletionKeepsItsTagsAndIsTakenBackWithThoseThatAreAskedForThen() {
    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {deletionPolicy: Retain}}");
    simulation.settle();
    simulation.delete(EventSubscription.class, "delivery-updates");
    simulation.delete(ServiceAccountBus.class, "orders");
    simulation.settle();
    assertThat(askedOf(LOCAL_BUS)).isEqualTo(Map.of("stage", "prod", "team", "orders"));
    assertThat(tagsOf(LOCAL_BUS).get("eventbackbone.io/managed-by")).startsWith("released ");

    simulation.apply(Simulation.bus("orders", "order-service"));
    simulation.settle();
    assertThat(askedOf(LOCAL_BUS)).isEqualTo(Map.of("stage", "prod", "team", "platform"));
    assertThat(tagsOf(LOCAL_BUS))
        .containsEntry("eventbackbone.io/managed-by", "event-backbone-operator");
  }

  /** Taggable resources without the tag; the default buses and the archive's rule are AWS's own. */
  private List<String> untagged(String tag) {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111", "222222222222", "333333333333"))
        .resources()
        .entrySet()
        .stream()
        .filter(resource ->
            !resource.getKey().matches(".*( bus default|archive .*|policy .*|/Events-Archive-.*)"))
        .filter(resource -> !resource.getValue().contains(tag))
        .map(Entry::getKey)
        .toList();
  }

  private Map<String, String> askedOf(String busArn) {
    Map<String, String> tags = new TreeMap<>(tagsOf(busArn));
    tags.keySet().removeIf(key -> key.startsWith("eventbackbone.io/"));
    return tags;
  }

  private Map<String, String> tagsOf(String busArn) {
    return client(busArn).listTagsForResource(it -> it.resourceARN(busArn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private void tag(String busArn, String key, String value) {
    client(busArn)
        .tagResource(
            it -> it.resourceARN(busArn).tags(Tag.builder().key(key).value(value).build()));
  }

  private EventBridgeClient client(String busArn) {
    return Account.of(simulation.aws(), List.of(busArn.split(":", -1)).get(4)).events();
  }
}

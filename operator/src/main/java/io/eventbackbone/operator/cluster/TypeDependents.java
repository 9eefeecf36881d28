package io.eventbackbone.operator.cluster;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.pattern.Filters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a change concerns because of contracts: event types tell which subscriptions receive them,
 * and filters are held to event types.
 *
 * @param found where it adds what it finds
 */
record TypeDependents(Inventory inventory, Set<HasMetadata> found) {

  /** All event types of the backbone. */
  void ofBackbone(EventBackbone backbone) {
    inventory.busesOf(backbone).forEach(bus -> found.addAll(inventory.typesOf(bus)));
  }

  /** The event types whose schemas the backbone publishes, or published. */
  void ofRegistry(EventBackbone backbone) {
    inventory.busesOf(backbone).stream()
        .flatMap(bus -> inventory.typesOf(bus).stream())
        .filter(type ->
            backbone.getSpec().publishedSchemas().isPresent()
                || backbone.getStatus().schemaRegistry().isPresent()
                || type.getStatus().publishedSchema().isPresent())
        .forEach(found::add);
  }

  /** The bus, and the backbone's registry, that wait until the schema of the type is gone. */
  void ofSchema(EventType type) {
    busOf(type).filter(HasMetadata::isMarkedForDeletion).ifPresent(found::add);
    backboneOf(type)
        .filter(it -> it.getSpec().publishedSchemas().isEmpty())
        .filter(it -> it.getStatus().schemaRegistry().isPresent())
        .ifPresent(found::add);
  }

  /** The event types of a bus, and those that its subscriptions may receive. */
  void ofBus(ServiceAccountBus bus, EventBackbone backbone) {
    found.addAll(inventory.typesOf(bus));
    inventory.subscriptionsOf(bus).forEach(it -> ofSubscription(it, backbone));
  }

  /** The event types that the subscription may receive: few, if its filter lists detail types. */
  void ofSubscription(EventSubscription subscription, EventBackbone backbone) {
    List<String> listed = subscription.getSpec().filter().detailTypes();
    if (listed.isEmpty()) {
      ofBackbone(backbone);
    }
    listed.forEach(detailType -> found.addAll(inventory.typesNamed(detailType)));
  }

  /**
   * The rivals for a detail type, the subscriptions whose filters name it, and those that hold the
   * contracts of the rivals' buses for their workloads.
   */
  void ofType(EventType type) {
    String detailType = type.getSpec().detailType();
    List<EventType> rivals = inventory.typesNamed(detailType);
    found.addAll(rivals);
    Stream.concat(Stream.of(type), rivals.stream())
        .flatMap(it -> busOf(it).stream())
        .forEach(bus -> found.addAll(inventory.subscriptionsOf(bus)));
    backboneOf(type)
        .ifPresent(backbone ->
            inventory.busesOf(backbone).stream()
                .flatMap(bus -> inventory.subscriptionsOf(bus).stream())
                .filter(it -> names(it, detailType))
                .forEach(found::add));
  }

  private Optional<EventBackbone> backboneOf(EventType type) {
    return busOf(type)
        .flatMap(bus ->
            inventory.backbone(
                bus.getSpec().backboneRef().namespaceOr(bus.getMetadata().getNamespace()),
                bus.getSpec().backboneRef().name()));
  }

  private Optional<ServiceAccountBus> busOf(EventType type) {
    return inventory.bus(type.getMetadata().getNamespace(), type.getSpec().busRef().name());
  }

  private static boolean names(EventSubscription subscription, String detailType) {
    return Filters.literalDetailTypes(subscription.getSpec().filter()).containsValue(detailType);
  }
}

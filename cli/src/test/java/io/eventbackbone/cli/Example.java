package io.eventbackbone.cli;

/** Manifests that take the place of those in {@code Cluster.ECOMMERCE}. */
public final class Example {

  private Example() {}

  /** The subscription of the delivery service with another filter. */
  public static String subscription(String filter) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventSubscription
    metadata: {name: new-orders, namespace: deliveries}
    spec: {busRef: {name: deliveries}, filter: %s}
    """
        .formatted(filter);
  }

  /** The bus of the order service with more in its spec. */
  public static String orders(String more) {
    return bus("orders", "order-service", more);
  }

  /** The bus of the delivery service with more in its spec. */
  public static String deliveries(String more) {
    return bus("deliveries", "delivery-service", more);
  }

  private static String bus(String name, String identifier, String more) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: ServiceAccountBus
    metadata: {name: %1$s, namespace: %1$s}
    spec:
      backboneRef: {name: main, namespace: event-platform}
      accountRef: {name: %1$s}
      identifier: %2$s
      %3$s
    """
        .formatted(name, identifier, more);
  }

  /** The backbone with more in its spec. */
  public static String backbone(String more) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventBackbone
    metadata: {name: main, namespace: event-platform}
    spec: {accountRef: {name: backbone}, region: eu-west-1, allowedBuses: {from: All}, %s}
    """
        .formatted(more);
  }
}

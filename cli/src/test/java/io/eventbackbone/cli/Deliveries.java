package io.eventbackbone.cli;

/** Manifests of the delivery service, of the example in {@code Cluster.ECOMMERCE}. */
public final class Deliveries {

  private Deliveries() {}

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
}

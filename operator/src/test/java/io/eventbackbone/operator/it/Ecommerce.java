package io.eventbackbone.operator.it;

/** The example, as manifests for a {@link World}. */
final class Ecommerce {

  static final String NAMESPACES =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: platform-#}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: orders-#, labels: {team: "orders-#"}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: deliveries-#, labels: {team: "deliveries-#"}}}
      ---
      """;

  static final String ACCOUNTS =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: backbone-#}
      spec:
        accountId: "7#00000001"
        roleArn: arn:aws:iam::7#00000001:role/event-backbone-operator
        allowedNamespaces: {from: All}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: orders-#}
      spec:
        accountId: "7#00000002"
        roleArn: arn:aws:iam::7#00000002:role/event-backbone-operator
        allowedNamespaces: {from: Selector, selector: {matchLabels: {team: "orders-#"}}}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: deliveries-#}
      spec:
        accountId: "7#00000003"
        roleArn: arn:aws:iam::7#00000003:role/event-backbone-operator
        allowedNamespaces: {from: Selector, selector: {matchLabels: {team: "deliveries-#"}}}
      ---
      """;

  static final String BACKBONE =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventBackbone
      metadata: {name: main, namespace: platform-#}
      spec:
        accountRef: {name: backbone-#}
        region: eu-west-1
        allowedBuses: {from: All}
        driftCheckInterval: 2s
      ---
      """;

  static final String BUSES =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: orders, namespace: orders-#}
      spec:
        backboneRef: {name: main, namespace: platform-#}
        accountRef: {name: orders-#}
        identifier: order-service
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: deliveries, namespace: deliveries-#}
      spec:
        backboneRef: {name: main, namespace: platform-#}
        accountRef: {name: deliveries-#}
        identifier: delivery-service
      ---
      """;

  static final String ROUTE =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventRoute
      metadata: {name: fan-out, namespace: platform-#}
      spec:
        backboneRef: {name: main}
      ---
      """;

  static final String SUBSCRIPTIONS =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: new-orders, namespace: deliveries-#}
      spec:
        busRef: {name: deliveries}
        filter: {detailTypes: [Order.Created]}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: deliveries, namespace: orders-#}
      spec:
        busRef: {name: orders}
        filter: {detailTypes: [Delivery.Updated]}
      ---
      """;

  static final String ALL = NAMESPACES + ACCOUNTS + BACKBONE + BUSES + ROUTE + SUBSCRIPTIONS;

  private Ecommerce() {}
}

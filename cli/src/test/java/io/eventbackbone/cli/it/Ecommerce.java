package io.eventbackbone.cli.it;

/** The example, as manifests for a {@link World}. */
final class Ecommerce {

  static final String ALL =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: platform-#, labels: {team: "platform-#"}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: orders-#, labels: {team: "orders-#", member: "#"}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: deliveries-#, labels: {team: "deliveries-#", member: "#"}}}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: backbone-#}
      spec:
        accountId: "7#00000001"
        roleArn: arn:aws:iam::7#00000001:role/event-backbone-operator
        allowedNamespaces: {from: Selector, selector: {matchLabels: {team: "platform-#"}}}
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
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventBackbone
      metadata: {name: main, namespace: platform-#}
      spec:
        accountRef: {name: backbone-#}
        region: eu-west-1
        allowedBuses: {from: Selector, selector: {matchLabels: {member: "#"}}}
        driftCheckInterval: 2s
      ---
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
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventRoute
      metadata: {name: fan-out, namespace: platform-#}
      spec:
        backboneRef: {name: main}
      ---
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

  /** A user who may do in a namespace what the chart's role eventbackbone-view lets. */
  static final String TENANT =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: tenant, namespace: deliveries-#}
      rules:
      - apiGroups: [eventbackbone.io]
        resources: [serviceaccountbuses, eventsubscriptions, eventtypes]
        verbs: [get, list, watch]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: tenant, namespace: deliveries-#}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tenant}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: tenant-#}]
      ---
      """;

  /** What the platform may bind to that user besides. */
  static final String INSIGHT =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: event-backbone-insight, namespace: platform-#}
      rules:
      - apiGroups: [eventbackbone.io]
        resources: [eventbackbones, eventroutes]
        verbs: [get, list, watch]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: insight, namespace: platform-#}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: event-backbone-insight}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: tenant-#}]
      ---
      """;

  private Ecommerce() {}
}

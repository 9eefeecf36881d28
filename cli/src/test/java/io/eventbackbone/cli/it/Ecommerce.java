package io.eventbackbone.cli.it;

/** The example, as manifests for a {@link World}. */
final class Ecommerce {

  static final String ALL =
      "{apiVersion: v1, kind: Namespace, metadata: {name: platform-#, labels: {team: platform-#}}}\n---\n"
          + memberNamespace("orders")
          + memberNamespace("deliveries")
          + account("backbone", 1, "platform")
          + account("orders", 2, "orders")
          + account("deliveries", 3, "deliveries")
          + """
          apiVersion: eventbackbone.io/v1alpha1
          kind: EventBackbone
          metadata: {name: main, namespace: platform-#}
          spec:
            accountRef: {name: backbone-#}
            region: eu-west-1
            allowedBuses: {from: Selector, selector: {matchLabels: {member: "#"}}}
            driftCheckInterval: 2s
          ---
          """
          + bus("orders", "order-service")
          + bus("deliveries", "delivery-service")
          + """
          apiVersion: eventbackbone.io/v1alpha1
          kind: EventRoute
          metadata: {name: fan-out, namespace: platform-#}
          spec:
            backboneRef: {name: main}
          ---
          """
          + subscription("new-orders", "deliveries", "Order.Created")
          + subscription("deliveries", "orders", "Delivery.Updated");

  private static String memberNamespace(String team) {
    return """
    {apiVersion: v1, kind: Namespace, metadata: {name: %1$s-#, labels: {team: %1$s-#, member: "#"}}}
    ---
    """
        .formatted(team);
  }

  private static String account(String name, int digit, String team) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: AwsAccount
    metadata: {name: %1$s-#}
    spec:
      accountId: "7#0000000%2$d"
      roleArn: arn:aws:iam::7#0000000%2$d:role/event-backbone-operator
      allowedNamespaces: {from: Selector, selector: {matchLabels: {team: %3$s-#}}}
    ---
    """
        .formatted(name, digit, team);
  }

  private static String bus(String team, String identifier) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: ServiceAccountBus
    metadata: {name: %1$s, namespace: %1$s-#}
    spec:
      backboneRef: {name: main, namespace: platform-#}
      accountRef: {name: %1$s-#}
      identifier: %2$s
    ---
    """
        .formatted(team, identifier);
  }

  private static String subscription(String name, String team, String detailType) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventSubscription
    metadata: {name: %1$s, namespace: %2$s-#}
    spec:
      busRef: {name: %2$s}
      filter: {detailTypes: [%3$s]}
    ---
    """
        .formatted(name, team, detailType);
  }

  /** A user who may do in a namespace what the chart's role eventbackbone-view lets. */
  static final String TENANT =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: tenant, namespace: deliveries-#}
      rules:
      - apiGroups: [eventbackbone.io]
        resources: [serviceaccountbuses, eventsubscriptions, eventtypes, eventreplays]
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

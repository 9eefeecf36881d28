package io.eventbackbone.operator.it;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import java.util.ArrayList;
import java.util.List;

/** The example, as manifests for a {@link World}. */
final class Ecommerce {

  static final String NAMESPACES = namespace("platform") + team("orders") + team("deliveries");

  static final String ACCOUNTS =
      account("backbone", 1, "allowedNamespaces: {from: All}")
          + account("orders", 2, allowing("orders"))
          + account("deliveries", 3, allowing("deliveries"));

  static final String BACKBONE =
      Manifests.of(
          "EventBackbone",
          "platform-#/main",
          "accountRef: {name: backbone-#}",
          "region: eu-west-1",
          "allowedBuses: {from: All}",
          "driftCheckInterval: 2s");

  static final String BUSES =
      bus("orders", "orders", "identifier: order-service")
          + bus("deliveries", "deliveries", "identifier: delivery-service");

  static final String ROUTE = route("fan-out");

  static final String SUBSCRIPTIONS =
      subscription("deliveries", "new-orders", "filter: {detailTypes: [Order.Created]}")
          + subscription("orders", "deliveries", "filter: {detailTypes: [Delivery.Updated]}");

  static final String ALL = NAMESPACES + ACCOUNTS + BACKBONE + BUSES + ROUTE + SUBSCRIPTIONS;

  private Ecommerce() {}

  /** An EventType of the order service. */
  static String type(String name, String detailType, String... schemas) {
    List<String> versions = new ArrayList<>();
    for (String schema : schemas) {
      versions.add("{version: \"%d\", schema: %s}".formatted(versions.size() + 1, schema));
    }
    return Manifests.of(
        "EventType",
        "orders-#/" + name,
        "busRef: {name: orders}",
        "detailType: " + detailType,
        "versions: " + versions);
  }

  /** A service that is not part of the example, from its namespace to its bus. */
  static String service(String name, int digit) {
    return team(name) + account(name, digit, allowing(name)) + bus(name, name);
  }

  private static String namespace(String name) {
    return """
    {apiVersion: v1, kind: Namespace, metadata: {name: %s-#}}
    ---
    """
        .formatted(name);
  }

  private static String team(String name) {
    return """
    {apiVersion: v1, kind: Namespace, metadata: {name: %1$s-#, labels: {team: "%1$s-#"}}}
    ---
    """
        .formatted(name);
  }

  /** An AwsAccount, by the digit that its id ends with. */
  static String account(String name, int digit, String... more) {
    return Manifests.account(name + "-#", "7#0000000" + digit, more);
  }

  private static String allowing(String team) {
    return "allowedNamespaces: {from: Selector, selector: {matchLabels: {team: \"%s-#\"}}}"
        .formatted(team);
  }

  /** A bus in the namespace and the account of a team. */
  static String bus(String team, String name, String... more) {
    return Manifests.of(
        "ServiceAccountBus",
        "%s-#/%s".formatted(team, name),
        Manifests.with(
            more,
            "backboneRef: {name: main, namespace: platform-#}",
            "accountRef: {name: %s-#}".formatted(team)));
  }

  static String route(String name, String... more) {
    return Manifests.of(
        "EventRoute", "platform-#/" + name, Manifests.with(more, "backboneRef: {name: main}"));
  }

  /** A subscription of the bus that has the name of its namespace's team. */
  static String subscription(String team, String name, String... more) {
    return Manifests.of(
        "EventSubscription",
        "%s-#/%s".formatted(team, name),
        Manifests.with(more, "busRef: {name: %s}".formatted(team)));
  }

  /** Waits until every object of {@link #ALL} is Ready. */
  static void awaitReady(World world) {
    world.ready(AwsAccount.class, "", "backbone-#");
    world.ready(EventBackbone.class, "platform-#", "main");
    world.ready(ServiceAccountBus.class, "orders-#", "orders");
    world.ready(ServiceAccountBus.class, "deliveries-#", "deliveries");
    world.ready(EventRoute.class, "platform-#", "fan-out");
    world.ready(EventSubscription.class, "orders-#", "deliveries");
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }
}

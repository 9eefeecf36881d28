package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The custom resources that people want in a cluster, as their Git repository has them. */
final class WantedObjects {

  static final List<String> KINDS =
      List.of(
          "AwsAccount",
          "EventBackbone",
          "EventRoute",
          "ServiceAccountBus",
          "EventSubscription",
          "EventType",
          "EventReplay");

  private static final String NAMESPACES =
      List.of("platform", "orders", "deliveries", "churn", "poison").stream()
          .map("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n"::formatted)
          .collect(Collectors.joining("---\n"));

  private final Map<ObjectKey, String> manifests = new LinkedHashMap<>();

  /** Two services of two accounts that nobody takes away, and whose resources outlive them. */
  static WantedObjects ofTwoServices() {
    WantedObjects wanted = new WantedObjects();
    wanted.putAccount("backbone", "111111111111");
    wanted.putAccount("orders", "222222222222");
    wanted.putAccount("deliveries", "333333333333");
    wanted.putAccount("churn", "444444444444");
    wanted.put(
        new ObjectKey("EventBackbone", "platform", "main"),
        "{accountRef: {name: backbone}, region: eu-west-1, allowedBuses: {from: All},"
            + " driftCheckInterval: 5s}");
    wanted.put(new ObjectKey("EventRoute", "platform", "fan-out"), "{backboneRef: {name: main}}");
    wanted.putBus("orders", "orders", "identifier: order-service");
    wanted.putBus("deliveries", "deliveries", "identifier: delivery-service");
    wanted.putBus("churn", "churn", "identifier: churn-service, deletionPolicy: Delete");
    wanted.put(
        new ObjectKey("EventSubscription", "orders", "deliveries"),
        "{busRef: {name: orders}, filter: {detailTypes: [Delivery.Updated]}}");
    wanted.put(
        new ObjectKey("EventSubscription", "deliveries", "orders"),
        "{busRef: {name: deliveries}, filter: {detailTypes: [Order.Created]}}");
    wanted.put(
        new ObjectKey("EventType", "orders", "order-created"),
        "{busRef: {name: orders}, detailType: Order.Created, versions: [{version: \"1\", schema:"
            + " {type: object, properties: {orderId: {type: string}}}}]}");
    return wanted;
  }

  private void putAccount(String name, String id) {
    put(
        new ObjectKey("AwsAccount", "", name),
        "{accountId: \"%1$s\", roleArn: \"arn:aws:iam::%1$s:role/event-backbone-operator\", allowedNamespaces: {from: All}}"
            .formatted(id));
  }

  private void putBus(String namespace, String account, String more) {
    put(
        new ObjectKey("ServiceAccountBus", namespace, namespace),
        "{backboneRef: {name: main, namespace: platform}, accountRef: {name: %s}, %s}"
            .formatted(account, more));
  }

  void put(ObjectKey key, String spec) {
    manifests.put(key, manifest(key, spec));
  }

  private static String manifest(ObjectKey key, String spec) {
    String namespace = key.namespace().isEmpty() ? "" : ", namespace: " + key.namespace();
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: %s
    metadata: {name: %s%s}
    spec: %s
    """
        .formatted(key.kind(), key.name(), namespace, spec);
  }

  void remove(ObjectKey key) {
    manifests.remove(key);
  }

  Set<ObjectKey> keys() {
    return Set.copyOf(manifests.keySet());
  }

  /** Applies all of them with kubectl. */
  void applyTo(Site site, Path folder) {
    try {
      Path file = folder.resolve("wanted.yaml");
      Files.writeString(file, NAMESPACES + "---\n" + String.join("---\n", manifests.values()));
      site.kubectl().run("apply", "--server-side", "--force-conflicts", "-f", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Objects of each kind that the API server stores and that the operator can't read or accept. They
 * were valid once: definitions of another version let them in, as after a downgrade. No field of
 * another type is one that a CEL rule reads: the API server refuses every change of such an object,
 * also the end of its finalizer.
 */
final class PoisonObjects {

  private static final int LONG_NAME = 60_000;
  private static final int DEEP = 900;

  private static final Map<ObjectKey, String> SPECS = specs();

  private final Site site;
  private final Path folder;

  PoisonObjects(Site site, Path folder) {
    this.site = site;
    this.folder = folder;
  }

  private static Map<ObjectKey, String> specs() {
    Map<ObjectKey, String> specs = new LinkedHashMap<>();
    specs.put(
        new ObjectKey("AwsAccount", "", "poison"),
        """
        {"accountId": "555555555555", "quotas": "many"}\
        """);
    specs.put(
        new ObjectKey("EventBackbone", "poison", "poison"),
        """
        {"accountRef": {"name": "backbone"}, "region": "eu-west-1", "deadLetter": "on"}\
        """);
    specs.put(
        new ObjectKey("EventRoute", "platform", "poison"),
        """
        {"backboneRef": {"name": "main"}, "senderMatch": "Both"}\
        """);
    specs.put(
        new ObjectKey("ServiceAccountBus", "poison", "poison"),
        """
        {"backboneRef": {"name": "main", "namespace": "platform"},
         "accountRef": {"name": "churn"}, "deadLetter": "on"}\
        """);
    specs.put(
        new ObjectKey("EventSubscription", "poison", "wrong-types"),
        """
        {"busRef": {"name": "orders", "namespace": "orders"},
         "filter": {"detailTypes": ["Order.Created"]}, "deadLetter": "on"}\
        """);
    specs.put(new ObjectKey("EventSubscription", "poison", "long-name"), filtering(longName()));
    specs.put(new ObjectKey("EventSubscription", "poison", "deep"), filtering(deep()));
    specs.put(
        new ObjectKey("EventType", "poison", "poison"),
        """
        {"busRef": {"name": "orders"}, "detailType": "Order.Created", "compatibility": "Some",
         "versions": [{"version": "1", "schema": {"type": "object"}}]}\
        """);
    specs.put(
        new ObjectKey("EventReplay", "poison", "poison"),
        """
        {"subscriptionRef": {}, "from": "2026-11-28T00:00:00Z", "to": "2026-11-28T01:00:00Z"}\
        """);
    return Collections.unmodifiableMap(specs);
  }

  private static String filtering(String pattern) {
    return """
    {"busRef": {"name": "orders", "namespace": "orders"}, "filter": {"pattern": %s}}\
    """
        .formatted(pattern);
  }

  private static String longName() {
    return "{\"%s\": [\"x\"]}".formatted("k".repeat(LONG_NAME));
  }

  private static String deep() {
    return "{\"a\": ".repeat(DEEP) + "[\"x\"]" + "}".repeat(DEEP);
  }

  /** Has the API server store them, with definitions that let everything in for a moment. */
  void store() {
    try {
      for (String kind : WantedObjects.KINDS) {
        site.kubectl()
            .run(
                "patch",
                "crd",
                definition(kind),
                "--type=json",
                "-p",
                """
                [{"op": "replace", "path": "/spec/versions/0/schema/openAPIV3Schema",
                  "value": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}]\
                """);
      }
      for (Map.Entry<ObjectKey, String> poison : SPECS.entrySet()) {
        Path file = folder.resolve("poison.json");
        Files.writeString(file, manifest(poison.getKey(), poison.getValue()));
        // A definition takes effect a little later than it is stored.
        await("stored " + poison.getKey())
            .until(() ->
                site.kubectl()
                        .attempt("replace", "--force", "--grace-period=0", "-f", file.toString())
                        .exitCode()
                    == 0);
      }
      restoreDefinitions();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As JSON, since a name in YAML has at most 1,024 characters. */
  private static String manifest(ObjectKey key, String spec) {
    return """
    {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "%s",
     "metadata": {"name": "%s", "namespace": "%s"}, "spec": %s}\
    """
        .formatted(key.kind(), key.name(), key.namespace(), spec);
  }

  private void restoreDefinitions() {
    for (String kind : WantedObjects.KINDS) {
      site.kubectl().run("replace", "-f", "../../crds/" + definition(kind) + ".yaml");
    }
  }

  private static String definition(String kind) {
    String plural = kind.toLowerCase(Locale.ROOT) + (kind.endsWith("s") ? "es" : "s");
    return plural + ".eventbackbone.io";
  }

  static boolean isPoison(ObjectKey key) {
    return SPECS.containsKey(key);
  }

  /** Waits until each of them is told that it is not accepted. */
  void awaitTold() {
    for (ObjectKey key : SPECS.keySet()) {
      await("told " + key)
          .atMost(Replicas.PATIENCE)
          .untilAsserted(() -> assertThat(accepted(key)).isEqualTo("False"));
    }
  }

  private String accepted(ObjectKey key) {
    return site.kubectl()
        .run(
            "get",
            key.kind(),
            key.name(),
            "--namespace=" + key.namespace(),
            "-o",
            "jsonpath={.status.conditions[?(@.type==\"Accepted\")].status}");
  }
}

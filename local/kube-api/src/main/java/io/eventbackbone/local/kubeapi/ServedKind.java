package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kind that a {@link MockApi} tells of, in one version.
 *
 * @param group the API group, empty for Kubernetes' core
 * @param columns what kubectl prints of it beside its name; empty: kubectl's own choice
 * @param schema its OpenAPI v3 schema; empty for Kubernetes' own kinds
 */
record ServedKind(
    String group,
    String version,
    String plural,
    String kind,
    Scope scope,
    List<String> shortNames,
    List<String> categories,
    List<CustomResourceColumnDefinition> columns,
    JsonNode schema) {

  enum Scope {
    CLUSTER,
    NAMESPACED
  }

  /** What samples and operators use of Kubernetes' own kinds. */
  static final List<ServedKind> BUILT_IN =
      List.of(
          builtIn("", "configmaps", "ConfigMap", Scope.NAMESPACED, "cm"),
          builtIn("", "events", "Event", Scope.NAMESPACED, "ev"),
          builtIn("", "namespaces", "Namespace", Scope.CLUSTER, "ns"),
          builtIn("", "persistentvolumeclaims", "PersistentVolumeClaim", Scope.NAMESPACED, "pvc"),
          builtIn("", "pods", "Pod", Scope.NAMESPACED, "po"),
          builtIn("", "secrets", "Secret", Scope.NAMESPACED),
          builtIn("", "serviceaccounts", "ServiceAccount", Scope.NAMESPACED, "sa"),
          builtIn("", "services", "Service", Scope.NAMESPACED, "svc"),
          builtIn(
              "apiextensions.k8s.io",
              "customresourcedefinitions",
              "CustomResourceDefinition",
              Scope.CLUSTER,
              "crd"),
          builtIn("apps", "deployments", "Deployment", Scope.NAMESPACED, "deploy"),
          builtIn("coordination.k8s.io", "leases", "Lease", Scope.NAMESPACED));

  private static ServedKind builtIn(
      String group, String plural, String kind, Scope scope, String... shortNames) {
    return new ServedKind(
        group,
        "v1",
        plural,
        kind,
        scope,
        List.of(shortNames),
        List.of(),
        List.of(),
        JsonNodeFactory.instance.objectNode());
  }

  /** The kind of a CRD, once for each of its versions. */
  static Stream<ServedKind> of(CustomResourceDefinition crd) {
    var spec = crd.getSpec();
    var names = spec.getNames();
    return spec.getVersions().stream()
        .map(version ->
            new ServedKind(
                spec.getGroup(),
                version.getName(),
                names.getPlural(),
                names.getKind(),
                "Cluster".equals(spec.getScope()) ? Scope.CLUSTER : Scope.NAMESPACED,
                List.copyOf(names.getShortNames()),
                List.copyOf(names.getCategories()),
                List.copyOf(version.getAdditionalPrinterColumns()),
                schema(version)));
  }

  private static JsonNode schema(CustomResourceDefinitionVersion version) {
    return Serialization.unmarshal(
        Serialization.asJson(version.getSchema().getOpenAPIV3Schema()), JsonNode.class);
  }

  /** As in an object's apiVersion. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Path of the group and version, without a slash in front. */
  String root() {
    return (group.isEmpty() ? "api/" : "apis/") + apiVersion();
  }

  /** Whether a request's path is that of the kind's list, of one object, or of its status. */
  boolean isServedAt(String path) {
    String namespace = scope == Scope.NAMESPACED ? "(/namespaces/[^/]+)?" : "";
    return path.matches("/" + root() + namespace + "/" + plural + "(/[^/]+(/status)?)?");
  }

  /** An APIResource of the discovery API. */
  Map<String, Object> apiResource() {
    return Map.of(
        "name", plural,
        "singularName", kind.toLowerCase(Locale.ROOT),
        "kind", kind,
        "namespaced", scope == Scope.NAMESPACED,
        "shortNames", shortNames,
        "categories", categories,
        "verbs", List.of("create", "delete", "get", "list", "patch", "update", "watch"));
  }
}

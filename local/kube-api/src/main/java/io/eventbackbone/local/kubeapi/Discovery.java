package io.eventbackbone.local.kubeapi;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.local.kubeapi.programs.KubeVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The documents in which an API server tells what it serves: /api, /apis and below, /version, and
 * as much of /openapi/v3 as kubectl wants to see to explain a kind, and before it leaves the
 * checking of fields to the server.
 */
final class Discovery {

  private static final String NAMES = "x-kubernetes-group-version-kind";

  private final Map<String, Object> documents = new HashMap<>();

  Discovery(List<ServedKind> kinds) {
    var byRoot =
        kinds.stream().collect(groupingBy(ServedKind::root, TreeMap::new, Collectors.toList()));
    documents.put("/api", Map.of("kind", "APIVersions", "versions", List.of("v1")));
    documents.put(
        "/apis", Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups(kinds)));
    documents.put("/version", version());
    documents.put("/openapi/v3", openApiIndex(byRoot.keySet().stream().toList()));
    byRoot.forEach((root, served) -> {
      documents.put("/" + root, resources(served));
      documents.put("/openapi/v3/" + root, openApi(served));
    });
  }

  /** The document at a path, JSON. */
  Optional<String> at(String path) {
    return Optional.ofNullable(documents.get(path)).map(Serialization::asJson);
  }

  private static List<Map<String, Object>> groups(List<ServedKind> kinds) {
    return kinds.stream()
        .filter(kind -> !kind.group().isEmpty())
        .map(kind ->
            Map.<String, String>of(
                "name", kind.group(), "groupVersion", kind.apiVersion(), "version", kind.version()))
        .distinct()
        .collect(groupingBy(version -> version.get("name"), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(group ->
            Map.of(
                "name", group.getKey(),
                "versions", group.getValue(),
                "preferredVersion", group.getValue().get(0)))
        .toList();
  }

  private static Map<String, Object> resources(List<ServedKind> served) {
    return Map.of(
        "kind",
        "APIResourceList",
        "apiVersion",
        "v1",
        "groupVersion",
        served.get(0).apiVersion(),
        "resources",
        served.stream().map(ServedKind::apiResource).toList());
  }

  private static Map<String, Object> version() {
    var version = Runtime.Version.parse(KubeVersion.KUBERNETES);
    return Map.of(
        "major", String.valueOf(version.feature()),
        "minor", String.valueOf(version.interim()),
        "gitVersion", "v" + KubeVersion.KUBERNETES + "-mock");
  }

  private static Map<String, Object> openApiIndex(List<String> roots) {
    var paths = new TreeMap<String, Object>();
    roots.forEach(root -> paths.put(root, Map.of("serverRelativeURL", "/openapi/v3/" + root)));
    return Map.of("paths", paths);
  }

  private static Map<String, Object> openApi(List<ServedKind> served) {
    var paths = new TreeMap<String, Object>();
    var schemas = new TreeMap<String, Object>();
    for (ServedKind kind : served) {
      var names = Map.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
      var patch =
          Map.of(
              "parameters",
              List.of(Map.of("name", "fieldValidation", "in", "query")),
              "responses",
              Map.of(),
              NAMES,
              names);
      paths.put(
          "/" + kind.root() + "/" + kind.plural() + "/{name}",
          Map.of("get", Map.of("responses", Map.of(), NAMES, names), "patch", patch));
      schemas.put(kind.apiVersion().replace('/', '.') + "." + kind.kind(), schema(kind, names));
    }
    return Map.of(
        "openapi",
        "3.0.0",
        "info",
        Map.of("title", "mock", "version", KubeVersion.KUBERNETES),
        "paths",
        paths,
        "components",
        Map.of("schemas", schemas));
  }

  /** With the fields that each kind has and its definition leaves out. */
  private static ObjectNode schema(ServedKind kind, Map<String, String> names) {
    ObjectNode schema = kind.schema().deepCopy();
    schema.put("type", "object");
    ObjectNode properties = schema.withObject("/properties");
    for (String field : List.of("apiVersion", "kind")) {
      properties.withObject("/" + field).put("type", "string");
    }
    properties.withObject("/metadata").put("type", "object");
    schema.putArray(NAMES).addPOJO(names);
    return schema;
  }
}

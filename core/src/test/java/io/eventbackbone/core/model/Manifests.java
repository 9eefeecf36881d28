package io.eventbackbone.core.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Manifests as tests write them, each followed by the line that separates YAML documents. */
public final class Manifests {

  private Manifests() {}

  /**
   * A custom resource.
   *
   * @param name {@code name} or {@code namespace/name}
   * @param spec lines of YAML
   */
  public static String of(String kind, String name, String... spec) {
    String metadata =
        name.contains("/")
            ? "name: %2$s, namespace: %1$s".formatted((Object[]) name.split("/", 2))
            : "name: " + name;
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: %s
    metadata: {%s}
    spec:
    %s
    ---
    """
        .formatted(
            kind,
            metadata,
            Arrays.stream(spec).map(line -> "  " + line).collect(Collectors.joining("\n")));
  }

  /**
   * An EventType in the namespace of the bus {@code orders}.
   *
   * @param name {@code namespace/name}
   * @param schemas of its versions, which are numbered from 1
   */
  public static String eventType(String name, String detailType, String... schemas) {
    String versions =
        IntStream.range(0, schemas.length)
            .mapToObj(i -> "{version: \"%d\", schema: %s}".formatted(i + 1, schemas[i]))
            .collect(Collectors.joining(", "));
    return of(
        "EventType",
        name,
        "busRef: {name: orders}",
        "detailType: " + detailType,
        "versions: [%s]".formatted(versions));
  }

  /** An AwsAccount that the operator enters by a role. */
  public static String account(String name, String id, String... more) {
    return of(
        "AwsAccount",
        name,
        with(
            more,
            "accountId: \"%s\"".formatted(id),
            "roleArn: arn:aws:iam::%s:role/event-backbone-operator".formatted(id)));
  }

  /** The lines of a spec: the first ones, and after them more. */
  public static String[] with(String[] more, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  /** The documents of a text, without their separators and without empty ones. */
  public static Stream<String> documents(String manifests) {
    return Arrays.stream(manifests.split("(?m)^---$")).filter(Predicate.not(String::isBlank));
  }

  /** The objects, in the order in which they stand. */
  public static List<GenericKubernetesResource> objects(String manifests) {
    return documents(manifests)
        // A document that begins with a brace would be taken for JSON.
        .map(text -> Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class))
        .toList();
  }
}

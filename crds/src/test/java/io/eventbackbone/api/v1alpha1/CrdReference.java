package io.eventbackbone.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The custom resources as a Markdown document, from their manifests. */
final class CrdReference {

  private static final String INTRODUCTION =
      """
      # Custom resource reference

      API group `eventbackbone.io`, version `v1alpha1`. Generated from the manifests in `crds/`;
      `./mvnw -pl crds test -Dcrds.write` writes it again. **Bold** fields are required.
      """;

  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  static String of(Collection<CustomResourceDefinition> crds) {
    CrdReference reference = new CrdReference();
    crds.forEach(reference::kind);
    return reference.text.toString();
  }

  private void kind(CustomResourceDefinition crd) {
    JSONSchemaProps root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    text.append("\n## ")
        .append(crd.getSpec().getNames().getKind())
        .append(
            "\n\n%s, short name `%s`, category `backbone`.\n"
                .formatted(
                    crd.getSpec().getScope().equals("Cluster") ? "Cluster-scoped" : "Namespaced",
                    crd.getSpec().getNames().getShortNames().get(0)));
    table("Spec", "spec", root.getProperties().get("spec"));
    rules(root);
    table("Status", "status", root.getProperties().get("status"));
  }

  private void table(String title, String path, JSONSchemaProps schema) {
    text.append("\n### ")
        .append(title)
        .append("\n\n| field | type | default | description |\n|---|---|---|---|\n");
    rows(path, schema);
  }

  private void rows(String path, JSONSchemaProps schema) {
    for (Map.Entry<String, JSONSchemaProps> field : schema.getProperties().entrySet()) {
      String fieldPath = path + "." + field.getKey();
      boolean isRequired =
          Optional.ofNullable(schema.getRequired()).orElse(List.of()).contains(field.getKey());
      row(fieldPath, isRequired, field.getValue());
      JSONSchemaProps inner =
          field.getValue().getItems() == null
              ? field.getValue()
              : field.getValue().getItems().getSchema();
      if (inner.getProperties() != null && !inner.getProperties().isEmpty()) {
        rows(field.getValue().getItems() == null ? fieldPath : fieldPath + "[]", inner);
      }
    }
  }

  private void row(String path, boolean isRequired, JSONSchemaProps field) {
    String name = "`" + path.substring(path.indexOf('.') + 1) + "`";
    text.append("| ")
        .append(isRequired ? "**" + name + "**" : name)
        .append(" | ")
        .append(type(field))
        .append(" | ")
        .append(field.getDefault() == null ? "" : "`" + escaped(defaultOf(field)) + "`")
        .append(" | ")
        .append(escaped(field.getDescription()))
        .append(constraints(field))
        .append(" |\n");
  }

  private void rules(JSONSchemaProps root) {
    List<String> messages =
        Stream.of(root, root.getProperties().get("spec"))
            .flatMap(schema -> validations(schema).stream())
            .map(ValidationRule::getMessage)
            .toList();
    if (!messages.isEmpty()) {
      text.append("\nThe API server also checks:\n\n");
      messages.forEach(message -> text.append("- ").append(message).append('\n'));
    }
  }

  private static String type(JSONSchemaProps field) {
    if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      return field.getEnum().stream()
          .map(value -> "`" + value.asText() + "`")
          .collect(Collectors.joining(" "));
    }
    return field.getItems() == null
        ? field.getType()
        : "list of " + field.getItems().getSchema().getType();
  }

  private static String constraints(JSONSchemaProps field) {
    List<String> constraints = new ArrayList<>();
    Optional.ofNullable(field.getPattern())
        .ifPresent(pattern -> constraints.add("Must match `" + escaped(pattern) + "`."));
    if (field.getMinimum() != null && field.getMaximum() != null) {
      constraints.add(
          "From %d to %d."
              .formatted(field.getMinimum().longValue(), field.getMaximum().longValue()));
    }
    validations(field).stream()
        .map(ValidationRule::getMessage)
        .forEach(message -> constraints.add("Rule: " + escaped(message) + "."));
    return constraints.isEmpty() ? "" : " " + String.join(" ", constraints);
  }

  private static List<ValidationRule> validations(JSONSchemaProps schema) {
    return Objects.requireNonNullElse(schema.getXKubernetesValidations(), List.of());
  }

  private static String defaultOf(JSONSchemaProps field) {
    return field.getDefault().isTextual()
        ? field.getDefault().asText()
        : field.getDefault().toString();
  }

  /** A bar would end the table's cell. */
  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the generator can't say of a schema by annotations. */
final class ApiConventions implements CRDPostProcessor {

  /** Of types that come from the Kubernetes API, by their places. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("spec", "Wanted state."),
          Map.entry("status", "Observed state. Only the operator writes it."),
          Map.entry("matchLabels", "Labels that must all be present with these values."),
          Map.entry("matchExpressions", "Requirements that must all be met."),
          Map.entry("matchExpressions.key", "Key of the label."),
          Map.entry("matchExpressions.operator", "In, NotIn, Exists or DoesNotExist."),
          Map.entry("matchExpressions.values", "Values of In and NotIn."),
          Map.entry("conditions.type", "Type of the condition."),
          Map.entry("conditions.status", "True, False or Unknown."),
          Map.entry("conditions.reason", "Cause, in one word, for programs."),
          Map.entry("conditions.message", "Cause and advice, for people."),
          Map.entry("conditions.lastTransitionTime", "Time of the last change of status."),
          Map.entry(
              "conditions.observedGeneration",
              "Generation of the spec that the condition describes."));

  /** Text that holds a time, which the API server then checks. */
  private static final Set<String> TIMES =
      Set.of(
          "spec.from",
          "spec.to",
          "status.lastReplayedTime",
          "status.startTime",
          "status.completionTime");

  private final List<Class<? extends HasMetadata>> kinds;

  ApiConventions(List<Class<? extends HasMetadata>> kinds) {
    this.kinds = kinds;
  }

  @Override
  public HasMetadata process(HasMetadata generated, String crdVersion) {
    CustomResourceDefinition crd = (CustomResourceDefinition) generated;
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    JSONSchemaProps status = root.getProperties().get("status");
    isUnobservedAtFirst(status);
    conditionsAreAMapByType(status.getProperties().get("conditions"));
    versionsNeverChange(root.getProperties().get("spec").getProperties().get("versions"));
    tidy("", root);
    version.setAdditionalPrinterColumns(inDeclaredOrder(crd, version));
    return crd;
  }

  /**
   * Else kstatus, which knows an object without a status for one without conditions, would call it
   * current before the operator has seen it.
   */
  private static void isUnobservedAtFirst(JSONSchemaProps status) {
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
  }

  private static void conditionsAreAMapByType(JSONSchemaProps conditions) {
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    conditions.getItems().getSchema().setRequired(List.of("type", "status"));
  }

  /**
   * The versions of an EventType. The API server compares an item of such a list with the item of
   * the same name before.
   */
  private static void versionsNeverChange(JSONSchemaProps versions) {
    if (versions != null) {
      versions.setXKubernetesListType("map");
      versions.setXKubernetesListMapKeys(List.of("version"));
      versions
          .getItems()
          .getSchema()
          .setXKubernetesValidations(
              List.of(
                  rule(
                      "self == oldSelf",
                      "a listed version never changes: list the new schema as another version")));
    }
  }

  /**
   * Describes what has no description, and drops rules read twice: off a field and its accessor.
   */
  private static void tidy(String parent, JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          schema.getXKubernetesValidations().stream().distinct().toList());
    }
    if (schema.getItems() != null) {
      tidy(parent, schema.getItems().getSchema());
    }
    if (isPattern(schema)) {
      schema.setMinProperties(1L);
    }
    if (schema.getProperties() == null) {
      return;
    }
    if (schema.getProperties().containsKey("matchExpressions")) {
      labelSelector(schema);
    }
    schema
        .getProperties()
        .forEach((name, property) -> {
          if (property.getDescription() == null) {
            property.setDescription(
                Stream.of(parent + "." + name, name)
                    .filter(DESCRIPTIONS::containsKey)
                    .findFirst()
                    .map(DESCRIPTIONS::get)
                    .orElseThrow(
                        () -> new IllegalStateException("no description: " + parent + "." + name)));
          }
          if (TIMES.contains(parent + "." + name) && "string".equals(property.getType())) {
            property.setFormat("date-time");
          }
          tidy(name, property);
        });
  }

  /** An event pattern, of which EventBridge takes none that is empty. */
  private static boolean isPattern(JSONSchemaProps schema) {
    return Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields());
  }

  /** The type is borrowed from the Kubernetes API, whose types carry none of its rules. */
  private static void labelSelector(JSONSchemaProps selector) {
    selector.setXKubernetesValidations(
        List.of(rule(LabelRules.NOT_EMPTY, LabelRules.NOT_EMPTY_MESSAGE)));
    JSONSchemaProps labels = selector.getProperties().get("matchLabels");
    labels.setMaxProperties((long) LabelRules.MOST_LABELS);
    labels.setXKubernetesValidations(List.of(rule(LabelRules.KEYS, LabelRules.KEYS_MESSAGE)));
    labelValue(labels.getAdditionalProperties().getSchema());
    JSONSchemaProps expressions = selector.getProperties().get("matchExpressions");
    expressions.setMaxItems((long) LabelRules.MOST_REQUIREMENTS);
    JSONSchemaProps requirement = expressions.getItems().getSchema();
    requirement.setRequired(List.of("key", "operator"));
    requirement.setXKubernetesValidations(
        List.of(rule(LabelRules.VALUES, LabelRules.VALUES_MESSAGE)));
    JSONSchemaProps key = requirement.getProperties().get("key");
    key.setPattern(LabelRules.KEY);
    key.setMaxLength((long) LabelRules.LONGEST_KEY);
    key.setXKubernetesValidations(
        List.of(rule(LabelRules.PREFIX_FITS, LabelRules.PREFIX_FITS_MESSAGE)));
    requirement
        .getProperties()
        .get("operator")
        .setEnum(
            LabelRules.OPERATORS.stream()
                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                .toList());
    JSONSchemaProps values = requirement.getProperties().get("values");
    values.setMaxItems((long) LabelRules.MOST_VALUES);
    labelValue(values.getItems().getSchema());
  }

  private static void labelValue(JSONSchemaProps value) {
    value.setPattern(LabelRules.VALUE);
    value.setMaxLength((long) LabelRules.LONGEST_VALUE);
  }

  private static ValidationRule rule(String rule, String message) {
    return new ValidationRuleBuilder().withRule(rule).withMessage(message).build();
  }

  /** The generator sorts columns by name; people read them from the left. */
  private List<CustomResourceColumnDefinition> inDeclaredOrder(
      CustomResourceDefinition crd, CustomResourceDefinitionVersion version) {
    List<String> declared =
        kinds.stream()
            .filter(kind -> HasMetadata.getKind(kind).equals(crd.getSpec().getNames().getKind()))
            .flatMap(
                kind -> Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class)))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return version.getAdditionalPrinterColumns().stream()
        .sorted(Comparator.comparing(column -> declared.indexOf(column.getName())))
        .toList();
  }
}

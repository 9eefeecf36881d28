package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.AllowedNamespaces;
import io.eventbackbone.api.v1alpha1.AllowedReferents;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.Optional;

/** Label selectors as the Kubernetes API evaluates them (metav1.LabelSelector). */
public final class Selectors {

  private Selectors() {}

  /** Whether the object's labels match. */
  public static boolean matches(LabelSelector selector, HasMetadata object) {
    return matches(selector, labels(object));
  }

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return selector.getMatchLabels().entrySet().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
        && selector.getMatchExpressions().stream()
            .allMatch(requirement -> matches(requirement, labels));
  }

  private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }

  /** Whether an AwsAccount admits the namespace. */
  static boolean admits(AllowedNamespaces allowed, String namespace, Inventory inventory) {
    return switch (allowed.from()) {
      case ALL -> true;
      case NONE -> false;
      case SELECTOR -> matches(allowed.selector(), inventory.namespaceLabels(namespace));
    };
  }

  /** Whether an object in namespace {@code home} admits references from {@code namespace}. */
  static boolean admits(
      AllowedReferents allowed, String home, String namespace, Inventory inventory) {
    return switch (allowed.from()) {
      case ALL -> true;
      case SAME -> home.equals(namespace);
      case SELECTOR -> matches(allowed.selector(), inventory.namespaceLabels(namespace));
    };
  }

  private static Map<String, String> labels(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
  }
}

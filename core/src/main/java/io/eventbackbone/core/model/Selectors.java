package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AllowedNamespaces;
import io.eventbackbone.api.v1alpha1.AllowedReferents;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.Producers;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.Receivers;
import io.eventbackbone.api.v1alpha1.LabelRules;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Label selectors as the Kubernetes API evaluates them (metav1.LabelSelector), with one difference:
 * an empty one selects nothing. Kubernetes has it select everything; but the API server drops a
 * field whose name is misspelt, and would so make of a narrow selector one for all.
 */
public final class Selectors {

  private static final Pattern KEY = Pattern.compile(LabelRules.KEY);
  private static final Pattern VALUE = Pattern.compile(LabelRules.VALUE);

  private Selectors() {}

  /** Whether an AwsAccount admits the namespace. */
  static boolean admits(AllowedNamespaces allowed, String namespace, Inventory inventory) {
    return switch (allowed.from()) {
      case ALL -> allowed.labels().isEmpty();
      case NONE -> false;
      case SELECTOR -> matchesNamespace(allowed.labels(), namespace, inventory);
    };
  }

  /** Whether an object in namespace {@code home} admits references from {@code namespace}. */
  static boolean admits(
      AllowedReferents allowed, String home, String namespace, Inventory inventory) {
    return switch (allowed.from()) {
      case ALL -> allowed.labels().isEmpty();
      case SAME -> allowed.labels().isEmpty() && home.equals(namespace);
      case SELECTOR -> matchesNamespace(allowed.labels(), namespace, inventory);
    };
  }

  /** Whether the route sends to the bus, whatever its producers are. */
  public static boolean selects(Receivers receivers, ServiceAccountBus bus) {
    return switch (receivers.type()) {
      case ALL_EXCEPT_SENDER -> receivers.labels().isEmpty();
      case SELECTED -> matches(receivers.labels(), labels(bus));
    };
  }

  /** Whether the labels of a bus make it one of the producers. */
  public static boolean selects(Producers producers, ServiceAccountBus bus) {
    return switch (producers.type()) {
      case ALL -> false;
      case SELECTED -> matches(producers.labels(), labels(bus));
    };
  }

  /** What is wrong with the selectors of an object, each with its field. */
  static List<String> problems(HasMetadata object) {
    if (object instanceof AwsAccount account) {
      AllowedNamespaces allowed = account.getSpec().allowedNamespaces();
      return problems(
          "spec.allowedNamespaces.selector",
          allowed.labels(),
          allowed.from() == AllowedNamespaces.From.SELECTOR ? Use.NEEDED : Use.NONE);
    }
    if (object instanceof EventBackbone backbone) {
      return problems("spec.allowedBuses.selector", backbone.getSpec().allowedBuses());
    }
    if (object instanceof ServiceAccountBus bus) {
      return problems("spec.allowedSubscriptions.selector", bus.getSpec().allowedSubscriptions());
    }
    if (object instanceof EventRoute route) {
      Producers from = route.getSpec().from();
      Receivers to = route.getSpec().to();
      return Stream.of(
              problems(
                  "spec.from.busSelector",
                  from.labels(),
                  from.type() == Producers.Type.SELECTED ? Use.NEEDED : Use.NONE),
              problems(
                  "spec.to.busSelector",
                  to.labels(),
                  to.type() == Receivers.Type.SELECTED ? Use.NEEDED : Use.NONE))
          .flatMap(List::stream)
          .toList();
    }
    return List.of();
  }

  /** Whether the choice beside a selector asks for one. */
  private enum Use {
    NEEDED,
    NONE
  }

  private static List<String> problems(String field, AllowedReferents allowed) {
    return problems(
        field,
        allowed.labels(),
        allowed.from() == AllowedReferents.From.SELECTOR ? Use.NEEDED : Use.NONE);
  }

  private static List<String> problems(String field, Optional<LabelSelector> selector, Use use) {
    if (use == Use.NONE) {
      return selector.isPresent()
          ? List.of(
              field
                  + ": what is chosen beside it takes no selector: choose the other, or"
                  + " leave the selector out")
          : List.of();
    }
    return selector
        .map(it -> problems(it).stream().map(problem -> field + problem).toList())
        .orElseGet(() -> List.of(field + " is missing: write the labels that are meant"));
  }

  /** What is wrong with a selector, each with its place in the selector. */
  static List<String> problems(LabelSelector selector) {
    Map<String, String> labels = labels(selector);
    List<LabelSelectorRequirement> requirements = requirements(selector);
    List<String> problems = new ArrayList<>();
    if (labels.isEmpty() && requirements.isEmpty()) {
      problems.add(" is empty, and selects nothing: name a label, or choose All in its place");
    }
    labels.forEach((key, value) -> {
      problemOfKey(key).ifPresent(it -> problems.add(".matchLabels: " + it));
      problemOfValue(value).ifPresent(it -> problems.add(".matchLabels." + key + ": " + it));
    });
    IntStream.range(0, requirements.size())
        .forEach(i ->
            problems(requirements.get(i))
                .forEach(it -> problems.add(".matchExpressions[%d].%s".formatted(i, it))));
    return problems;
  }

  private static List<String> problems(LabelSelectorRequirement requirement) {
    List<String> problems = new ArrayList<>();
    problemOfKey(requirement.getKey()).ifPresent(it -> problems.add("key: " + it));
    List<String> values = values(requirement);
    String operator = requirement.getOperator();
    if (operator == null || !LabelRules.OPERATORS.contains(operator)) {
      problems.add(
          "operator: %s is none: write In, NotIn, Exists or DoesNotExist".formatted(operator));
    } else if (LabelRules.OPERATORS_WITH_VALUES.contains(operator) == values.isEmpty()) {
      problems.add(
          "values: operator %s %s"
              .formatted(operator, values.isEmpty() ? "needs some" : "takes none"));
    }
    values.forEach(value -> problemOfValue(value).ifPresent(it -> problems.add("values: " + it)));
    return problems;
  }

  private static Optional<String> problemOfKey(String key) {
    return key != null
            && key.length() <= LabelRules.LONGEST_KEY
            && key.indexOf('/') <= LabelRules.LONGEST_PREFIX
            && KEY.matcher(key).matches()
        ? Optional.empty()
        : Optional.of("%s is no key of a label".formatted(key));
  }

  private static Optional<String> problemOfValue(String value) {
    return value != null
            && value.length() <= LabelRules.LONGEST_VALUE
            && VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("%s is no value of a label".formatted(value));
  }

  /** Of an unknown namespace nothing is known, and so not that it lacks a label. */
  private static boolean matchesNamespace(
      Optional<LabelSelector> selector, String namespace, Inventory inventory) {
    return inventory
        .namespaceLabels(namespace)
        .filter(labels -> matches(selector, labels))
        .isPresent();
  }

  private static boolean matches(Optional<LabelSelector> selector, Map<String, String> labels) {
    return selector
        .filter(it -> problems(it).isEmpty())
        .filter(it -> labels.entrySet().containsAll(labels(it).entrySet()))
        .filter(it -> requirements(it).stream().allMatch(one -> matches(one, labels)))
        .isPresent();
  }

  /** Of a requirement without problems. */
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

  private static Map<String, String> labels(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
  }

  private static Map<String, String> labels(LabelSelector selector) {
    return Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
  }

  private static List<LabelSelectorRequirement> requirements(LabelSelector selector) {
    return Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
  }

  private static List<String> values(LabelSelectorRequirement requirement) {
    return Objects.requireNonNullElse(requirement.getValues(), List.of());
  }
}

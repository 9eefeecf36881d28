package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AllowedNamespaces;
import io.eventbackbone.api.v1alpha1.AllowedReferents;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplaySpec;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteSpec;
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
 * Evaluates label selectors like the Kubernetes API (metav1.LabelSelector), with one difference: an
 * empty selector selects nothing, not everything. The API server drops a misspelt field, which
 * could turn a narrow selector into an empty one.
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

  /** Whether the route sends to the bus, regardless of its producers. */
  public static boolean selects(Receivers receivers, ServiceAccountBus bus) {
    return switch (receivers.type()) {
      case ALL_EXCEPT_SENDER -> receivers.labels().isEmpty();
      case SELECTED -> matches(receivers.labels(), labels(bus));
    };
  }

  /** Whether a replay of the backbone's archive is for the bus. */
  static boolean selects(EventReplaySpec replay, ServiceAccountBus bus) {
    return matches(replay.buses(), labels(bus));
  }

  /** Whether the labels of a bus make it one of the producers. */
  public static boolean selects(Producers producers, ServiceAccountBus bus) {
    return switch (producers.type()) {
      case ALL -> false;
      case SELECTED -> matches(producers.labels(), labels(bus));
    };
  }

  /** The mistakes in the selectors of an object, each with its field. */
  static List<String> problems(HasMetadata object) {
    return switch (object) {
      case AwsAccount account -> {
        AllowedNamespaces allowed = account.getSpec().allowedNamespaces();
        yield problems(
            "spec.allowedNamespaces.selector",
            allowed.labels(),
            allowed.from() == AllowedNamespaces.From.SELECTOR ? Use.NEEDED : Use.NONE);
      }
      case EventBackbone backbone ->
          problems("spec.allowedBuses.selector", backbone.getSpec().allowedBuses());
      case ServiceAccountBus bus ->
          Stream.of(
                  problems(
                      "spec.allowedSubscriptions.selector", bus.getSpec().allowedSubscriptions()),
                  problems(
                      "spec.archive.allowedReplays.selector",
                      bus.getSpec().archive().allowedReplays()))
              .flatMap(List::stream)
              .toList();
      case EventRoute route -> problems(route.getSpec());
      case EventReplay replay -> problems(replay.getSpec());
      default -> List.of();
    };
  }

  private static List<String> problems(EventReplaySpec spec) {
    return problems(
        "spec.busSelector", spec.buses(), spec.backbone().isPresent() ? Use.NEEDED : Use.NONE);
  }

  private static List<String> problems(EventRouteSpec spec) {
    Producers from = spec.from();
    Receivers to = spec.to();
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

  /** Whether the value beside a selector takes a selector. */
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
                  + ": the value beside it takes no selector: choose a value that takes one, or"
                  + " remove the selector")
          : List.of();
    }
    return selector
        .map(it -> problems(it).stream().map(problem -> field + problem).toList())
        .orElseGet(() -> List.of(field + " is missing: write the labels to select"));
  }

  /** The mistakes in a selector, each with its place in the selector. */
  static List<String> problems(LabelSelector selector) {
    Map<String, String> labels = labels(selector);
    List<LabelSelectorRequirement> requirements = requirements(selector);
    List<String> problems = new ArrayList<>();
    if (labels.isEmpty() && requirements.isEmpty()) {
      problems.add(" is empty and selects nothing: name a label, or choose All instead");
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
          "operator: %s is not an operator: write In, NotIn, Exists or DoesNotExist"
              .formatted(operator));
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
        : Optional.of("%s is not a label key".formatted(key));
  }

  private static Optional<String> problemOfValue(String value) {
    return value != null
            && value.length() <= LabelRules.LONGEST_VALUE
            && VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("%s is not a label value".formatted(value));
  }

  /** An unknown namespace matches nothing: even NotIn and DoesNotExist need its labels. */
  private static boolean matchesNamespace(
      Optional<LabelSelector> selector, String namespace, Inventory inventory) {
    return inventory
        .namespaceLabels(namespace)
        .filter(labels -> matches(selector, labels))
        .isPresent();
  }

  static boolean matches(Optional<LabelSelector> selector, Map<String, String> labels) {
    return selector
        .filter(it -> problems(it).isEmpty())
        .filter(it -> labels.entrySet().containsAll(labels(it).entrySet()))
        .filter(it -> requirements(it).stream().allMatch(one -> matches(one, labels)))
        .isPresent();
  }

  /** Evaluates a requirement that has no problems. */
  static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
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

  static Map<String, String> labels(LabelSelector selector) {
    return Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
  }

  static List<LabelSelectorRequirement> requirements(LabelSelector selector) {
    return Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
  }

  private static List<String> values(LabelSelectorRequirement requirement) {
    return Objects.requireNonNullElse(requirement.getValues(), List.of());
  }
}

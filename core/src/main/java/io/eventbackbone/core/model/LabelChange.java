package io.eventbackbone.core.model;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The change of a namespace's labels after which a selector matches them. */
final class LabelChange {

  /** The API server sets it to the namespace's name, and nobody else can. */
  private static final String NAME = "kubernetes.io/metadata.name";

  private final Map<String, String> before;
  private final Map<String, String> after;
  private final List<String> set = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();

  private LabelChange(Map<String, String> before) {
    this.before = before;
    this.after = new TreeMap<>(before);
  }

  /** For people: what to do. Empty: no change of labels makes the selector match. */
  static Optional<String> of(LabelSelector selector, Map<String, String> labels) {
    if (!Selectors.problems(selector).isEmpty()) {
      return Optional.empty();
    }
    LabelChange change = new LabelChange(labels);
    new TreeMap<>(Selectors.labels(selector)).forEach(change::require);
    Selectors.requirements(selector).forEach(change::require);
    boolean isPossible =
        Objects.equals(labels.get(NAME), change.after.get(NAME))
            && Selectors.matches(Optional.of(selector), change.after);
    return isPossible ? Optional.of(change.text()) : Optional.empty();
  }

  private void require(String key, String value) {
    if (!value.equals(before.get(key))) {
      put(key, value, "");
    }
  }

  private void require(LabelSelectorRequirement requirement) {
    if (Selectors.matches(requirement, after)) {
      return;
    }
    String key = requirement.getKey();
    switch (requirement.getOperator()) {
      case "In" -> {
        List<String> values = requirement.getValues();
        String others = Abbreviation.of(values.subList(1, values.size()));
        put(key, values.get(0), others.isEmpty() ? "" : " or " + others);
      }
      case "Exists" -> put(key, "", "<any value>");
      default -> {
        after.remove(key);
        removed.add(key);
      }
    }
  }

  private void put(String key, String value, String more) {
    String present = before.containsKey(key) ? " (now %s)".formatted(before.get(key)) : "";
    after.put(key, value);
    set.add(key + "=" + value + more + present);
  }

  private String text() {
    List<String> steps = new ArrayList<>();
    if (!set.isEmpty()) {
      steps.add("label the namespace " + Abbreviation.of(set));
    }
    if (!removed.isEmpty()) {
      steps.add("remove its label " + Abbreviation.of(removed));
    }
    return String.join(" and ", steps);
  }
}

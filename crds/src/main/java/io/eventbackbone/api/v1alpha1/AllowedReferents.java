package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Optional;

/** The namespaces whose objects may refer to this object, as in Gateway API's listeners. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "selector belongs to from: Selector, and only to it")
public record AllowedReferents(
    @Default("Same")
        @JsonPropertyDescription(
            "Same admits the object's own namespace. All admits every namespace."
                + " Selector admits namespaces whose labels match.")
        From from,
    @JsonPropertyDescription("Labels of the admitted namespaces.") LabelSelector selector) {

  /** How the namespaces are chosen. */
  public enum From {
    @JsonProperty("Same")
    SAME,
    @JsonProperty("All")
    ALL,
    @JsonProperty("Selector")
    SELECTOR
  }

  public AllowedReferents {
    from = from == null ? From.SAME : from;
  }

  /** The selector, if the spec has one. */
  public Optional<LabelSelector> labels() {
    return Optional.ofNullable(selector);
  }

  static AllowedReferents sameNamespace() {
    return new AllowedReferents(From.SAME, null);
  }
}

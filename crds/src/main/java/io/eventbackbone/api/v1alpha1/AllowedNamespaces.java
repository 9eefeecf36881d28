package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Optional;

/** The namespaces that an AwsAccount admits. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "selector belongs to from: Selector, and only to it")
public record AllowedNamespaces(
    @Default("None")
        @JsonPropertyDescription(
            "All admits every namespace. Selector admits namespaces whose labels"
                + " match. None admits no namespace.")
        From from,
    @JsonPropertyDescription("Labels of the admitted namespaces.") LabelSelector selector) {

  /** How the namespaces are chosen. */
  public enum From {
    @JsonProperty("All")
    ALL,
    @JsonProperty("Selector")
    SELECTOR,
    @JsonProperty("None")
    NONE
  }

  public AllowedNamespaces {
    from = from == null ? From.NONE : from;
  }

  /** The selector, if the spec has one. */
  public Optional<LabelSelector> labels() {
    return Optional.ofNullable(selector);
  }

  static AllowedNamespaces none() {
    return new AllowedNamespaces(From.NONE, null);
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which events: an event passes when it has one of the detail types and matches the pattern. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.detailTypes) || has(self.pattern)",
    message = "a filter needs detailTypes, a pattern or both")
public record EventFilter(
    @Size(min = 1, max = 100)
        @JsonPropertyDescription(
            "Detail types that pass, for instance Order.Created. Default: every detail type.")
        List<@Size(min = 1, max = 128) String> detailTypes,
    @SchemaFrom(type = Object.class)
        @PreserveUnknownFields
        @JsonPropertyDescription(
            "An EventBridge event pattern, as a JSON object: every field and operator that rules"
                + " take. At most 100 levels of objects and lists, and as many characters as the"
                + " account's quota allows, 4,096 at most.")
        ObjectNode pattern) {

  public EventFilter {
    detailTypes = detailTypes == null ? null : List.copyOf(detailTypes);
  }

  /** Lets every event pass. */
  public static EventFilter everything() {
    return new EventFilter(null, null);
  }

  /** The detail types; empty where the filter names none. */
  @Override
  public List<String> detailTypes() {
    return Optional.ofNullable(detailTypes).orElse(List.of());
  }

  /** The pattern; without a field where the filter has none. */
  @Override
  public ObjectNode pattern() {
    return Optional.ofNullable(pattern).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /**
   * Names of the fields that are written and empty. An empty list or object would let every event
   * pass, and is more often a mistake than meant.
   */
  public List<String> emptyFields() {
    List<String> empty = new ArrayList<>();
    if (detailTypes != null && detailTypes.isEmpty()) {
      empty.add("detailTypes");
    }
    if (pattern != null && pattern.isEmpty()) {
      empty.add("pattern");
    }
    return empty;
  }
}

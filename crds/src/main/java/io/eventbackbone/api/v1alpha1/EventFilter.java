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

/** An event passes if it has one of the detail types and matches the pattern. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.detailTypes) || has(self.pattern)",
    message = "a filter needs detailTypes, a pattern or both")
public record EventFilter(
    @Size(min = 1, max = 100)
        @JsonPropertyDescription(
            "Detail types that pass, for example Order.Created. Default: every" + " detail type.")
        List<@Size(min = 1, max = 128) String> detailTypes,
    @SchemaFrom(type = Object.class)
        @PreserveUnknownFields
        @JsonPropertyDescription(
            "EventBridge event pattern, as a JSON object, with every field and"
                + " operator that rules accept. At most 100 levels of objects and lists,"
                + " and as many characters as the account's quota allows, 4,096 at most.")
        ObjectNode pattern) {

  public EventFilter {
    detailTypes = detailTypes == null ? null : List.copyOf(detailTypes);
  }

  /** The filter that lets every event pass. */
  public static EventFilter everything() {
    return new EventFilter(null, null);
  }

  /** The detail types. Empty: the filter names none. */
  @Override
  public List<String> detailTypes() {
    return Optional.ofNullable(detailTypes).orElse(List.of());
  }

  /** The pattern. It has no field if the filter has no pattern. */
  @Override
  public ObjectNode pattern() {
    return Optional.ofNullable(pattern).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /**
   * Names of fields that the spec contains and that are empty. An empty list or object would let
   * every event pass, and is usually a mistake.
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

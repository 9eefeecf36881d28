package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A rule of the global bus that forwards to several buses; these are {@code namespace/name}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackedRule(
    @JsonPropertyDescription("Name of the rule.") String rule,
    @JsonPropertyDescription("Event pattern of the rule.") String pattern,
    @JsonPropertyDescription("Buses that it forwards to.") List<String> buses,
    @JsonPropertyDescription("Buses that it is about to forward to.") List<String> joining,
    @JsonPropertyDescription("Buses that it forwards to until they have a rule of their own.")
        List<String> leaving) {

  public PackedRule {
    buses = buses == null ? List.of() : List.copyOf(buses);
    joining = joining == null ? List.of() : List.copyOf(joining);
    leaving = leaving == null ? List.of() : List.copyOf(leaving);
  }
}

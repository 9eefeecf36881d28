package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Accounts that the global bus's policy admits, and the room for more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PublisherTotals(
    @JsonPropertyDescription("Number of accounts that may publish.") int accounts,
    @JsonPropertyDescription("Identifiers of the buses whose services may publish.")
        List<String> identifiers,
    @JsonPropertyDescription("Number of further accounts that fit into the policy.") int roomFor,
    @JsonPropertyDescription("Accounts of joined buses that did not fit and may not publish.")
        List<String> leftOut,
    @JsonPropertyDescription("Characters of the policy that belong to foreign statements.")
        int othersCharacters) {

  public PublisherTotals {
    identifiers = identifiers == null ? List.of() : List.copyOf(identifiers);
    leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many dependents an object has. */
public record Totals(
    @JsonPropertyDescription("How many there are.") int total,
    @JsonPropertyDescription("How many of them are Ready.") int ready) {}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Numbers of an object's dependents. */
public record Totals(
    @JsonPropertyDescription("Number of objects.") int total,
    @JsonPropertyDescription("Number of objects that are Ready.") int ready) {}

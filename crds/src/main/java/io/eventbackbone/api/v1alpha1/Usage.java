package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How much of a quota is used. */
public record Usage(
    @JsonPropertyDescription("What is used.") int used,
    @JsonPropertyDescription("What the service allows.") int limit) {}

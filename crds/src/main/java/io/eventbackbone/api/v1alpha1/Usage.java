package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Use of a quota. */
public record Usage(
    @JsonPropertyDescription("Amount in use.") int used,
    @JsonPropertyDescription("Amount that AWS allows.") int limit) {}

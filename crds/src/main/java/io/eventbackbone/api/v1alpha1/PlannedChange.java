package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One line of a plan: what the operator would do to AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlannedChange(
    @JsonPropertyDescription("Create, Update, Retag, Adopt, TakeBack, Release or Delete.")
        String action,
    @JsonPropertyDescription("The resource, for instance Rule global-bus/globalToOrders.")
        String resource,
    @JsonPropertyDescription("Attribute that differs, of an update.") String attribute,
    @JsonPropertyDescription("What AWS has.") String from,
    @JsonPropertyDescription("What is wanted.") String to) {}

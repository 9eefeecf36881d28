package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One line of a plan: a change that the operator would make in AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlannedChange(
    @JsonPropertyDescription("Create, Update, Retag, Adopt, TakeBack, Release or Delete.")
        String action,
    @JsonPropertyDescription("Resource, for example Rule global-bus/globalToOrders.")
        String resource,
    @JsonPropertyDescription("Attribute that differs. Only an update has one.") String attribute,
    @JsonPropertyDescription("Present value in AWS.") String from,
    @JsonPropertyDescription("Wanted value.") String to) {}

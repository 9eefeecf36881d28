package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to AWS resources when their object is deleted. */
public enum DeletionPolicy {
  @JsonProperty("Retain")
  RETAIN,
  @JsonProperty("Delete")
  DELETE
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of AWS resources when the object that asked for them is deleted. */
public enum DeletionPolicy {
  @JsonProperty("Retain")
  RETAIN,
  @JsonProperty("Delete")
  DELETE
}

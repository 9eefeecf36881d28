package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/** The contract of a detail type: which service publishes it, and with which data. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventTypeSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "busRef is immutable: delete the event type and create it again")
        @JsonPropertyDescription(
            "ServiceAccountBus of the producer, in the event type's own namespace. Only its"
                + " services publish this detail type.")
        LocalReference busRef,
    @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self == oldSelf",
            message = "detailType is immutable: create another EventType for the other detail type")
        @JsonPropertyDescription(
            "Detail type, for example Order.Created. It must match the backbone's"
                + " conventions, and one EventType of a backbone has it.")
        String detailType,
    @Size(max = 1024) @JsonPropertyDescription("What happened, for people.") String description,
    @Default("Full")
        @JsonPropertyDescription(
            "What each new version promises to all versions before it. Backward: its readers"
                + " understand their events. Forward: their readers understand its events. Full:"
                + " both. None: neither.")
        Compatibility compatibility,
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription("Versions of the schema, oldest first. A version never changes.")
        List<Version> versions,
    @Default("false")
        @JsonPropertyDescription("Whether subscriptions that name this detail type are warned.")
        Boolean deprecated) {

  /** What a new version of a schema promises to the versions before it. */
  public enum Compatibility {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Backward")
    BACKWARD,
    @JsonProperty("Forward")
    FORWARD,
    @JsonProperty("Full")
    FULL
  }

  /** A version of the schema. */
  public record Version(
      @Required
          @Size(min = 1, max = 32)
          @Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
          @JsonPropertyDescription("Name of the version, for example 1.")
          String version,
      @Required
          @SchemaFrom(type = Object.class)
          @PreserveUnknownFields
          @JsonPropertyDescription(
              "JSON Schema 2020-12 of detail.data, of the subset in docs/contracts.md.")
          ObjectNode schema) {

    /** The schema. It is empty, which is no schema of the subset, if the spec has none. */
    @Override
    public ObjectNode schema() {
      return Optional.ofNullable(schema).orElseGet(JsonNodeFactory.instance::objectNode);
    }
  }

  public EventTypeSpec {
    compatibility = compatibility == null ? Compatibility.FULL : compatibility;
    versions = versions == null ? null : List.copyOf(versions);
    deprecated = deprecated != null && deprecated;
  }

  /** The description, if the spec has one. */
  public Optional<String> writtenDescription() {
    return Optional.ofNullable(description);
  }
}

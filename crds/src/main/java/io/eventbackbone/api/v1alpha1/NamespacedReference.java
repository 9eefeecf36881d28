package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;

/** Names an object that must admit the reference. The field determines its kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NamespacedReference(
    @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the object.") String name,
    @Size(min = 1, max = 63)
        @JsonPropertyDescription("Namespace of the object. Default: the referrer's namespace.")
        String namespace) {

  /** The object's namespace, or else {@code referrer}, the namespace of the referring object. */
  public String namespaceOr(String referrer) {
    return Optional.ofNullable(namespace).orElse(referrer);
  }
}

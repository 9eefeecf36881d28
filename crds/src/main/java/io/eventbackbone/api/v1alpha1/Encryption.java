package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;

/** Encryption of a bus at rest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Encryption(
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "KMS key that encrypts the bus: key id, key ARN, alias or alias ARN."
                + " Default: the bus's present key. If this field named a key before, the"
                + " default is the key that AWS owns.")
        String kmsKeyIdentifier) {

  /** The customer's key in the spec. Empty: the operator leaves the bus's key alone. */
  public Optional<String> customerKey() {
    return Optional.ofNullable(kmsKeyIdentifier);
  }
}

package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;

/** How a bus is encrypted at rest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Encryption(
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "KMS key that encrypts the bus: key id, key ARN, alias or alias ARN. Default: the key"
                + " that AWS owns.")
        String kmsKeyIdentifier) {

  /** The customer's key; empty: the key that AWS owns. */
  public Optional<String> customerKey() {
    return Optional.ofNullable(kmsKeyIdentifier);
  }
}

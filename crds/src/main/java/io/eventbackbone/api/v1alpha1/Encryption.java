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
            "KMS key that encrypts the bus: key id, key ARN, alias or alias ARN. Default: what"
                + " the bus has, or the key that AWS owns if one was named here before.")
        String kmsKeyIdentifier) {

  /** The customer's key asked for; empty: the bus's key is not the operator's. */
  public Optional<String> customerKey() {
    return Optional.ofNullable(kmsKeyIdentifier);
  }
}

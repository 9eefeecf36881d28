package io.eventbackbone.core.wanted;

import io.eventbackbone.core.resource.EncryptionKey;
import java.util.Optional;

/**
 * The key that encrypts a bus at rest, as far as it is the operator's.
 *
 * @param customerKey that a spec names
 * @param lastCustomerKey that the status names; empty: the bus's description alone tells whether
 *     the operator set its key
 */
public record BusEncryption(Optional<String> customerKey, Optional<String> lastCustomerKey) {

  /** Where a key is no longer asked for, that of AWS again; empty: as it is. */
  public Optional<EncryptionKey> wanted() {
    return customerKey
        .map(EncryptionKey::ofCustomer)
        .or(() -> lastCustomerKey.map(last -> EncryptionKey.OWNED_BY_AWS));
  }
}

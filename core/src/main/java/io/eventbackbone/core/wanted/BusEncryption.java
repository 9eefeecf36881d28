package io.eventbackbone.core.wanted;

import io.eventbackbone.core.resource.EncryptionKey;
import java.util.Optional;

/**
 * The key that encrypts a bus at rest, where the operator sets that key.
 *
 * @param customerKey the customer managed key that the spec names; empty: an AWS owned key
 * @param lastCustomerKey the key that the status names; empty: the bus's description alone tells
 *     whether the operator set its key
 */
public record BusEncryption(Optional<String> customerKey, Optional<String> lastCustomerKey) {

  /** Where a key is no longer asked for, that of AWS again; empty: as it is. */
  public Optional<EncryptionKey> wanted() {
    return customerKey
        .map(EncryptionKey::ofCustomer)
        .or(() -> lastCustomerKey.map(last -> EncryptionKey.OWNED_BY_AWS));
  }
}

package io.eventbackbone.core.wanted;

import io.eventbackbone.core.resource.EncryptionKey;
import java.util.Optional;

/**
 * The key that encrypts a bus at rest, as far as it is the operator's.
 *
 * @param customerKey asked for
 * @param lastCustomerKey that the operator gave the bus, or was about to; empty: it never did
 */
public record BusEncryption(Optional<String> customerKey, Optional<String> lastCustomerKey) {

  /** Where a key is no longer asked for, that of AWS again; empty: as it is. */
  public Optional<EncryptionKey> wanted() {
    return customerKey
        .map(EncryptionKey::ofCustomer)
        .or(() -> lastCustomerKey.map(last -> EncryptionKey.OWNED_BY_AWS));
  }

  /** What the status must tell before the bus is changed. */
  public Optional<String> toldFirst() {
    return customerKey.or(() -> lastCustomerKey);
  }
}

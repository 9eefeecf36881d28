package io.eventbackbone.core.resource;

import java.util.Optional;

/**
 * The KMS key that encrypts a bus at rest.
 *
 * @param kmsKeyIdentifier ARN, id or alias of a customer's key; empty: the key that AWS owns
 */
public record EncryptionKey(Optional<String> kmsKeyIdentifier) {

  public static final EncryptionKey OWNED_BY_AWS = new EncryptionKey(Optional.empty());

  public static EncryptionKey ofCustomer(String kmsKeyIdentifier) {
    return new EncryptionKey(Optional.of(kmsKeyIdentifier));
  }
}

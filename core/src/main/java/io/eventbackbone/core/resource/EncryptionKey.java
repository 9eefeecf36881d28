package io.eventbackbone.core.resource;

import java.util.Optional;

/**
 * The KMS key that encrypts a bus at rest.
 *
 * @param kmsKeyIdentifier ARN, id or alias of a customer's key; empty: the key that AWS owns
 * @param busDescription observed: the description of the bus, which tells whether the operator set
 *     the key; roles allow no new tag key that could tell
 */
public record EncryptionKey(Optional<String> kmsKeyIdentifier, Optional<String> busDescription) {

  public static final EncryptionKey OWNED_BY_AWS =
      new EncryptionKey(Optional.empty(), Optional.empty());

  /** The description that a bus without one gets together with a customer's key. */
  public static final String SET_BY_OPERATOR =
      "Encrypted with the customer key that the event backbone operator set";

  public static EncryptionKey ofCustomer(String kmsKeyIdentifier) {
    return new EncryptionKey(Optional.of(kmsKeyIdentifier), Optional.empty());
  }

  public boolean isSetByOperator() {
    return busDescription.filter(SET_BY_OPERATOR::equals).isPresent();
  }

  /**
   * The description to set together with this key; empty: the bus keeps its own.
   *
   * @param before the key that the bus has
   */
  public Optional<String> descriptionOver(EncryptionKey before) {
    if (kmsKeyIdentifier.isEmpty()) {
      return before.isSetByOperator() ? Optional.of("") : Optional.empty();
    }
    return before.busDescription.isEmpty() ? Optional.of(SET_BY_OPERATOR) : Optional.empty();
  }
}

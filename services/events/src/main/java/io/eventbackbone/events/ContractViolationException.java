package io.eventbackbone.events;

/**
 * An event that breaks the contract of its detail type. The message has the place in the data as a
 * JSON pointer, and no value.
 */
public final class ContractViolationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ContractViolationException(String message) {
    super(message);
  }
}

package io.eventbackbone.events;

/**
 * An event that breaks the contract of its detail type, or has none although the backbone asks for
 * one. The message has the place in the event as a JSONPath, and no value.
 */
public final class ContractViolationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ContractViolationException(String message) {
    super(message);
  }
}

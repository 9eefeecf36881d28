package io.eventbackbone.core.contract;

/**
 * A mistake in a schema.
 *
 * @param pointer the place as a JSON pointer (RFC 6901); the whole schema is empty
 * @param message for people: the mistake and the remedy
 */
public record SchemaProblem(String pointer, String message) {

  /** For people: {@code /properties/total/type: …}. */
  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}

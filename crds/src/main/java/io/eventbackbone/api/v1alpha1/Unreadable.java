package io.eventbackbone.api.v1alpha1;

/**
 * The cause that makes the spec of an object unreadable.
 *
 * @param field path of the field, {@code spec.senderMatch}
 * @param why the rest of a sentence that begins with the field: {@code has a value that …}
 */
public record Unreadable(String field, String why) {

  static final Unreadable MISSING = new Unreadable("spec", "is missing");

  /** Field and cause, for people. */
  @Override
  public String toString() {
    return field + " " + why;
  }
}

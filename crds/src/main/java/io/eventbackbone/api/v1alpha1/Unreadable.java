package io.eventbackbone.api.v1alpha1;

/**
 * Why the spec of an object can't be read.
 *
 * @param field path of the field, {@code spec.senderMatch}
 * @param why the rest of a sentence that begins with the field: {@code has a value that …}
 */
public record Unreadable(String field, String why) {

  static final Unreadable MISSING = new Unreadable("spec", "is missing");

  /** For people: field and reason. */
  @Override
  public String toString() {
    return field + " " + why;
  }
}

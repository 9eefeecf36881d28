package io.eventbackbone.cli.trace;

import java.util.Optional;

/** What a look at AWS shows. */
public sealed interface View<T> {

  /** It is there. */
  record Seen<T>(T value) implements View<T> {}

  /** It is not there. */
  record Missing<T>() implements View<T> {}

  /**
   * The caller can't look.
   *
   * @param why for people, with what to do
   */
  record Unseen<T>(String why) implements View<T> {}

  default Optional<T> seen() {
    return this instanceof Seen<T> seen ? Optional.of(seen.value()) : Optional.empty();
  }
}

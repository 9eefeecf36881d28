package io.eventbackbone.cli.trace;

import java.util.Optional;
import java.util.function.Function;

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

  /** The look that follows from what this one shows. */
  default <U> View<U> then(Function<T, View<U>> look) {
    return switch (this) {
      case Seen<T>(T value) -> look.apply(value);
      case Missing<T> missing -> new Missing<>();
      case Unseen<T>(String why) -> new Unseen<>(why);
    };
  }

  default Optional<T> seen() {
    return this instanceof Seen<T> seen ? Optional.of(seen.value()) : Optional.empty();
  }
}

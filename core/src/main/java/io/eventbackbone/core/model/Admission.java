package io.eventbackbone.core.model;

import java.util.Optional;
import java.util.function.Function;

/** Whether an object may be what its spec asks to be: both sides of each reference decide. */
public sealed interface Admission<T> {

  /** It may. */
  record Admitted<T>(T value) implements Admission<T> {}

  /**
   * It may not.
   *
   * @param message what is wrong, where, and what to do
   */
  record Refused<T>(Reason reason, String message) implements Admission<T> {}

  default <R> Admission<R> then(Function<T, Admission<R>> next) {
    if (this instanceof Refused<T> refused) {
      return new Refused<>(refused.reason(), refused.message());
    }
    return next.apply(((Admitted<T>) this).value());
  }

  default Optional<T> admitted() {
    return this instanceof Admitted<T> admitted ? Optional.of(admitted.value()) : Optional.empty();
  }
}

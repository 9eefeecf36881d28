package io.eventbackbone.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The decision whether an object may have what its spec asks for. Both sides of each reference
 * decide.
 */
public sealed interface Admission<T> {

  /** The object may. */
  record Admitted<T>(T value) implements Admission<T> {}

  /**
   * The object may not.
   *
   * @param message for people: the mistake, its field, and the remedy
   */
  record Refused<T>(Reason reason, String message) implements Admission<T> {}

  /** Decides further if this is admitted. */
  default <R> Admission<R> then(Function<T, Admission<R>> next) {
    return switch (this) {
      case Admitted<T>(T value) -> next.apply(value);
      case Refused<T>(Reason reason, String message) -> new Refused<>(reason, message);
    };
  }

  /** Admits what both admit. Two refusals are told together, with the reason of the first. */
  static <A, B, R> Admission<R> both(
      Admission<A> one, Admission<B> other, BiFunction<A, B, R> admitted) {
    if (one instanceof Refused<A>(Reason reason, String message)
        && other instanceof Refused<B>(Reason ignored, String more)) {
      return new Refused<>(reason, Abbreviation.ofSentences(List.of(message, more)));
    }
    return one.then(a -> other.then(b -> new Admitted<>(admitted.apply(a, b))));
  }

  default Optional<T> admitted() {
    return switch (this) {
      case Admitted<T>(T value) -> Optional.of(value);
      case Refused<T> refused -> Optional.empty();
    };
  }
}

package io.eventbackbone.operator.admission;

import io.eventbackbone.core.model.Reason;
import java.util.List;

/** What is said to somebody who applies an object. */
public sealed interface Decision {

  /** Nothing to say. */
  Allowed ALLOWED = new Allowed(List.of());

  /**
   * It is stored.
   *
   * @param warnings what keeps it from working now, or is likely not meant
   */
  record Allowed(List<String> warnings) implements Decision {
    public Allowed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It is not stored.
   *
   * @param reason the one that its Accepted condition would have
   * @param message what is wrong, where, and what to do
   */
  record Denied(Reason reason, String message) implements Decision {}
}

package io.eventbackbone.operator.admission;

import io.eventbackbone.core.model.Reason;
import java.util.List;

/** The answer of the webhook to an object that somebody applies. */
sealed interface Decision {

  /** The API server stores the object; there are no warnings. */
  Allowed ALLOWED = new Allowed(List.of());

  /**
   * The API server stores the object.
   *
   * @param warnings for people: what the object waits for, and likely mistakes
   */
  record Allowed(List<String> warnings) implements Decision {
    public Allowed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The API server does not store the object.
   *
   * @param reason the reason that its condition Accepted would have
   * @param message for people: the mistake, its field, and the remedy
   */
  record Denied(Reason reason, String message) implements Decision {}
}

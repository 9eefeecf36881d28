package io.eventbackbone.sandbox.http;

import java.util.Comparator;

/**
 * The categories by which calls are counted.
 *
 * @param service as signatures name it
 * @param answer {@code ok}, or the code of the refusal
 */
record CallKind(String service, String operation, String answer) implements Comparable<CallKind> {

  static final String DONE = "ok";

  @Override
  public int compareTo(CallKind other) {
    return Comparator.comparing(CallKind::service)
        .thenComparing(CallKind::operation)
        .thenComparing(CallKind::answer)
        .compare(this, other);
  }
}

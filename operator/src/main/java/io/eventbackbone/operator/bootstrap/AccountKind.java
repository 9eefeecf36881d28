package io.eventbackbone.operator.bootstrap;

import java.util.Locale;

/** The part of a backbone that an account holds. */
enum AccountKind {
  /** The global bus. */
  BACKBONE,
  /** Local buses, and the queues of their subscriptions. */
  SERVICE;

  /** The value on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

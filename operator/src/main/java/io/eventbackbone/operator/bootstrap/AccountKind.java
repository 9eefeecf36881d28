package io.eventbackbone.operator.bootstrap;

import java.util.Locale;

/** What an account holds of a backbone. */
enum AccountKind {
  /** The global bus. */
  BACKBONE,
  /** Local buses, and the queues of what subscribes to them. */
  SERVICE;

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.eventbackbone.operator.bootstrap;

/** What an account holds of a backbone. */
enum AccountKind {
  /** The global bus. */
  BACKBONE,
  /** Local buses, and the queues of what subscribes to them. */
  SERVICE
}

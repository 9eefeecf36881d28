package io.eventbackbone.operator.leadership;

/** Stands before every write to AWS and to the cluster. */
@FunctionalInterface
public interface Fence {

  /** Lets everything pass: there is one replica, and nobody elects it. */
  Fence OPEN = () -> {};

  /**
   * Returns if this replica may write now.
   *
   * @throws NotLeaderException if another replica may hold the Lease
   */
  void check();
}

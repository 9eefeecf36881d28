package io.eventbackbone.operator.leadership;

/** Checked before every write to AWS and to the cluster. */
@FunctionalInterface
public interface Fence {

  /** Lets every write pass: for a single replica without an election. */
  Fence OPEN = () -> {};

  /**
   * Returns if this replica may write now.
   *
   * @throws NotLeaderException if another replica may hold the Lease
   */
  void check();
}

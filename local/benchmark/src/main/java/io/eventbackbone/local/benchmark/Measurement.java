package io.eventbackbone.local.benchmark;

import java.util.Map;

/**
 * What was measured with a number of service accounts. In all steps but creation the calls of
 * {@link Api#IDENTITY} are left out: they come on their own.
 */
record Measurement(
    int accounts,
    Creation creation,
    Step join,
    Step routeChange,
    Footprint footprint,
    Restart restart,
    DriftRound driftRound,
    Repair repair) {

  /**
   * From nothing to all Ready.
   *
   * @param applySeconds that the applying itself took, at the beginning
   * @param calls until there were no more
   * @param apiServerRequests of the operator
   */
  record Creation(
      double seconds,
      double applySeconds,
      Bound bound,
      Calls calls,
      Calls fewest,
      Map<String, Long> apiServerRequests) {}

  /**
   * A change and what came of it.
   *
   * @param calls until there were no more
   */
  record Step(double seconds, Calls calls, Calls fewest) {}

  /** What the operator's process had used when it had made everything. */
  record Footprint(long peakResidentBytes, long liveHeapBytes, double cpuSeconds) {}

  /**
   * A new process of the operator, which finds everything made.
   *
   * @param firstReconcileSeconds until its first call to AWS
   * @param readySeconds until it says that it is ready
   * @param seconds until its last call
   */
  record Restart(double firstReconcileSeconds, double readySeconds, double seconds, Calls calls) {}

  /**
   * Comparing AWS with what is wanted, while nothing changes.
   *
   * @param buses that were compared in that time, each as often as it was
   * @param calls in that time
   * @param cpuSeconds of the operator in that time
   */
  record DriftRound(double seconds, double buses, Calls calls, double cpuSeconds) {}

  /** How long a rule stayed disabled that somebody had disabled. */
  record Repair(double seconds, double intervalSeconds) {}
}

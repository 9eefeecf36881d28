package io.eventbackbone.verification.aws;

import java.util.List;

/** moto, which people who know nothing of this project wrote after AWS. */
class MotoWitnessIT extends WitnessedLifecycle {

  @Override
  Aws start() {
    return Emulator.moto(getClass());
  }

  /**
   * All differences between moto's answers and AWS's that show here. What differs in calls that the
   * example doesn't make is in {@code probes.yaml}.
   */
  @Override
  Expected asToldHere(Expected expected) {
    // CloudWatch Logs API Reference, LogGroup: a group has a class and a deletion protection.
    return expected.without("logGroups", List.of("logGroupClass", "deletionProtectionEnabled"));
  }
}

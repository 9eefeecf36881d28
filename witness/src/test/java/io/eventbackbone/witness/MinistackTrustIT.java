package io.eventbackbone.witness;

/** ministack, which is no witness for the policies of buses: it makes everybody of a principal. */
class MinistackTrustIT extends WitnessedTrust {

  @Override
  Aws start() {
    return Emulator.ministack(getClass());
  }
}

package io.eventbackbone.verification.aws;

/** The sandbox of this repository, held to the same words as the witness. */
class SandboxWitnessIT extends WitnessedLifecycle {

  @Override
  Aws start() {
    return Aws.sandbox();
  }

  @Override
  Expected asToldHere(Expected expected) {
    return expected;
  }
}

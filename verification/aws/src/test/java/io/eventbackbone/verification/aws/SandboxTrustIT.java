package io.eventbackbone.verification.aws;

/** The sandbox of this repository, in the same steps as the witness. */
class SandboxTrustIT extends WitnessedTrust {

  @Override
  Aws start() {
    return Aws.sandbox();
  }

  @Override
  void awaitPermitted(Cluster cluster) {
    cluster.awaitReady();
  }
}

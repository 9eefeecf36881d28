package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;

/** ministack, which is no witness for the policies of buses: it makes everybody of a principal. */
class MinistackTrustIT extends WitnessedTrust {

  @Override
  Aws start() {
    return Emulator.ministack(getClass());
  }

  /**
   * ministack asks for DescribeEventBus on a rule of the bus's name, AWS on the bus (Service
   * Authorization Reference, "Amazon EventBridge"). The operator's session policy names buses, so
   * here it does not let the operator describe one.
   */
  @Override
  void awaitPermitted(Cluster cluster) {
    assertThat(cluster.awaitRefusal(EventBackbone.class, "AccessDenied"))
        .contains("events:DescribeEventBus");
  }
}

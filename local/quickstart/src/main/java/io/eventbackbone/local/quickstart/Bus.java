package io.eventbackbone.local.quickstart;

import software.amazon.awssdk.arns.Arn;

/**
 * An event bus of the backbone and the log group that holds what it received.
 *
 * @param service the service that receives from it, empty for the global bus
 */
record Bus(String name, String account, String region, String logGroup, String service) {

  static Bus of(String arn, String logGroup, String service) {
    Arn parsed = Arn.fromString(arn);
    return new Bus(
        parsed.resource().resource(),
        parsed.accountId().orElseThrow(),
        parsed.region().orElseThrow(),
        logGroup,
        service);
  }

  boolean isGlobal() {
    return service.isEmpty();
  }
}

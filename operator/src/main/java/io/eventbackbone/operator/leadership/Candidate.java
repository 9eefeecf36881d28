package io.eventbackbone.operator.leadership;

import java.util.UUID;

/**
 * A process that competes for a Lease.
 *
 * @param namespace of the Lease
 * @param lease name of the Lease
 * @param identity of the process, as the Lease's holderIdentity; no two processes share one
 */
public record Candidate(String namespace, String lease, String identity) {

  /** A process on a host, named as client-go's components name themselves. */
  public static Candidate on(String host, String namespace, String lease) {
    return new Candidate(namespace, lease, host + "_" + UUID.randomUUID());
  }
}
